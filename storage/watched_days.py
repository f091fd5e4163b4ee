"""How far the nightly watch came: the days asked for in full, the companies read one by one."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.once import insert_once
from storage.tables.solvency import ReadCompany, WatchedDay


def find_done_until(session: Session, *, workspace_id: int) -> date | None:
    """Return the last day asked for in full, or None; days are done in order, without a gap."""
    last = select(func.max(WatchedDay.day, type_=WatchedDay.__table__.c.day.type))  # type: ignore[attr-defined]
    return session.scalar(last.where(col(WatchedDay.workspace_id) == workspace_id))


def mark_day(session: Session, *, workspace_id: int, day: date, at: datetime) -> None:
    """Say that a day was asked for in full."""
    insert_once(session, WatchedDay, {"workspace_id": workspace_id, "day": day, "asked_at": at})


def mark_read(session: Session, *, workspace_id: int, siren: str, at: datetime) -> None:
    """Say that a company's notices were read, the past included."""
    insert_once(session, ReadCompany, {"workspace_id": workspace_id, "siren": siren, "read_at": at})


def list_unread(session: Session, *, workspace_id: int, sirens: Collection[str]) -> tuple[str, ...]:
    """Return which of these companies were never read one by one, in order."""
    query = select(col(ReadCompany.siren)).where(col(ReadCompany.workspace_id) == workspace_id)
    return tuple(sorted(frozenset(sirens).difference(session.scalars(query))))
