"""One import as asked for, and how every kind of it is recorded."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.domain.books import TableChanges
from bot.domain.due_dates import LEGAL_DEFAULT, Terms, parse_terms
from bot.domain.entity_choice import Choice, Company, choose_entity
from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import RejectedRow
from bot.services.importing.telling import tell_report
from bot.sources.fec import siren_of_file_name
from storage import book_writing, entities, events, imports, workspaces
from storage.entities import EntityRow
from storage.ids import new_id
from storage.sessions import Session
from storage.tables.ledger import ImportRun

TRIES = 5


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A file to import, and what was said about it; `by` names who asked."""

    workspace_id: int
    path: Path
    kind: str
    today: date
    entity_siren: str | None = None
    as_of: date | None = None
    force: bool = False
    mapping: Mapping[str, str] | None = None
    terms: str | None = None
    encoding: str | None = None
    by: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """The entity a file belongs to as read before the import; `made` when it is still to be."""

    id: int
    made: bool
    siren: str | None
    set_siren: bool
    currency: str
    default_terms: str
    mapping: Mapping[str, str]

    def terms(self, request: ImportRequest) -> Terms:
        """Return the terms of clients without their own; raise InvalidInput."""
        text = request.terms if request.terms is not None else self.default_terms
        return parse_terms(text) if text else LEGAL_DEFAULT


def digest_of(path: Path) -> str:
    """Return the file's SHA-256; raise PermanentSourceError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PermanentSourceError(
            f"{path.name} cannot be read: {error.strerror}.", code="no_file"
        ) from error


def choose_books(session: Session, request: ImportRequest, *, seller: str = "") -> Books:
    """Return whose books the file is; raise Conflict with a question when that is not clear.

    `seller` is the SIREN that an invoice says it comes from.
    """
    workspace_id = request.workspace_id
    rows = entities.list_entities(session, workspace_id=workspace_id)
    choice = choose_entity(
        [Company(row.id, row.siren, _has_books(session, workspace_id, row)) for row in rows],
        stated=request.entity_siren,
        in_name=siren_of_file_name(request.path.name) if request.kind == "fec" else seller or None,
    )
    found = next((row for row in rows if row.id == choice.company_id), None)
    if found is None:
        currency = workspaces.get_workspace(session, workspace_id=workspace_id).currency
        return Books(new_id(), True, choice.siren, False, currency, "", {})
    mapping = entities.find_mapping(
        session, workspace_id=workspace_id, entity_id=found.id, kind=request.kind
    )
    return _books(found, choice, mapping)


def record(
    session: Session,
    request: ImportRequest,
    books: Books | None,
    run: ImportRun,
    rejected: Sequence[RejectedRow],
    changes: Sequence[TableChanges],
    fixed: Mapping[str, Mapping[str, object]],
) -> None:
    """Write a run, its refused rows, its changes and its event; `fixed` columns by table."""
    workspace_id = request.workspace_id
    now = run.applied_at
    if books is not None:
        keep_books(session, request, books, now)
    imports.add_run(session, run, rejected)
    tell_report(session, run, now)
    for each in changes:
        more = fixed.get(each.table, {})
        book_writing.apply(session, each, workspace_id=workspace_id, **more)
    events.append(
        session,
        workspace_id=workspace_id,
        key=f"import_applied:{run.id}",
        kind="import_applied",
        at=now,
        source=request.by,
        body={
            "import_run_id": run.id,
            "kind": run.kind,
            "rows": run.rows,
            "changed": sum(each.count for each in changes),
            "totals": run.totals,
        },
    )


def keep_books(session: Session, request: ImportRequest, books: Books, now: datetime) -> None:
    """Make the entity when it is new; keep the SIREN, terms and columns that were stated."""
    workspace_id = request.workspace_id
    if books.made:
        entities.add_entity(
            session,
            workspace_id=workspace_id,
            id=books.id,
            siren=books.siren,
            currency=books.currency,
            now=now,
        )
    values: dict[str, object] = {"siren": books.siren} if books.set_siren else {}
    if request.terms is not None:
        values["default_terms"] = request.terms
    entities.set_entity(session, workspace_id=workspace_id, id=books.id, values=values)
    if request.mapping:
        entities.keep_mapping(
            session,
            workspace_id=workspace_id,
            entity_id=books.id,
            kind=request.kind,
            id=new_id(),
            columns=request.mapping,
        )


def _has_books(session: Session, workspace_id: int, row: EntityRow) -> bool:
    found = imports.find_last_run(
        session, workspace_id=workspace_id, entity_id=row.id, kinds=("fec",)
    )
    return found is not None


def _books(row: EntityRow, choice: Choice, mapping: Mapping[str, str]) -> Books:
    siren = choice.siren or row.siren
    set_siren = choice.siren is not None
    return Books(row.id, False, siren, set_siren, row.currency, row.default_terms, mapping)
