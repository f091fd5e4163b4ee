"""What the lists for finance are drawn from: imports as they were read, books, due dates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import Session

from bot.domain.ledger import ClientKind, DueFrom, RejectedRow
from bot.domain.lifecycle import AlertState
from storage.schema import metadata
from storage.tables.ledger import ImportRun

_tables = metadata.tables
_client, _alert, _item = _tables["client"], _tables["alert"], _tables["open_item"]
_entity, _run, _refused = _tables["entity"], _tables["import_run"], _tables["rejected_row"]
_settlement = _tables["settlement"]
_CLOSED = [state.value for state in AlertState if state.is_closed]
_BOOKS = ("fec", "open_items")


@dataclass(frozen=True, slots=True)
class RunCard:
    """An import as it is told; `totals` are documents with minor units by currency."""

    id: int
    entity_id: int | None
    kind: str
    file_name: str
    rows: int
    accepted: int
    rejected_count: int
    totals: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    as_of: date
    receipts_until: date | None
    applied_at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class BooksCard:
    """An entity, when its books were last imported, and how many open alerts are not shown yet."""

    name: str
    default_terms: str
    imported_at: datetime | None
    waiting: int


def find_run(session: Session, *, workspace_id: int, id: int) -> RunCard | None:
    """Return an import, undone or not, or None."""
    row = session.get(ImportRun, (workspace_id, id), populate_existing=True)
    if row is None:
        return None
    return RunCard(
        id=row.id,
        entity_id=row.entity_id,
        kind=row.kind,
        file_name=row.file_name,
        rows=row.rows,
        accepted=row.accepted,
        rejected_count=row.rejected_count,
        totals=tuple(row.totals or ()),
        warnings=tuple(row.warnings),
        as_of=row.as_of,
        receipts_until=row.receipts_until,
        applied_at=row.applied_at,
        undone=row.undone_at is not None,
    )


def list_rejected(
    session: Session, *, workspace_id: int, run_id: int, most: int
) -> tuple[RejectedRow, ...]:
    """Return the first lines an import refused, by line."""
    c = _refused.c
    query = (
        select(c.line, c.column, c.reason, c.text)
        .where(c.workspace_id == workspace_id, c.import_run_id == run_id)
        .order_by(c.line, c.id)
        .limit(most)
    )
    return tuple(RejectedRow(*row) for row in session.execute(query))


def count_settled(session: Session, *, workspace_id: int, run_id: int) -> int:
    """Return how many items an import settled, in whole or in part."""
    c = _settlement.c
    query = select(func.count(c.open_item_id.distinct())).where(
        c.workspace_id == workspace_id, c.import_run_id == run_id
    )
    return int(session.execute(query).scalar_one())


def count_clients(session: Session, *, workspace_id: int, entity_id: int) -> int:
    """Return how many clients an entity has."""
    query = (
        select(func.count())
        .select_from(_client)
        .where(_client.c.workspace_id == workspace_id, _client.c.entity_id == entity_id)
    )
    return int(session.execute(query).scalar_one())


def count_due_from(
    session: Session, *, workspace_id: int, entity_id: int | None = None
) -> dict[DueFrom, int]:
    """Return how many open items have a due date known in each way, in one entity or all."""
    query = (
        select(_item.c.due_from, func.count())
        .select_from(_of_clients(_item))
        .where(_item.c.workspace_id == workspace_id, _item.c.open_minor != 0)
        .group_by(_item.c.due_from)
    )
    if entity_id is not None:
        query = query.where(_client.c.entity_id == entity_id)
    return {DueFrom(way): int(count) for way, count in session.execute(query)}


def count_kinds(session: Session, *, workspace_id: int) -> tuple[tuple[ClientKind, int], ...]:
    """Return how many accounts are proposed as no clients, by kind, the most numerous first."""
    query = (
        select(_client.c.kind, func.count())
        .where(
            _client.c.workspace_id == workspace_id,
            _client.c.kind != ClientKind.ORDINARY.value,
            _client.c.kind_confirmed.is_(False),
        )
        .group_by(_client.c.kind)
    )
    counted = [(ClientKind(kind), int(count)) for kind, count in session.execute(query)]
    return tuple(sorted(counted, key=lambda one: (-one[1], one[0])))


def find_books(session: Session, *, workspace_id: int, entity_id: int) -> BooksCard | None:
    """Return an entity with its last import and what waits for newer books, or None."""
    last = select(func.max(_run.c.applied_at, type_=_run.c.applied_at.type)).where(
        _run.c.workspace_id == workspace_id,
        _run.c.entity_id == entity_id,
        _run.c.kind.in_(_BOOKS),
        _run.c.undone_at.is_(None),
    )
    waiting = (
        select(func.count())
        .select_from(_of_clients(_alert))
        .where(
            _alert.c.workspace_id == workspace_id,
            _client.c.entity_id == entity_id,
            _alert.c.state.not_in(_CLOSED),
            _alert.c.ts == "",
        )
    )
    query = select(_entity.c.name, _entity.c.default_terms).where(
        _entity.c.workspace_id == workspace_id, _entity.c.id == entity_id
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    imported_at = session.execute(last).scalar_one()
    return BooksCard(row[0], row[1], imported_at, int(session.execute(waiting).scalar_one()))


def _of_clients(table: Any) -> Any:
    same = and_(_client.c.workspace_id == table.c.workspace_id, _client.c.id == table.c.client_id)
    return table.join(_client, same)
