"""What a scan needs beside clients: the workspace, its people, how fresh its books are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, func, select, update
from sqlmodel import Session

from bot.domain.errors import NotFound
from bot.domain.freshness import Books
from storage.among import literals
from storage.driver import PreparedWrite
from storage.prepared import Prepared
from storage.schema import metadata

_tables = metadata.tables
_workspace, _person = _tables["workspace"], _tables["person"]
_entity, _run = _tables["entity"].c, _tables["import_run"].c
_BOOKS = ("fec", "open_items")


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """A workspace, as a scan sees it."""

    finance_channel: str
    time_zone: str
    activated_at: datetime | None
    scanned_on: date | None
    scanned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who may be told something; `time_zone` is theirs, or the workspace's."""

    id: int
    name: str
    channel: str
    time_zone: str
    manager_id: int | None
    activated_at: datetime | None
    absent_until: date | None
    stand_in_id: int | None


def get_settings(session: Session, *, workspace_id: int, lock: bool = False) -> ScanSettings:
    """Return a workspace's settings; `lock` makes scans of one workspace wait for each other."""
    found = (_LOCKED if lock else _SETTINGS).rows(session, the_workspace_id=workspace_id)
    if not found:
        raise NotFound("There is no such workspace.")
    return ScanSettings(*found[0])


def list_recipients(session: Session, *, workspace_id: int) -> dict[int, Recipient]:
    """Return the people of a workspace by id."""
    found = _PEOPLE.rows(session, the_workspace_id=workspace_id)
    return {row[0]: Recipient(*row) for row in found}


def list_books(session: Session, *, workspace_id: int) -> tuple[Books, ...]:
    """Return how far each entity's books go, from its imports that were not undone."""
    return tuple(
        Books(id, rhythm, as_of, _later(receipts, stated), sales)
        for id, rhythm, as_of, receipts, sales, stated in _BOOKS_NOW.rows(
            session, the_workspace_id=workspace_id
        )
    )


def mark_scanned(session: Session, *, workspace_id: int, today: date, now: datetime) -> None:
    """Remember the day judged, from which the next scan looks for what crosses a line."""
    values = {"the_workspace_id": workspace_id, "scanned_on": today, "scanned_at": now}
    _SCANNED.run(session, values)


def mark_active(
    session: Session, *, workspace_id: int, person_id: int | None, now: datetime
) -> None:
    """Turn alerts on, for everyone or for one person; a first date is kept."""
    if person_id is None:
        table, mine = _workspace, _workspace.c.id == workspace_id
    else:
        table = _person
        mine = (_person.c.workspace_id == workspace_id) & (_person.c.id == person_id)
    session.execute(
        update(table).where(mine, table.c.activated_at.is_(None)).values(activated_at=now)
    )


def _later(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


_tenant = bindparam("the_workspace_id", type_=BigInteger)


def _settings() -> Select[Any]:
    c = _workspace.c
    columns = (c.finance_channel, c.time_zone, c.activated_at, c.scanned_on, c.scanned_at)
    return select(*columns).where(c.id == _tenant)


def _people() -> Select[Any]:
    c = _person.c
    return (
        select(
            c.id,
            c.name,
            c.channel,
            func.coalesce(func.nullif(c.time_zone, ""), _workspace.c.time_zone),
            c.manager_id,
            c.activated_at,
            c.absent_until,
            c.stand_in_id,
        )
        .join(_workspace, _workspace.c.id == c.workspace_id)
        .where(c.workspace_id == _tenant)
    )


def _books_now() -> Select[Any]:
    latest = (
        select(
            _run.entity_id,
            func.max(_run.as_of, type_=_run.as_of.type).label("as_of"),
            func.max(_run.receipts_until, type_=_run.as_of.type).label("receipts"),
            func.max(_run.sales_until, type_=_run.as_of.type).label("sales"),
        )
        .where(_run.workspace_id == _tenant, _run.kind.in_(literals(_BOOKS)))
        .where(_run.undone_at.is_(None))
        .group_by(_run.entity_id)
        .subquery()
    )
    return (
        select(
            _entity.id,
            _entity.rhythm_days,
            latest.c.as_of,
            latest.c.receipts,
            latest.c.sales,
            _entity.receipts_stated_until,
        )
        .outerjoin(latest, latest.c.entity_id == _entity.id)
        .where(_entity.workspace_id == _tenant)
        .order_by(_entity.id)
    )


_SETTINGS = Prepared(_settings())
_LOCKED = Prepared(_settings().with_for_update(key_share=True))
_PEOPLE = Prepared(_people())
_BOOKS_NOW = Prepared(_books_now())
_SCANNED = PreparedWrite(
    lambda _: (
        update(_workspace)
        .where(_workspace.c.id == _tenant)
        .values(
            scanned_on=bindparam("scanned_on", type_=_workspace.c.scanned_on.type),
            scanned_at=bindparam("scanned_at", type_=_workspace.c.scanned_at.type),
        )
    )
)
