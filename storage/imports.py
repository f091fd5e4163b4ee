"""The imports applied: what each said, which is the last, and what takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.books import TableChanges
from bot.domain.import_guards import LastFile
from bot.domain.ledger import RejectedRow as Rejected
from storage import book_writing, siren_links, step_planning
from storage.ids import new_ids
from storage.schema import metadata
from storage.tables.ledger import ImportRun

BOOKS = ("fec", "open_items")


@dataclass(frozen=True, slots=True)
class RunRow:
    """An applied import; one that refused rows or noticed something needs a look."""

    id: int
    entity_id: int | None
    fiscal_year_id: int | None
    kind: str
    file_name: str
    sha256: str
    rows: int
    as_of: date
    receipts_until: date | None
    sales_until: date | None
    applied_at: datetime
    undo: bytes
    needs_a_look: bool = False

    @property
    def last_file(self) -> LastFile:
        """Return what the next file of the same books is compared with."""
        latest = max(filter(None, (self.receipts_until, self.sales_until)), default=None)
        return LastFile(self.kind, self.rows, latest)


def add_run(session: Session, run: ImportRun, rejected: Sequence[Rejected]) -> None:
    """Record an applied import and its refused rows."""
    session.add(run)
    session.flush()
    columns = ("id", "line", "column", "reason", "text")
    ids = new_ids(len(rejected))
    book_writing.insert_rows(
        session,
        "rejected_row",
        columns,
        [
            (id, row.line, row.column, row.reason, row.text)
            for id, row in zip(ids, rejected, strict=True)
        ],
        workspace_id=run.workspace_id,
        import_run_id=run.id,
    )


def find_last_run(
    session: Session,
    *,
    workspace_id: int,
    entity_id: int | None = None,
    kinds: Sequence[str] = (),
    fiscal_year_id: int | None = None,
    sha256: str = "",
) -> RunRow | None:
    """Return the newest import not undone, of an entity, kinds, year and content where given."""
    query = select(ImportRun).where(
        col(ImportRun.workspace_id) == workspace_id, col(ImportRun.undone_at).is_(None)
    )
    if entity_id is not None:
        query = query.where(col(ImportRun.entity_id) == entity_id)
    if kinds:
        query = query.where(col(ImportRun.kind).in_(kinds))
    if fiscal_year_id is not None:
        query = query.where(col(ImportRun.fiscal_year_id) == fiscal_year_id)
    if sha256:
        query = query.where(col(ImportRun.sha256) == sha256)
    query = query.order_by(col(ImportRun.id).desc()).limit(1)
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return None if row is None else _row(row)


def mark_undone(session: Session, *, workspace_id: int, id: int, now: datetime) -> None:
    """Mark an import as taken back."""
    session.execute(
        update(ImportRun)
        .where(col(ImportRun.workspace_id) == workspace_id, col(ImportRun.id) == id)
        .values(undone_at=now, undo=b"")
    )


def take_back(session: Session, packed: bytes, *, workspace_id: int) -> list[TableChanges]:
    """Restore the rows an import changed and delete those it made; return what was restored.

    A row that something else has come to refer to since (a note on a new client) stays.
    """
    changes = book_writing.unpack(packed)
    for each in changes:
        book_writing.update_rows(
            session,
            each.table,
            each.changing,
            [before for before, _ in each.changed],
            workspace_id=workspace_id,
        )
    for each in changes:
        ids = [book_writing.row_id(row) for row in each.new]
        if each.table == "client":
            siren_links.forget_clients(session, workspace_id=workspace_id, client_ids=ids)
            step_planning.forget_clients(session, workspace_id=workspace_id, client_ids=ids)
        needed = _referred(session, each.table, ids, workspace_id)
        gone = [id for id in ids if id not in needed]
        book_writing.delete_rows(session, each.table, gone, workspace_id)
    for each in reversed(changes):
        book_writing.insert_rows(
            session, each.table, each.columns, each.gone, workspace_id=workspace_id
        )
    return changes


def _referred(session: Session, table: str, ids: list[int], workspace_id: int) -> set[int]:
    """Return which of these rows another row still refers to."""
    if not ids:
        return set()
    held: set[int] = set()
    for other in metadata.tables.values():
        for key in other.foreign_key_constraints:
            if key.referred_table.name != table or len(key.columns) != 2:
                continue
            column = list(key.columns)[1]
            query = (
                select(column)
                .where(other.c.workspace_id == workspace_id, column.is_not(None))
                .distinct()
            )
            held.update(session.connection().execute(query).scalars())
    return held.intersection(ids)


def _row(row: Any) -> RunRow:
    return RunRow(
        row.id,
        row.entity_id,
        row.fiscal_year_id,
        row.kind,
        row.file_name,
        row.sha256,
        row.rows,
        row.as_of,
        row.receipts_until,
        row.sales_until,
        row.applied_at,
        row.undo,
        bool(row.rejected_count or row.warnings),
    )
