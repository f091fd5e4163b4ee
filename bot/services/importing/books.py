"""A ledger (FEC or open items) applied to the books: staged outside any lock, written at once."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from functools import partial

from bot.domain.books import TableChanges
from bot.domain.errors import GoodcopError, TryAgain
from bot.domain.ledger import ParsedLedger
from bot.domain.reconcile import BookChanges
from bot.services.bank.reopening import note_reopened
from bot.services.importing.collection import collection_paused
from bot.services.importing.reports import ImportReport, count_clients, count_open, totals_of
from bot.services.importing.request import TRIES, Books, ImportRequest, choose_books, record
from bot.services.importing.staging import FileBook, Staged, read_held, stage
from bot.sources import fec
from bot.sources.item_tables import read_open_items
from storage import book_writing, bulk, entities, faults, step_notes, workspaces
from storage import books as held_books
from storage.ids import new_id, new_ids
from storage.sessions import Session
from storage.tables.ledger import ImportRun
from storage.unit_of_work import Database


def import_books(
    database: Database, clock: Callable[[], datetime], request: ImportRequest
) -> ImportReport:
    """Import a FEC or a list of open items; start over when another import came between."""
    with collection_paused():
        return _import(database, clock, request)


def _import(
    database: Database, clock: Callable[[], datetime], request: ImportRequest
) -> ImportReport:
    read: tuple[Books, FileBook] | None = None
    for _ in range(TRIES):
        with faults.spoken():
            with database.read() as uow:
                books = choose_books(uow.session, request)
            if read is None or read[0].currency != books.currency:
                read = books, _read(request, books)
            with database.read() as uow:
                held = read_held(uow.session, request, books)
        staged = stage(request, held, read[1])
        report = apply_staged(database, clock(), request, staged)
        if report is not None:
            return report
    raise TryAgain("Other imports kept coming between: nothing was changed. Try again.")


def _read(request: ImportRequest, books: Books) -> FileBook:
    if request.kind == "fec":
        return fec.load(request.path, currency=books.currency, encoding=request.encoding)
    return read_open_items(
        request.path,
        today=request.today,
        default_currency=books.currency,
        mapping=request.mapping or books.mapping,
        encoding=request.encoding,
    )


def apply_staged(
    database: Database, now: datetime, request: ImportRequest, staged: Staged
) -> ImportReport | None:
    """Write an import; return None, with nothing written, when the books moved since."""
    held, ledger, changes = staged.held, staged.ledger, staged.changes
    if staged.already:
        return _report(request, ledger, staged.as_of, held.books.id, 0, None)
    last = held.last
    is_same = last is not None and last.sha256 == request.sha256
    restated = request.as_of is not None and last is not None and last.as_of != request.as_of
    if last and is_same and not changes.count and not restated and request.terms is None:
        return _report(request, ledger, last.as_of, held.books.id, 0, None)
    run = _run(request, staged, now)
    ready = partial(book_writing.set_aside, changes=changes.tables)
    with faults.spoken(), database.write(before=ready) as uow:
        session, workspace_id = uow.session, request.workspace_id
        if workspaces.lock_books(session, workspace_id=workspace_id) != held.snapshot.version:
            return None
        fixed: dict[str, dict[str, object]] = {
            "client": {"entity_id": held.books.id, "created_at": now},
            "settlement": {"import_run_id": run.id},
        }
        record(session, request, held.books, run, ledger.rejected, changes.tables, fixed)
        if staged.year and staged.made_year:
            entities.add_year(
                session,
                workspace_id=workspace_id,
                entity_id=held.books.id,
                year=staged.year,
                carried=staged.carried,
            )
        _tell_reliefs(session, request, run, changes)
        note_reopened(session, workspace_id, run.id, changes.reopened, now)
        step_notes.note_books(
            session, workspace_id=workspace_id, tables=changes.tables, today=staged.as_of
        )
        workspaces.raise_versions(session, workspace_id=workspace_id)
        if held_books.count_unreconciled(
            session, workspace_id=workspace_id, entity_id=held.books.id
        ):
            raise GoodcopError(
                "The items would not add up to the accounts: nothing was changed.",
                code="unreconciled",
            )
        uow.commit()
    return _report(request, ledger, staged.as_of, held.books.id, changes.count, run.id)


def _run(request: ImportRequest, staged: Staged, now: datetime) -> ImportRun:
    ledger, year = staged.ledger, staged.year
    tables: list[TableChanges] = [*staged.changes.tables]
    if year and staged.made_year:
        tables.append(TableChanges("fiscalyear", ("id",), new=[(year.id,)]))
    return ImportRun(
        workspace_id=request.workspace_id,
        id=new_id(),
        entity_id=staged.held.books.id,
        fiscal_year_id=year.id if year else None,
        kind=ledger.kind,
        file_name=request.path.name,
        sha256=request.sha256,
        rows=ledger.rows,
        accepted=ledger.accepted,
        rejected_count=len(ledger.rejected),
        totals=[asdict(total) for total in totals_of(ledger)],
        warnings=list(ledger.warnings),
        as_of=staged.as_of,
        receipts_until=ledger.receipts_until,
        sales_until=ledger.sales_until,
        applied_at=now,
        applied_by=request.by,
        undo=book_writing.pack(tables),
    )


def _tell_reliefs(
    session: Session, request: ImportRequest, run: ImportRun, changes: BookChanges
) -> None:
    """Write one event for each client whose open debts became less; the figures, no names."""
    ids = new_ids(len(changes.reliefs))
    rows = [
        {
            "workspace_id": request.workspace_id,
            "id": id,
            "key": f"items_settled:{run.id}:{relief.client_id}:{relief.currency}",
            "kind": "items_settled",
            "at": run.applied_at,
            "client_id": relief.client_id,
            "source": request.by,
            "body": {
                "import_run_id": run.id,
                "currency": relief.currency,
                "open_item_ids": list(relief.item_ids),
                "by": relief.by,
            },
        }
        for id, relief in zip(ids, changes.reliefs, strict=True)
    ]
    bulk.insert_rows(session, "event", rows)


def _report(
    request: ImportRequest,
    ledger: ParsedLedger,
    day: date,
    entity_id: int,
    changed: int,
    run_id: int | None,
) -> ImportReport:
    return ImportReport(
        kind=request.kind,
        rows=ledger.rows,
        accepted=ledger.accepted,
        rejected=ledger.rejected,
        clients=count_clients(ledger),
        open_items=count_open(ledger),
        totals=totals_of(ledger),
        as_of=day,
        warnings=ledger.warnings,
        changed=changed,
        run_id=run_id,
        entity_id=entity_id,
    )
