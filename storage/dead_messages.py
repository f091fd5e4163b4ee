"""Messages that were given up: counted, listed, sent again when somebody asks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select, update
from sqlmodel import Session

from bot.domain.lifecycle import MessageState
from storage.tables.queue import Message

_table = Message.__table__  # type: ignore[attr-defined]


def revive_dead(session: Session, *, workspace_id: int, now: datetime) -> int:
    """Queue again every dead message, as if never tried; return how many."""
    statement = (
        update(_table)
        .where(_dead(workspace_id))
        .values(state=MessageState.PENDING.value, attempts=0, next_attempt_at=now)
    )
    return session.connection().execute(statement).rowcount


def count_dead(session: Session, *, workspace_id: int) -> int:
    """Return how many messages were given up."""
    return session.scalar(select(func.count()).select_from(_table).where(_dead(workspace_id))) or 0


def list_dead(
    session: Session, *, workspace_id: int, limit: int = 50
) -> Sequence[Row[tuple[str, str, str, str]]]:
    """Return (kind, subject, channel, error) of the messages given up, newest first."""
    columns = (_table.c.kind, _table.c.subject, _table.c.sent_channel, _table.c.error)
    chosen = select(*columns).where(_dead(workspace_id)).order_by(_table.c.id.desc())
    return session.execute(chosen.limit(limit)).all()


def _dead(workspace_id: int) -> ColumnElement[bool]:
    dead: ColumnElement[bool] = (_table.c.workspace_id == workspace_id) & (
        _table.c.state == MessageState.DEAD.value
    )
    return dead
