"""Clients whose reminders and fees are frozen by a proceeding: a hold while it lasts."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.lifecycle import HoldKind
from storage import tasks
from storage.follow_ups import vault_of
from storage.tables.follow_ups import Hold

_AS_LONG_AS_IT_LASTS = date(9999, 12, 31)


def freeze(
    session: Session, *, workspace_id: int, client_id: int, notice_id: str, at: datetime
) -> bool:
    """Freeze a client from a proceeding's notice on; return False when it was frozen before.

    A freeze that was lifted comes back when a correction puts its proceeding in force again.
    """
    key = f"proceeding:{client_id}:{notice_id}"
    session.execute(
        update(Hold)
        .where(col(Hold.workspace_id) == workspace_id, col(Hold.key) == key)
        .values(lifted_at=None)
    )
    held = tasks.add_hold(
        session,
        workspace_id=workspace_id,
        key=key,
        client_id=client_id,
        kind=HoldKind.PROCEEDING,
        reason=notice_id,
        by_id=None,
        until_on=_AS_LONG_AS_IT_LASTS,
        at=at,
    )
    return held is not None


def thaw(session: Session, *, workspace_id: int, hold_id: int, at: datetime) -> None:
    """End a freeze: its proceeding is over."""
    tasks.lift_hold(session, workspace_id=workspace_id, id=hold_id, at=at)


def list_frozen(session: Session, *, workspace_id: int) -> dict[int, tuple[int, str]]:
    """Return the frozen clients: the hold's id, and the notice that opened the proceeding."""
    query = (
        select(col(Hold.client_id), col(Hold.id), col(Hold.reason_sealed))
        .where(
            col(Hold.workspace_id) == workspace_id,
            col(Hold.kind) == HoldKind.PROCEEDING.value,
            col(Hold.lifted_at).is_(None),
        )
        .order_by(col(Hold.id))
    )
    unseal = vault_of(session).unseal
    return {row[0]: (row[1], unseal(workspace_id, row[2])) for row in session.execute(query)}
