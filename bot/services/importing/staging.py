"""What a ledger would change, worked out beside the books, before anything is locked."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from bot.domain.books import Snapshot
from bot.domain.e_invoices import Stated, dated
from bot.domain.errors import Conflict
from bot.domain.import_guards import Year, YearStep, as_of, shrinks, year_step
from bot.domain.item_states import States, joined, parted
from bot.domain.ledger import ParsedLedger, SettledBy
from bot.domain.reconcile import BookChanges, Rules, reconcile
from bot.domain.settling import Untold
from bot.domain.year_start import items_at_start, opening_lines
from bot.services.importing.request import Books, ImportRequest
from bot.sources import fec
from storage import books as held_books
from storage import e_invoices, entities, imports, item_states, workspaces
from storage.entities import YearRow
from storage.ids import new_id, new_ids
from storage.imports import RunRow
from storage.sessions import Session

FileBook = fec.FecBook | ParsedLedger


@dataclass(slots=True)
class Held:
    """What is known before the import, read in one go."""

    books: Books
    snapshot: Snapshot
    year: YearRow | None
    last: RunRow | None
    last_of_year: RunRow | None
    same: RunRow | None
    states: States = field(default_factory=dict)
    documents: dict[str, list[Stated]] = field(default_factory=dict)


@dataclass(slots=True)
class Staged:
    """An import ready to be written."""

    held: Held
    ledger: ParsedLedger
    changes: BookChanges
    year: Year | None
    made_year: bool
    as_of: date
    carried: dict[int, int] = field(default_factory=dict)
    already: RunRow | None = None


def read_held(session: Session, request: ImportRequest, books: Books) -> Held:
    """Return the entity's books and what is known of its imports."""
    workspace_id, entity_id = request.workspace_id, books.id
    version = workspaces.get_workspace(session, workspace_id=workspace_id).names_version
    if books.made:
        return Held(books, Snapshot(version), None, None, None, None)
    year = entities.find_newest_year(session, workspace_id=workspace_id, entity_id=entity_id)
    last = partial(imports.find_last_run, session, workspace_id=workspace_id, entity_id=entity_id)
    return Held(
        books=books,
        snapshot=held_books.read_snapshot(
            session, workspace_id=workspace_id, entity_id=entity_id, version=version
        ),
        year=year,
        last=last(kinds=imports.BOOKS),
        last_of_year=last(kinds=("fec",), fiscal_year_id=year.year.id) if year else None,
        same=last(kinds=(request.kind,), sha256=request.sha256),
        states=item_states.list_states(session, workspace_id=workspace_id, entity_id=entity_id),
        documents=e_invoices.list_stated(session, workspace_id=workspace_id, entity_id=entity_id),
    )


def stage(request: ImportRequest, held: Held, read: FileBook) -> Staged:
    """Return what the file changes; raise Conflict `older_year` or `shrink` with a question.

    `already` is set when this very file was applied before and newer books came since.
    """
    if isinstance(read, ParsedLedger):
        return _stage_list(request, held, read)
    _ask_about_repeats(request, held, read)
    if read.starts_on is None or read.ends_on is None:
        return _stage_list(request, held, fec.to_ledger(read))
    step = year_step(held.year.year if held.year else None, read.starts_on, read.ends_on)
    if step is YearStep.OLDER:
        if held.same is not None:
            return _as_before(held, fec.to_ledger(read), held.same)
        raise Conflict(
            f"The books of a later year are already here: a file of the year that starts on "
            f"{read.starts_on} cannot go under them. Undo the later import first.",
            code="older_year",
        )
    if step is YearStep.SAME and held.year is not None:
        year, carried, follows = held.year.year, dict(held.year.carried), held.year.follows
    else:
        year, carried = Year(new_id(), read.starts_on, read.ends_on), {}
        follows = step is YearStep.NEXT
        if follows:
            carried = {
                balance.client_id: balance.unattributed_minor
                for balance in held.snapshot.balances.values()
                if balance.unattributed_minor and balance.currency == held.books.currency
            }
    ledger = _continued(held, read, year, carried if follows else None)
    if step is not YearStep.NEXT:
        _ask_about_shrink(request, held, ledger)
    starts_on = min(year.starts_on, ledger.first_entry_on or year.starts_on)
    crossing = Untold(SettledBy.RECEIPT, starts_on)
    gone = Untold(SettledBy.NETTING, ledger.last_entry_on or starts_on)
    absent = crossing if step is YearStep.NEXT else gone
    rules = Rules(crossing, absent, starts_on, held.books.terms(request))
    return Staged(
        held=held,
        ledger=ledger,
        changes=reconcile(_as_known(ledger, held), held.snapshot, rules, new_ids),
        year=year,
        made_year=step is not YearStep.SAME,
        as_of=as_of(request.as_of, ledger.last_entry_on, request.today),
        carried=carried,
    )


