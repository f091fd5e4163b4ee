"""The statements that pick due messages in order, built once, each look through an index."""

from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.domain.lifecycle import MessageState
from storage.messages import EDIT, POST
from storage.tables.queue import Message
from storage.tables.workspaces import Person

_table = Message.__table__  # type: ignore[attr-defined]
# In the very words of the partial index: SQLite does not see that a parameter implies them.
UNSENT: list[ColumnElement[str]] = [
    literal_column(f"'{word}'") for word in ("pending", "sending", "unknown")
]
_IN_FLIGHT = (MessageState.SENDING.value, MessageState.UNKNOWN.value)


def _address() -> Any:
    """Return where a message goes: its channel, its reader's, or their direct messages."""
    return func.coalesce(
        func.nullif(col(Message.channel), ""),
        func.nullif(col(Person.channel), ""),
        col(Person.slack_user_id),
        "",
    )


def _due(workspace_id: Any, now: Any) -> Any:
    return and_(
        col(Message.workspace_id) == workspace_id,
        col(Message.state) == MessageState.PENDING.value,
        col(Message.state).in_(UNSENT),
        col(Message.next_attempt_at) <= now,
    )


def _held_up(now: Any) -> Any:
    """Say that something must leave before: each part is one look in one index."""
    earlier, parent = aliased(Message), aliased(Message)
    held_back = and_(
        col(earlier.state) == MessageState.PENDING.value,
        col(earlier.attempts) == 0,
        col(earlier.next_attempt_at) > now,
    )
    before = and_(
        col(earlier.workspace_id) == col(Message.workspace_id),
        col(earlier.id) + 0 < col(Message.id),  # + 0: never by the primary key, row after row
        col(earlier.state).in_(UNSENT),
        ~held_back,
    )
    same_thread = exists().where(
        before,
        col(earlier.thread) == col(Message.thread),
        col(earlier.channel) == col(Message.channel),
    )
    same_thing = exists().where(
        before,
        col(earlier.subject) == col(Message.subject),
        col(earlier.channel) == col(Message.channel),
        func.coalesce(col(earlier.person_id), 0) == func.coalesce(col(Message.person_id), 0),
    )
    top = and_(
        col(parent.workspace_id) == col(Message.workspace_id),
        col(parent.method) == POST,
        col(parent.thread) == "",
    )
    its_parent = exists().where(
        top,
        col(parent.subject) == col(Message.thread),
        col(Message.thread).startswith(col(parent.kind) + ":"),
        col(parent.state).in_(UNSENT),
    )
    its_original = exists().where(
        top,
        col(parent.subject) == col(Message.subject),
        col(parent.kind) == col(Message.kind),
        col(parent.state).in_(_IN_FLIGHT),
    )
    return or_(
        same_thing,
        and_(col(Message.thread) != "", or_(same_thread, its_parent)),
        and_(col(Message.method) == EDIT, its_original),
    )


class Candidate(NamedTuple):
    """A message that may leave now, and where to: its channel or its reader's, "" for neither."""

    workspace_id: int
    id: int
    key: str
    kind: str
    subject: str
    version: int
    method: str
    thread: str
    person_id: int | None
    attempts: int
    body: dict[str, Any]
    address: str


_CANDIDATE = (
    _table.c.workspace_id,
    _table.c.id,
    _table.c.dedupe_key,
    _table.c.kind,
    _table.c.subject,
    _table.c.version,
    _table.c.method,
    _table.c.thread,
    _table.c.person_id,
    _table.c.attempts,
    _table.c.body,
)


def _candidates() -> Select[Any]:
    workspace_id: Any = bindparam("the_workspace_id")
    now: Any = bindparam("the_now", type_=_table.c.next_attempt_at.type)
    reader = and_(
        col(Person.workspace_id) == col(Message.workspace_id),
        col(Person.id) == col(Message.person_id),
    )
    order = (col(Message.next_attempt_at), col(Message.id))
    turn = func.row_number().over(partition_by=_address(), order_by=order).label("turn")
    ranked = (
        select(col(Message.id).label("id"), turn, _address().label("address"))
        .outerjoin(Person, reader)
        .where(_due(workspace_id, now), ~_held_up(now))
        .subquery()
    )
    return (
        select(*_CANDIDATE, ranked.c.address)
        .join(ranked, ranked.c.id == col(Message.id))
        .where(_due(workspace_id, now), ranked.c.turn <= bindparam("per_channel", type_=Integer))
        .order_by(*order)
        .limit(bindparam("the_limit", type_=Integer))
        .with_for_update(of=_table, skip_locked=True)
    )


CANDIDATES = _candidates()  # its rows are those of `Candidate`
_THE_MESSAGE = (
    _table.c.workspace_id == bindparam("the_workspace_id"),
    _table.c.id == bindparam("the_id"),
)
REPLACE = update(_table).where(*_THE_MESSAGE).values(state=MessageState.REPLACED.value)
START = (
    update(_table)
    .where(*_THE_MESSAGE)
    .values(
        state=MessageState.SENDING.value,
        **{
            name: bindparam(name)
            for name in (
                "attempts",
                "attempted_at",
                "taken_by",
                "taken_until",
                "sent_channel",
                "sent_thread",
            )
        },
    )
)
