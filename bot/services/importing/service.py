"""Files into the books: one door for each kind, found by its content; the last one undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from bot.domain.errors import Conflict
from bot.services.importing.bank import end_read_parts, import_bank
from bot.services.importing.books import import_books
from bot.services.importing.clients import import_clients
from bot.services.importing.e_invoices import attach_waiting, import_e_invoice
from bot.services.importing.people import import_people
from bot.services.importing.reports import ImportReport
from bot.services.importing.request import ImportRequest, digest_of
from bot.services.importing.telling import tell_undone
from bot.sources import tables
from bot.sources.file_kinds import kind_of_file
from storage import bank_lines, bank_seen, events, faults, imports, item_states, workspaces
from storage.imports import RunRow
from storage.sessions import Session
from storage.unit_of_work import Database

__all__ = ["ImportReport", "ImportService", "Undone"]


@dataclass(frozen=True, slots=True)
class Undone:
    """An import taken back: which, and when it had been applied."""

    run_id: int
    kind: str
    file_name: str
    applied_at: datetime


class ImportService:
    """Imports files and takes the last import back."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def import_file(
        self,
        workspace_id: int,
        path: Path,
        *,
        today: date,
        kind: str | None = None,
        entity_siren: str | None = None,
        as_of: date | None = None,
        force: bool = False,
        mapping: Mapping[str, str] | None = None,
        terms: str | None = None,
        encoding: str | None = None,
        by: str = "",
    ) -> ImportReport:
        """Import a file whose kind is found by its content unless stated; all of it, or nothing.

        Raises PermanentSourceError for a file that cannot be used, and Conflict with a question
        (`other_entity`, `which_entity`, `other_invoice`, `repeated`, `shrink`, `older_year`).
        """
        request = ImportRequest(
            workspace_id=workspace_id,
            sha256=digest_of(path),
            path=path,
            kind=kind or kind_of_file(path),
            today=today,
            entity_siren=entity_siren,
            as_of=as_of,
            force=force,
            mapping=mapping,
            terms=terms,
            encoding=encoding,
            by=by,
        )
        match request.kind:
            case "clients":
                return import_clients(self._database, self._clock, request)
            case "people":
                return import_people(self._database, self._clock, request)
            case "bank":
                return import_bank(self._database, self._clock, request)
            case "e_invoice":
                return import_e_invoice(self._database, self._clock, request)
            case _:
                return self._import_books(request)

    def _import_books(self, request: ImportRequest) -> ImportReport:
        report = import_books(self._database, self._clock, request)
        if report.run_id is not None and report.entity_id is not None:
            end_read_parts(self._database, request.workspace_id, report.entity_id)
            attach_waiting(self._database, self._clock, request, report.entity_id)
        return report

    def preview(self, path: Path, *, kind: str | None = None) -> tables.Preview:
        """Return how a table's columns are understood, and its first rows; nothing is changed."""
        digest_of(path)
        return tables.preview(path, kind)

    def undo_last(
        self, workspace_id: int, *, by: str, now: datetime, run_id: int | None = None
    ) -> Undone:
        """Take the last import back: every row as it was.

        Raise Conflict when there is none, or when `run_id` is given and was not the last.
        """
        with faults.spoken(), self._database.write() as uow:
            workspaces.lock_books(uow.session, workspace_id=workspace_id)
            run = imports.find_last_run(uow.session, workspace_id=workspace_id)
            if run is None or not run.undo:
                raise Conflict("There is no import to undo.", code="nothing_to_undo")
            if run_id is not None and run_id != run.id:
                raise Conflict("Only the last import can be undone.", code="not_the_last")
            bank_seen.see_again(uow.session, workspace_id=workspace_id, run_id=run.id)
            if run.kind == "bank":
                bank_lines.forget_run(uow.session, workspace_id=workspace_id, run_id=run.id)
            _take_back(uow.session, run, workspace_id)
            imports.mark_undone(uow.session, workspace_id=workspace_id, id=run.id, now=now)
            tell_undone(uow.session, workspace_id, run, now)
            events.append(
                uow.session,
                workspace_id=workspace_id,
                key=f"import_undone:{run.id}",
                kind="import_undone",
                at=now,
                source=by,
                body={"import_run_id": run.id, "kind": run.kind},
            )
            workspaces.raise_versions(uow.session, workspace_id=workspace_id, people=True)
            uow.commit()
        return Undone(run.id, run.kind, run.file_name, run.applied_at)


def _take_back(session: Session, run: RunRow, workspace_id: int) -> None:
    """Restore what an import changed; what was set apart of an item since stays set apart."""
    list_since = partial(
        item_states.list_since, session, workspace_id=workspace_id, since=run.applied_at
    )
    if list_since(ended=True):
        raise Conflict(
            "Part of an invoice was put back since that import: it cannot be undone. "
            "Import the right books instead.",
            code="part_put_back",
        )
    apart = list_since()
    item_states.join_again(session, apart)
    imports.take_back(session, run.undo, workspace_id=workspace_id)
    item_states.part_again(session, apart)
