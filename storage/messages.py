"""The outbox: what to tell whom, written in the commit of what it tells about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.domain.lifecycle import MessageState
from storage.among import literals
from storage.driver import PreparedWrite
from storage.follow_ups import vault_of
from storage.ids import new_id
from storage.outgoing import Outgoing
from storage.tables.queue import Message

POST = "chat.postMessage"
EDIT = "chat.update"


def tell(
    session: Session,
    *,
    workspace_id: int,
    kind: str,
    subject: str,
    key: str,
    now: datetime,
    version: int = 1,
    channel: str = "",
    thread: str = "",
    person_id: int | None = None,
    body: dict[str, Any] | None = None,
    method: str = POST,
    proactive: bool = False,
    pierces: bool = False,
    not_before: datetime | None = None,
) -> bool:
    """Queue a message once per `key`; return False when that key was already told.

    `channel` empty means the person's own channel, else their direct messages, found when it is
    sent. `thread` is a Slack ts, or the subject whose parent message it answers (`alert:12`, posted
    as kind `alert`): then it waits for that message. An edit (`method=EDIT`) changes the last
    message posted for this kind and subject. A newer version of the same subject, kind and method
    replaces an unsent older one.
    """
    row = {
        "workspace_id": workspace_id,
        "id": new_id(),
        "dedupe_key": key,
        "kind": kind,
        "subject": subject,
        "version": version,
        "method": method,
        "channel": channel,
        "thread": thread,
        "person_id": person_id,
        "body": body or {},
        "proactive": proactive,
        "pierces": pierces,
        "created_at": now,
        "next_attempt_at": max(now, not_before) if not_before else now,
    }
    if not _INSERT.run(session, row):
        return False
    if version > 1:
        _REPLACE_OLDER.run(session, {f"the_{name}": row[name] for name in _OF_ONE_THING})
    return True


_table = Message.__table__  # type: ignore[attr-defined]
_FIXED = {
    "state": MessageState.PENDING.value,
    "attempts": 0,
    "taken_by": "",
    "sent_channel": "",
    "sent_thread": "",
    "sent_ts": "",
    "sent_text_sealed": "",
    "error": "",
}
_IN_FLIGHT = (MessageState.SENDING.value, MessageState.UNKNOWN.value)
_SETTLED = (MessageState.SENT.value, MessageState.REPLACED.value)
_GIVEN = (
    "workspace_id",
    "id",
    "dedupe_key",
    "kind",
    "subject",
    "version",
    "method",
    "channel",
    "thread",
    "person_id",
    "body",
    "proactive",
    "pierces",
    "created_at",
    "next_attempt_at",
)
_COLUMNS = {name: bindparam(name, type_=_table.c[name].type) for name in _GIVEN}
_ROW = _COLUMNS | _FIXED


def _insert(dialect: str) -> Insert:
    made = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return made(_table).values(_ROW).on_conflict_do_nothing()


_INSERT = PreparedWrite(_insert)
_OF_ONE_THING = ("workspace_id", "kind", "subject", "version", "method")
_REPLACE_OLDER = PreparedWrite(
    lambda _: (
        update(_table)
        .where(
            _table.c.workspace_id == bindparam("the_workspace_id"),
            _table.c.subject == bindparam("the_subject"),
            _table.c.version < bindparam("the_version"),
            _table.c.kind == bindparam("the_kind"),
            _table.c.method == bindparam("the_method"),
            _table.c.state == MessageState.PENDING.value,
        )
        .values(state=MessageState.REPLACED.value)
    )
)


def tell_again(session: Session, *, workspace_id: int, key: str, at: datetime) -> bool:
    """Queue once more, for `at`, an edit that was settled; False when it is still on its way."""
    values = {"the_workspace_id": workspace_id, "the_key": key, "next_attempt_at": at}
    return bool(_AGAIN.run(session, values))


_AGAIN = PreparedWrite(
    lambda _: (
        update(_table)
        .where(
            _table.c.workspace_id == bindparam("the_workspace_id"),
            _table.c.dedupe_key == bindparam("the_key"),
            _table.c.method == EDIT,
            _table.c.state.in_(literals(_SETTLED)),
        )
        .values(
            state=MessageState.PENDING.value,
            attempts=0,
            error="",
            next_attempt_at=bindparam("next_attempt_at"),
        )
    )
)


def mark_sent(
    session: Session,
    message: Outgoing,
    *,
    now: datetime,
    channel: str,
    ts: str,
    text: str,
) -> bool:
    """Keep what was sent and where; False when somebody else had already settled it."""
    return bool(mark_all_sent(session, [(message, channel, ts, text)], now=now))


def mark_all_sent(
    session: Session, sent: Sequence[tuple[Outgoing, str, str, str]], *, now: datetime
) -> int:
    """Keep what was sent (message, channel, ts, text sealed); return how many were still ours."""
    if not sent:
        return 0
    vault = vault_of(session)
    values = [
        {
            "the_workspace_id": message.workspace_id,
            "the_id": message.id,
            "the_taken_by": message.taken_by,
            "sent_at": now,
            "sent_channel": channel,
            "sent_ts": ts,
            "sent_text_sealed": vault.seal(message.workspace_id, text),
        }
        for message, channel, ts, text in sent
    ]
    return session.connection().execute(_MARK_SENT, values).rowcount


def mark_unknown(session: Session, message: Outgoing, *, look_at: datetime, error: str) -> bool:
    """Say that Slack may have taken it; it will be looked for from `look_at` on."""
    return _settle(
        session,
        message,
        state=MessageState.UNKNOWN.value,
        next_attempt_at=look_at,
        error=error,
    )


def mark_retry(
    session: Session, message: Outgoing, *, at: datetime, error: str, counted: bool
) -> bool:
    """Put it back in the queue, not before `at`; a try that is not `counted` is forgotten."""
    return _settle(
        session,
        message,
        state=MessageState.PENDING.value,
        attempts=message.attempts if counted else max(0, message.attempts - 1),
        next_attempt_at=at,
        error=error,
    )


def mark_repost(session: Session, message: Outgoing, *, at: datetime) -> bool:
    """Turn an edit whose message was deleted into a post of the same thing."""
    return _settle(
        session,
        message,
        state=MessageState.PENDING.value,
        method=POST,
        body=message.body | {"reposted": True},
        next_attempt_at=at,
        error="message_not_found",
    )


def mark_dead(session: Session, message: Outgoing, *, error: str) -> bool:
    """Give up on it, visibly: it stays with its error until somebody revives it."""
    return _settle(session, message, state=MessageState.DEAD.value, error=error)


def mark_replaced(session: Session, message: Outgoing) -> bool:
    """Say that there was nothing left to tell."""
    return _settle(session, message, state=MessageState.REPLACED.value)


def _settle(session: Session, message: Outgoing, **values: object) -> bool:
    """Change a message in flight, unless somebody else has it since (`taken_by` says)."""
    statement = (
        update(_table)
        .where(
            _table.c.workspace_id == message.workspace_id,
            _table.c.id == message.id,
            _table.c.state.in_(_IN_FLIGHT),
            _table.c.taken_by == message.taken_by,
        )
        .values(taken_by="", taken_until=None, **values)
    )
    return bool(session.connection().execute(statement).rowcount)


_SENT = ("sent_at", "sent_channel", "sent_ts", "sent_text_sealed")
_MARK_SENT = (
    update(_table)
    .where(
        _table.c.workspace_id == bindparam("the_workspace_id"),
        _table.c.id == bindparam("the_id"),
        _table.c.taken_by == bindparam("the_taken_by"),
        # Spelled out: a list of parameters cannot be part of one statement for many rows.
        _table.c.state.in_(literals(_IN_FLIGHT)),
    )
    .values(
        state=MessageState.SENT.value,
        taken_by="",
        taken_until=None,
        error="",
        **{name: bindparam(name) for name in _SENT},
    )
)


def was_reposted(session: Session, *, workspace_id: int, kind: str, subject: str) -> bool:
    """Say whether this message was already posted again after somebody deleted it."""
    bodies = session.execute(
        select(col(Message.body)).where(
            col(Message.workspace_id) == workspace_id,
            col(Message.subject) == subject,
            col(Message.kind) == kind,
            col(Message.method) == POST,
        )
    ).scalars()
    return any(body.get("reposted") for body in bodies)


def count_unsent(session: Session, *, workspace_id: int, now: datetime) -> int:
    """Return how many messages are due and not out yet."""
    waiting = (
        MessageState.PENDING.value,
        MessageState.SENDING.value,
        MessageState.UNKNOWN.value,
    )
    counted = select(func.count()).select_from(_table)
    due = counted.where(
        _table.c.workspace_id == workspace_id,
        _table.c.state.in_(waiting),
        _table.c.next_attempt_at <= now,
    )
    return session.scalar(due) or 0
