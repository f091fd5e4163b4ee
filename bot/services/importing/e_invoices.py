"""An electronic invoice into the books: kept, tied to its item, its due date and SIREN used."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.books import BalanceLine, Cells, ItemRow, TableChanges
from bot.domain.e_invoices import DATED_KINDS, EInvoice
from bot.domain.errors import Conflict, TryAgain
from bot.domain.ledger import DueFrom
from bot.services.importing.document_ties import Match, bring_siren, find_match
from bot.services.importing.redating import DUE, RECORD, plan_records
from bot.services.importing.reports import ImportReport
from bot.services.importing.request import TRIES, Books, ImportRequest, choose_books, record
from bot.services.importing.tables import table_run
from bot.sources.e_invoices import read_e_invoice
from storage import e_invoices, faults, workspaces
from storage.e_invoices import DocumentRow
from storage.ids import new_id
from storage.sessions import Session
from storage.unit_of_work import Database
from storage.vault import Vault

_COLUMNS = DocumentRow._fields


@dataclass(slots=True)
class _Plan:
    """What a document changes; `warnings` are for finance, `notes` for who imports it."""

    version: int
    books: Books
    match: Match | None = None
    is_known: bool = False
    documents: TableChanges = field(
        default_factory=lambda: TableChanges("e_invoice", _COLUMNS, _COLUMNS[1:])
    )
    clients: TableChanges = field(
        default_factory=lambda: TableChanges("client", ("id", "siren"), ("siren",))
    )
    items: TableChanges = field(
        default_factory=lambda: TableChanges("open_item", ItemRow._fields, DUE)
    )
    balances: TableChanges = field(
        default_factory=lambda: TableChanges("balance", BalanceLine._fields, RECORD)
    )
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def tables(self) -> tuple[TableChanges, ...]:
        """Return the changes, referred tables first."""
        return self.clients, self.documents, self.items, self.balances


def import_e_invoice(
    database: Database, clock: Callable[[], datetime], request: ImportRequest
) -> ImportReport:
    """Import one electronic invoice of a company whose books are here; twice changes nothing.

    Raises Conflict `other_entity`, `which_entity` or `other_invoice` with a question, and
    PermanentSourceError for a file that holds no invoice.
    """
    invoice = read_e_invoice(request.path)
    for _ in range(TRIES):
        with faults.spoken(), database.read() as uow:
            plan = _plan(uow.session, request, invoice)
        if plan.is_known:
            return _report(request, plan, None)
        now = clock()
        run = table_run(request, plan.books, 1, (), plan.tables, now)
        run.warnings = list(plan.warnings)
        with faults.spoken(), database.write() as uow:
            session, workspace_id = uow.session, request.workspace_id
            if workspaces.lock_books(session, workspace_id=workspace_id) != plan.version:
                continue
            fixed = {"e_invoice": {"entity_id": plan.books.id, "added_at": now}}
            record(session, request, plan.books, run, (), plan.tables, fixed)
            if plan.match:
                bring_siren(session, workspace_id, plan.match, invoice, now, request.by)
            workspaces.raise_versions(session, workspace_id=workspace_id)
            uow.commit()
        return _report(request, plan, run.id)
    raise TryAgain("Other imports kept coming between: nothing was changed. Try again.")


def attach_waiting(
    database: Database, clock: Callable[[], datetime], request: ImportRequest, entity_id: int
) -> None:
    """Tie the documents that came before their books to the items just imported."""
    now, workspace_id = clock(), request.workspace_id
    with faults.spoken(), database.read() as uow:
        found = _now_found(uow.session, workspace_id, entity_id)
    if not found:
        return
    with faults.spoken(), database.write() as uow:
        session = uow.session
        workspaces.lock_books(session, workspace_id=workspace_id)
        for id, invoice, match in _now_found(session, workspace_id, entity_id):
            e_invoices.attach(session, workspace_id=workspace_id, id=id, client_id=match.client_id)
            bring_siren(session, workspace_id, match, invoice, now, request.by)
        workspaces.raise_versions(session, workspace_id=workspace_id)
        uow.commit()


def _now_found(
    session: Session, workspace_id: int, entity_id: int
) -> list[tuple[int, EInvoice, Match]]:
    waiting = e_invoices.list_waiting(session, workspace_id=workspace_id, entity_id=entity_id)
    pairs = [
        (one.id, one.invoice, find_match(session, workspace_id, entity_id, one.invoice))
        for one in waiting
    ]
    return [
        (id, invoice, match)
        for id, invoice, match in pairs
        if match is not None and not match.other_siren(invoice)
    ]


def _plan(session: Session, request: ImportRequest, invoice: EInvoice) -> _Plan:
    books = choose_books(session, request, seller=invoice.seller.siren)
    # A supplier's invoice looks just like ours: the seller must be known to be us.
    is_told = bool(request.entity_siren) or (bool(invoice.seller.siren) and not books.set_siren)
    if books.made or not books.siren or not is_told:
        raise Conflict(
            "Whose invoice is it? Import that company's books first, or say whose it is with "
            "--entity SIREN.",
            code="which_entity",
        )
    version = workspaces.get_workspace(session, workspace_id=request.workspace_id).names_version
    plan = _Plan(version, books)
    held = e_invoices.find_document(
        session,
        workspace_id=request.workspace_id,
        entity_id=books.id,
        number=invoice.number,
        issued_on=invoice.issued_on,
        code=invoice.type_code,
    )
    if held is not None and held.sha256 == request.sha256:
        plan.is_known = True
        return plan
    if held is not None and not request.force:
        raise Conflict(
            f"Another document is already here for the invoice {invoice.number}. Does this one "
            "replace it? If so, import it again with --force.",
            code="other_invoice",
        )
    plan.match = _match(session, request, plan, invoice)
    _plan_document(session, request, plan, invoice, held)
    if plan.match:
        _plan_due_date(session, request, plan, plan.match, invoice)
        if plan.match.links:
            id = plan.match.client_id
            plan.clients.changed.append(((id, None), (id, invoice.buyer.siren)))
    return plan


def _match(
    session: Session, request: ImportRequest, plan: _Plan, invoice: EInvoice
) -> Match | None:
    """Return the document's item; a client known under another SIREN than the buyer's has none."""
    match = find_match(session, request.workspace_id, plan.books.id, invoice)
    if match is None:
        plan.notes.append(
            f"No item of the books is the invoice {invoice.number}: it is kept until one is."
        )
    elif match.other_siren(invoice):
        plan.warnings.append(
            f"The invoice {invoice.number} is to the company {invoice.buyer.siren}, but its "
            f"client has the SIREN {match.found.siren}: say which is right."
        )
        return None
    return match


def _plan_document(
    session: Session,
    request: ImportRequest,
    plan: _Plan,
    invoice: EInvoice,
    held: DocumentRow | None,
) -> None:
    vault: Vault = session.info["vault"]
    tenant, due = request.workspace_id, invoice.due
    row = DocumentRow(
        held.id if held else new_id(),
        plan.match.client_id if plan.match else None,
        invoice.number,
        invoice.type_code,
        invoice.issued_on.toordinal(),
        due[0].toordinal() if due else None,
        due[1].value if due else "",
        invoice.currency,
        invoice.minor,
        invoice.left_minor,
        invoice.buyer.siren,
        vault.seal(tenant, invoice.buyer.name),
        vault.seal(tenant, invoice.buyer.town),
        request.path.name,
        request.sha256,
        e_invoices.sealed_document(vault, tenant, request.path.read_bytes()),
    )
    if held is None:
        plan.documents.new.append(row)
    else:
        plan.documents.changed.append((held, row))


def _plan_due_date(
    session: Session, request: ImportRequest, plan: _Plan, match: Match, invoice: EInvoice
) -> None:
    """Plan the item's due date where the books lack it; say where the two differ."""
    item, due = match.found.item, invoice.due
    if due is None:
        return
    day, due_from = due
    if item.due_from == DueFrom.STATED.value:
        if due_from is DueFrom.STATED and item.due_on != day.toordinal():
            plan.notes.append(
                f"The invoice {invoice.number} states another due date than the books: theirs "
                "stays."
            )
        return
    before: Cells = (item.id, item.due_on, item.due_from)
    after: Cells = (item.id, day.toordinal(), due_from.value)
    if before != after and item.minor > 0 and item.kind in DATED_KINDS:
        plan.items.changed.append((before, after))
        if item.open_minor != item.minor:
            plan_records(session, plan.balances, plan.items, request.workspace_id, plan.books.id)


def _report(request: ImportRequest, plan: _Plan, run_id: int | None) -> ImportReport:
    found = plan.match is not None
    return ImportReport(
        kind=request.kind,
        rows=1,
        accepted=1,
        rejected=(),
        clients=int(found),
        open_items=int(found),
        totals=(),
        as_of=request.as_of or request.today,
        warnings=(*plan.warnings, *plan.notes),
        changed=sum(each.count for each in plan.tables) if run_id else 0,
        run_id=run_id,
        entity_id=plan.books.id,
    )
