"""Which messages may leave now, in order, each taken by one process only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlmodel import Session, col

from bot.domain.lifecycle import MessageState
from storage.destinations import Parents, Place
from storage.due_statements import CANDIDATES, REPLACE, START, UNSENT, Candidate
from storage.messages import EDIT
from storage.outgoing import Outgoing
from storage.pace import POSTS, Allowances, PaceRules, post_to
from storage.tables.queue import Message


@dataclass(slots=True)
class Taken:
    """What was taken, and the soonest instant at which more may go (None: nothing waits)."""

    messages: list[Outgoing] = field(default_factory=list)
    next_at: datetime | None = None

    def wait_until(self, instant: datetime) -> None:
        """Remember the soonest instant."""
        self.next_at = instant if self.next_at is None else min(self.next_at, instant)


@dataclass(frozen=True, slots=True)
class Terms:
    """How messages are taken: by whom (new for each taking), until when, how many, how fast."""

    taken_by: str
    lease: timedelta
    limit: int
    pace: PaceRules


def take_due(session: Session, *, workspace_id: int, now: datetime, terms: Terms) -> Taken:
    """Mark the messages that may leave now as `sending` and return them, oldest first.

    One whose earlier unsent brother (same thread, or same subject to the same place) is due waits
    for it; one that was held back for later holds nobody up. With a pace, a channel gets one
    message a taking. An edit of a message not yet posted is `replaced`: the post shows it already.
    """
    taken, started, replaced = Taken(), list[dict[str, Any]](), list[dict[str, Any]]()
    per_channel = 1 if terms.pace.enabled else terms.limit
    values = {
        "the_workspace_id": workspace_id,
        "the_now": now,
        "per_channel": per_channel,
        "the_limit": terms.limit,
    }
    rows = [Candidate(*row) for row in session.execute(CANDIDATES, values)]
    parents = Parents(session, workspace_id, rows)
    placed = [(message, parents.place(message)) for message in rows]
    names = {name for message, place in placed if place for name in _uses(message.method, place)}
    allowances = Allowances(session, workspace_id, names, now, terms.pace)
    for message, place in placed:
        if place is None:
            replaced.append({"the_workspace_id": workspace_id, "the_id": message.id})
            continue
        refused_until = allowances.take(*_uses(message.method, place))
        if refused_until is not None:
            taken.wait_until(refused_until)
            continue
        started.append(_started(message, place, now, terms))
        taken.messages.append(_on_its_way(message, place, now, terms))
    for statement, changes in ((START, started), (REPLACE, replaced)):
        if changes:
            session.connection().execute(statement, changes)
    allowances.save()
    if len(rows) < terms.limit:
        _note_next(session, workspace_id, now, taken)
    else:
        taken.wait_until(now)
    return taken


def take_unknown(session: Session, *, workspace_id: int, now: datetime, terms: Terms) -> Taken:
    """Take the messages to be looked for in Slack, `unknown` since long enough.

    Those still `sending` past their lease (their process died) become `unknown` first.
    """
    of_workspace = col(Message.workspace_id) == workspace_id
    lost = and_(
        of_workspace,
        col(Message.state) == MessageState.SENDING.value,
        col(Message.state).in_(UNSENT),
        col(Message.taken_until) < now,
    )
    session.execute(
        update(Message)
        .where(lost)
        .values(state=MessageState.UNKNOWN.value, next_attempt_at=now, taken_by="")
    )
    free = or_(col(Message.taken_by) == "", col(Message.taken_until) < now)
    chosen = (
        select(Message)
        .where(of_workspace, col(Message.state) == MessageState.UNKNOWN.value, free)
        .where(col(Message.state).in_(UNSENT))
        .where(col(Message.next_attempt_at) <= now)
        .order_by(col(Message.id))
        .limit(terms.limit)
        .with_for_update(skip_locked=True)
    )
    taken, rows = Taken(), session.execute(chosen).scalars().all()
    allowances = Allowances(session, workspace_id, map(_look_up, rows), now, terms.pace)
    for message in rows:
        refused_until = allowances.take(_look_up(message))
        if refused_until is not None:
            taken.wait_until(refused_until)
            continue
        message.taken_by, message.taken_until = terms.taken_by, now + terms.lease
        taken.messages.append(outgoing(message))
    session.flush()
    allowances.save()
    return taken


def _look_up(message: Message) -> str:
    """Return the method that would find the message in Slack."""
    return "conversations.replies" if message.sent_thread else "conversations.history"


def soonest_due(session: Session, *, workspace_id: int) -> datetime | None:
    """Return the instant of the next message to send; a read that spares an idle write lock."""
    return _soonest(session, workspace_id, Message.next_attempt_at, MessageState.PENDING)


def soonest_unknown(session: Session, *, workspace_id: int) -> datetime | None:
    """Return the instant from which a message must be looked for in Slack."""
    looks = (
        _soonest(session, workspace_id, Message.next_attempt_at, MessageState.UNKNOWN),
        _soonest(session, workspace_id, Message.taken_until, MessageState.SENDING),
    )
    return min((look for look in looks if look is not None), default=None)


def _soonest(
    session: Session, workspace_id: int, instant: Any, state: MessageState
) -> datetime | None:
    chosen = select(func.min(col(instant))).where(
        col(Message.workspace_id) == workspace_id,
        col(Message.state) == state.value,
        col(Message.state).in_(UNSENT),
    )
    soonest: datetime | None = session.scalar(chosen)
    return soonest


def outgoing(message: Message) -> Outgoing:
    """Return a taken row as a value."""
    return Outgoing(
        workspace_id=message.workspace_id,
        id=message.id,
        key=message.dedupe_key,
        kind=message.kind,
        subject=message.subject,
        version=message.version,
        method=message.method,
        channel=message.sent_channel,
        thread=message.sent_thread,
        edits_ts="",
        person_id=message.person_id,
        attempts=message.attempts,
        attempted_at=message.attempted_at or message.created_at,
        taken_by=message.taken_by,
        body=message.body,
    )


def _started(message: Candidate, place: Place, now: datetime, terms: Terms) -> dict[str, Any]:
    return {
        "the_workspace_id": message.workspace_id,
        "the_id": message.id,
        "attempts": message.attempts + 1,
        "attempted_at": now,
        "taken_by": terms.taken_by,
        "taken_until": now + terms.lease,
        "sent_channel": place.channel,
        "sent_thread": place.thread,
    }


def _on_its_way(message: Candidate, place: Place, now: datetime, terms: Terms) -> Outgoing:
    return Outgoing(
        workspace_id=message.workspace_id,
        id=message.id,
        key=message.key,
        kind=message.kind,
        subject=message.subject,
        version=message.version,
        method=message.method,
        channel=place.channel,
        thread=place.thread,
        edits_ts=place.edits_ts,
        person_id=message.person_id,
        attempts=message.attempts + 1,
        attempted_at=now,
        taken_by=terms.taken_by,
        body=message.body,
    )


def _uses(method: str, place: Place) -> tuple[str, ...]:
    return (EDIT,) if method == EDIT else (post_to(place.channel), POSTS)


def _note_next(session: Session, workspace_id: int, now: datetime, taken: Taken) -> None:
    later = select(func.min(col(Message.next_attempt_at))).where(
        col(Message.workspace_id) == workspace_id,
        col(Message.state).in_((MessageState.PENDING.value, MessageState.UNKNOWN.value)),
        col(Message.state).in_(UNSENT),
        col(Message.next_attempt_at) > now,
    )
    instant = session.scalar(later)
    if instant is not None:
        taken.wait_until(instant)
