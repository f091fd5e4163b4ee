"""The outbox towards clients: written with what it is about, sent once, settled once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, func, or_, select, update
from sqlmodel import Session, col

from bot.domain.mailing import EmailState, domain_of
from storage import reachable
from storage.follow_ups import vault_of
from storage.ids import new_id
from storage.once import insert_once
from storage.tables.ledger import Client
from storage.tables.mail import Email

LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class EmailLine:
    """An e-mail, its address and its own words open."""

    id: int
    workspace_id: int
    kind: str
    client_id: int
    client: str
    contact_id: int | None
    person_id: int | None
    to: str
    domain: str
    message_id: str
    body: dict[str, Any]
    words: str
    state: EmailState
    attempts: int
    taken_by: str
    error: str
    settled_at: datetime | None


def queue(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    kind: str,
    client_id: int,
    contact_id: int | None,
    to: str,
    person_id: int | None,
    now: datetime,
    body: dict[str, Any] | None = None,
    words: str = "",
) -> int | None:
    """Queue an e-mail once per `key`; return its id, None when that key was queued before.

    `person_id` is whose voice it is; `words` is what a person made of the draft.
    """
    vault = vault_of(session)
    return insert_once(
        session,
        Email,
        {
            "workspace_id": workspace_id,
            "key": key,
            "kind": kind,
            "client_id": client_id,
            "contact_id": contact_id,
            "person_id": person_id,
            "to_sealed": vault.seal(workspace_id, to),
            "domain": domain_of(to),
            "message_id": f"{new_id():x}.{workspace_id:x}",
            "body": body or {},
            "words_sealed": vault.seal(workspace_id, words),
            "created_at": now,
            "next_attempt_at": now,
        },
    )


def soonest_due(session: Session, *, workspace_id: int) -> datetime | None:
    """Return when the next e-mail may leave, or must be settled."""
    due = select(func.min(col(Email.next_attempt_at))).where(
        col(Email.workspace_id) == workspace_id, col(Email.state) == EmailState.PENDING.value
    )
    left = select(func.min(col(Email.taken_until))).where(
        col(Email.workspace_id) == workspace_id, col(Email.state) == EmailState.SENDING.value
    )
    instants = [session.scalar(due), session.scalar(left)]
    return min((one for one in instants if one is not None), default=None)


def list_busy(session: Session, *, workspace_id: int, since: datetime) -> list[str]:
    """Return the domains that were written to since an instant: they are left in peace a moment."""
    query = select(col(Email.domain)).where(
        col(Email.workspace_id) == workspace_id, col(Email.attempted_at) > since
    )
    return list(session.scalars(query.distinct()))


def take_next(
    session: Session, *, workspace_id: int, now: datetime, taken_by: str, busy: Sequence[str]
) -> EmailLine | None:
    """Take the oldest e-mail that may leave, to no `busy` domain; `sending` once committed."""
    query = (
        select(Email)
        .where(
            col(Email.workspace_id) == workspace_id,
            col(Email.state) == EmailState.PENDING.value,
            col(Email.next_attempt_at) <= now,
            col(Email.domain).not_in(busy),
        )
        .order_by(col(Email.next_attempt_at), col(Email.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    row.state = EmailState.SENDING.value
    row.attempts += 1
    row.attempted_at, row.taken_by, row.taken_until = now, taken_by, now + LEASE
    session.add(row)
    session.flush()
    return _line(session, row)


def list_lost(session: Session, *, workspace_id: int, now: datetime) -> list[EmailLine]:
    """Return e-mails whose process died while it sent them: their lease is over."""
    query = select(Email).where(
        col(Email.workspace_id) == workspace_id,
        col(Email.state) == EmailState.SENDING.value,
        col(Email.taken_until) <= now,
    )
    return [_line(session, row) for row in session.scalars(query.with_for_update(skip_locked=True))]


def settle(
    session: Session,
    email: EmailLine,
    *,
    state: EmailState,
    now: datetime,
    error: str = "",
    again_at: datetime | None = None,
    sent: str = "",
) -> bool:
    """Write what became of an e-mail; False when somebody else settled it meanwhile."""
    values: dict[str, Any] = {"state": state.value, "error": error[:300], "taken_until": None}
    if again_at is not None:
        values["next_attempt_at"] = again_at
    else:
        values["settled_at"] = now
    if sent:
        values["sent_sealed"] = vault_of(session).seal(email.workspace_id, sent)
    statement = (
        update(Email)
        .where(
            col(Email.workspace_id) == email.workspace_id,
            col(Email.id) == email.id,
            col(Email.state) == EmailState.SENDING.value,
            col(Email.taken_by) == email.taken_by,
        )
        .values(**values)
    )
    return _changed(session, statement)


def bounce(
    session: Session, *, workspace_id: int, id: int, error: str, now: datetime, for_good: bool
) -> bool:
    """Write that an e-mail came back; its address is unusable when it will never work."""
    row = session.get(Email, (workspace_id, id), with_for_update=True)
    if row is None or row.state == EmailState.BOUNCED.value:
        return False
    row.state, row.error, row.settled_at = EmailState.BOUNCED.value, error[:300], now
    session.add(row)
    session.flush()
    if for_good:
        reachable.give_up(session, workspace_id=workspace_id, contact_id=row.contact_id, now=now)
    return True


def release(session: Session, *, workspace_id: int, id: int, again: bool, now: datetime) -> bool:
    """Send an e-mail again that its sender says did not arrive, or leave it as it is."""
    stuck = [EmailState.UNKNOWN.value, EmailState.DEAD.value]
    state = EmailState.PENDING if again else EmailState.SENT
    statement = (
        update(Email)
        .where(
            col(Email.workspace_id) == workspace_id,
            col(Email.id) == id,
            col(Email.state).in_(stuck),
        )
        .values(state=state.value, next_attempt_at=now, attempts=0, error="")
    )
    return _changed(session, statement)


def find_email(session: Session, *, workspace_id: int, id: int) -> EmailLine | None:
    """Return one e-mail, or None."""
    row = session.get(Email, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def find_by_message_id(
    session: Session, *, workspace_id: int, message_ids: Sequence[str]
) -> EmailLine | None:
    """Return the e-mail that one of these Message-IDs names, or None.

    The domain after the @ is that of the address it left from: it tells nothing more.
    """
    ours = [one.strip("<>").partition("@")[0] for one in message_ids]
    query = select(Email).where(
        col(Email.workspace_id) == workspace_id, col(Email.message_id).in_(ours)
    )
    row = session.scalars(query.limit(1)).one_or_none()
    return None if row is None else _line(session, row)


def list_of_client(session: Session, *, workspace_id: int, client_id: int) -> list[EmailLine]:
    """Return the e-mails to a client, newest first."""
    query = (
        select(Email)
        .where(col(Email.workspace_id) == workspace_id, col(Email.client_id) == client_id)
        .order_by(col(Email.id).desc())
    )
    return [_line(session, row) for row in session.scalars(query)]


def count_stuck(session: Session, *, workspace_id: int) -> int:
    """Return how many e-mails wait for somebody to look."""
    stuck = [state.value for state in EmailState if state.needs_somebody]
    query = select(func.count()).where(
        col(Email.workspace_id) == workspace_id, or_(col(Email.state).in_(stuck))
    )
    return session.scalar(query) or 0


def _changed(session: Session, statement: Any) -> bool:
    result: CursorResult[Any] = session.execute(statement)  # type: ignore[assignment]
    return result.rowcount == 1


def _line(session: Session, row: Email) -> EmailLine:
    vault = vault_of(session)
    client = session.get(Client, (row.workspace_id, row.client_id))
    return EmailLine(
        row.id,
        row.workspace_id,
        row.kind,
        row.client_id,
        client.name if client else "",
        row.contact_id,
        row.person_id,
        vault.unseal(row.workspace_id, row.to_sealed),
        row.domain,
        row.message_id,
        dict(row.body),
        vault.unseal(row.workspace_id, row.words_sealed),
        EmailState(row.state),
        row.attempts,
        row.taken_by,
        row.error,
        row.settled_at,
    )
