"""What open-data sources answered, kept per workspace for as long as each source's answers last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from storage.ids import new_id
from storage.tables.open_data import SourceAnswer

_CHANGING = ("state", "body", "fetched_at", "expires_at")


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer as kept: who was asked about what, what is kept of it, until when it is fresh."""

    source: str
    key: str
    state: str
    body: Mapping[str, Any]
    fetched_at: datetime
    expires_at: datetime


_ASKED = tuple_(col(SourceAnswer.source), col(SourceAnswer.key))
_BY_KEYS = select(
    col(SourceAnswer.source),
    col(SourceAnswer.key),
    col(SourceAnswer.state),
    col(SourceAnswer.body),
    col(SourceAnswer.fetched_at),
    col(SourceAnswer.expires_at),
).where(
    col(SourceAnswer.workspace_id) == bindparam("workspace_id"),
    _ASKED.in_(bindparam("asked", expanding=True)),
)


def list_answers(
    session: Session, *, workspace_id: int, asked: Sequence[tuple[str, str]]
) -> tuple[StoredAnswer, ...]:
    """Return the answers kept for these (source, key) pairs, fresh or not, in no order."""
    if not asked:
        return ()
    values = {"workspace_id": workspace_id, "asked": list(asked)}
    return tuple(StoredAnswer(*row) for row in session.execute(_BY_KEYS, values))


def keep_answer(session: Session, *, workspace_id: int, answer: StoredAnswer) -> None:
    """Keep an answer in the place of the one before; an answer fetched earlier changes nothing."""
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    statement = insert(SourceAnswer).values(
        workspace_id=workspace_id,
        id=new_id(),
        source=answer.source,
        key=answer.key,
        state=answer.state,
        body=dict(answer.body),
        fetched_at=answer.fetched_at,
        expires_at=answer.expires_at,
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "source", "key"],
            set_={name: statement.excluded[name] for name in _CHANGING},
            where=col(SourceAnswer.fetched_at) <= statement.excluded.fetched_at,
        )
    )


def forget_answers(session: Session, *, workspace_id: int, before: datetime) -> int:
    """Delete the answers fetched before an instant; return how many."""
    statement = delete(SourceAnswer).where(
        col(SourceAnswer.workspace_id) == workspace_id, col(SourceAnswer.fetched_at) < before
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
