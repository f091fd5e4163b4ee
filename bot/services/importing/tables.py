"""What imports of clients and of people record and answer alike."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.books import TableChanges
from bot.domain.ledger import RejectedRow
from bot.services.importing.reports import ImportReport
from bot.services.importing.request import Books, ImportRequest
from storage import book_writing
from storage.ids import new_id
from storage.tables.ledger import ImportRun


def by_line(*refused: Sequence[RejectedRow]) -> tuple[RejectedRow, ...]:
    """Return refused rows in the order of their file."""
    return tuple(sorted((row for part in refused for row in part), key=lambda row: row.line))


def table_run(
    request: ImportRequest,
    books: Books | None,
    rows: int,
    refused: Sequence[RejectedRow],
    changes: Sequence[TableChanges],
    now: datetime,
) -> ImportRun:
    """Return the run to record for a table of `rows` rows."""
    return ImportRun(
        workspace_id=request.workspace_id,
        id=new_id(),
        entity_id=books.id if books else None,
        kind=request.kind,
        file_name=request.path.name,
        sha256=request.sha256,
        rows=rows,
        accepted=rows - len(refused),
        rejected_count=len(refused),
        totals=[],
        as_of=request.as_of or request.today,
        applied_at=now,
        applied_by=request.by,
        undo=book_writing.pack(changes),
    )


def table_report(
    request: ImportRequest,
    rows: int,
    refused: Sequence[RejectedRow],
    *,
    clients: int,
    run: ImportRun | None,
    changed: int = 0,
) -> ImportReport:
    """Return what importing a table answers; `run` is None when nothing was written."""
    return ImportReport(
        kind=request.kind,
        rows=rows,
        accepted=max(0, rows - len(refused)),
        rejected=tuple(refused),
        clients=clients,
        open_items=0,
        totals=(),
        as_of=request.as_of or request.today,
        changed=changed,
        run_id=run.id if run else None,
        entity_id=run.entity_id if run else None,
    )