def _as_known(ledger: ParsedLedger, held: Held) -> ParsedLedger:
    """Return a ledger with what documents and people said of its items."""
    return parted(dated(ledger, held.documents), held.states)


def _as_before(held: Held, ledger: ParsedLedger, run: RunRow) -> Staged:
    """Return the staging of a file already under newer books: nothing to change."""
    return Staged(held, ledger, BookChanges(), None, False, run.as_of, already=run)


def _continued(
    held: Held, read: fec.FecBook, year: Year, carried: dict[int, int] | None
) -> ParsedLedger:
    """Return the accounts of a FEC, continuing what was open when its year began.

    `carried` is None for the first year held. Books whose opening entries are not made yet get
    those that the items held call for.
    """
    known = items_at_start(joined(held.snapshot), year_id=year.id, starts_on=year.starts_on)
    if carried is None or read.reading.opening_days:
        return fec.to_ledger(read, known)
    lines = {code: list(own) for code, own in read.lines.items()}
    for line in opening_lines(known, carried, held.snapshot.clients, year.starts_on):
        lines.setdefault(line.client_code, []).insert(0, line)
    book = fec.FecBook(read.reading, lines, read.starts_on, read.ends_on, read.siren)
    ledger = fec.to_ledger(book, known)
    warning = "This year has no opening entries yet: last year's open items are carried over."
    return replace(ledger, warnings=(*ledger.warnings, warning)) if known or carried else ledger


def _stage_list(request: ImportRequest, held: Held, ledger: ParsedLedger) -> Staged:
    _ask_about_shrink(request, held, ledger)
    day = as_of(request.as_of, ledger.last_entry_on, request.today)
    untold = Untold(SettledBy.RECEIPT, day)
    rules = Rules(untold, untold, default_terms=held.books.terms(request))
    changes = reconcile(_as_known(ledger, held), held.snapshot, rules, new_ids)
    return Staged(held, ledger, changes, None, False, day)


def _ask_about_repeats(request: ImportRequest, held: Held, read: fec.FecBook) -> None:
    """Raise Conflict when entries are there twice, unless this very file was accepted before."""
    if read.repeated and not request.force and held.same is None:
        raise Conflict(
            f"{read.repeated.count} entries are in this file twice, the first is "
            f"{read.repeated.first}. Was it exported twice? Export it again; if it is right, "
            "import it again with --force.",
            code="repeated",
        )


def _ask_about_shrink(request: ImportRequest, held: Held, ledger: ParsedLedger) -> None:
    if request.force:
        return
    owed: dict[int, int] = {}
    for balance in held.snapshot.balances.values():
        owed[balance.client_id] = owed.get(balance.client_id, 0) + balance.net_minor
    by_code = {code: owed.get(client.id, 0) for code, client in held.snapshot.clients.items()}
    last = held.last_of_year if ledger.kind == "fec" else held.last
    question = shrinks(ledger, last.last_file if last else None, by_code)
    if question is not None:
        raise Conflict(
            f"{question} Is it the whole file? If so, import it again with --force.", code="shrink"
        )
