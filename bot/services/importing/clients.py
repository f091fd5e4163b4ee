"""A client file into the books: owners, terms, limits, contacts; only what it says is changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.books import BalanceLine, ItemRow, TableChanges
from bot.domain.errors import TryAgain
from bot.domain.ledger import (
    ClientKind,
    ClientRow,
    RejectedRow,
    TableFile,
)
from bot.domain.search import normalise
from bot.services.importing.redating import DUE, RECORD, plan_due_dates, plan_records
from bot.services.importing.reports import ImportReport
from bot.services.importing.request import TRIES, Books, ImportRequest, choose_books, record
from bot.services.importing.tables import by_line, table_report, table_run
from bot.sources import tables
from storage import clients, faults, people, workspaces
from storage.clients import ClientCard, ContactCard
from storage.ids import new_id
from storage.sessions import Session
from storage.unit_of_work import Database
from storage.vault import Vault

_CHANGING = ClientCard._fields[2:]
_CONTACT = ("id", "client_id", "key", "function", "name_sealed", "phone_sealed", "email_sealed")


@dataclass(slots=True)
class _Plan:
    """What a client file changes, and its rows that could not be taken whole."""

    version: int
    clients: TableChanges = field(
        default_factory=lambda: TableChanges("client", ClientCard._fields, _CHANGING)
    )
    contacts: TableChanges = field(
        default_factory=lambda: TableChanges("contact", _CONTACT, _CONTACT[3:])
    )
    items: TableChanges = field(
        default_factory=lambda: TableChanges("open_item", ItemRow._fields, DUE)
    )
    balances: TableChanges = field(
        default_factory=lambda: TableChanges("balance", BalanceLine._fields, RECORD)
    )
    refused: list[RejectedRow] = field(default_factory=list)
    readdressed: list[int] = field(default_factory=list)

    @property
    def tables(self) -> tuple[TableChanges, ...]:
        """Return the changes, referred tables first."""
        return self.clients, self.contacts, self.items, self.balances


def import_clients(
    database: Database, clock: Callable[[], datetime], request: ImportRequest
) -> ImportReport:
    """Import a client file; an owner nobody knows is refused and named, the rest of its row kept.

    New terms give the client's items their due dates anew, but for stated ones, and so change how
    late it was found to pay.
    """
    for _ in range(TRIES):
        with faults.spoken(), database.read() as uow:
            books = choose_books(uow.session, request)
        mapping = request.mapping or books.mapping
        file = tables.read_clients(
            request.path, mapping, currency=books.currency, encoding=request.encoding
        )
        with faults.spoken(), database.read() as uow:
            plan = _plan(uow.session, request, books, file)
        refused = by_line(file.rejected, plan.refused)
        now = clock()
        run = table_run(request, books, file.row_count, refused, plan.tables, now)
        changed = sum(each.count for each in plan.tables)
        count = len({row.code for row in file.rows})
        if not changed and not books.made and not request.mapping and request.terms is None:
            return table_report(request, file.row_count, refused, clients=count, run=None)
        with faults.spoken(), database.write() as uow:
            version = workspaces.lock_books(uow.session, workspace_id=request.workspace_id)
            if version != plan.version:
                continue
            made = {"entity_id": books.id, "created_at": now}
            record(uow.session, request, books, run, refused, plan.tables, {"client": made})
            clients.revive_contacts(
                uow.session, workspace_id=request.workspace_id, ids=plan.readdressed
            )
            workspaces.raise_versions(uow.session, workspace_id=request.workspace_id)
            uow.commit()
        return table_report(
            request, file.row_count, refused, clients=count, run=run, changed=changed
        )
    raise TryAgain("Other imports kept coming between: nothing was changed. Try again.")


def _plan(
    session: Session, request: ImportRequest, books: Books, file: TableFile[ClientRow]
) -> _Plan:
    owned = {"workspace_id": request.workspace_id, "entity_id": books.id}
    workspace = workspaces.get_workspace(session, workspace_id=request.workspace_id)
    plan = _Plan(workspace.names_version)
    held = clients.list_cards(session, **owned)
    owners = _owners(session, request.workspace_id)
    cards: dict[str, ClientCard] = {}
    for row in file.rows:
        card = cards.get(row.code) or held.get(row.code) or _new_card(row, books)
        owner_id = card.owner_id
        if row.owner is not None:
            owner_id = owners.get(_reference(row.owner))
            if owner_id is None:
                owner_id = card.owner_id
                plan.refused.append(_unknown_owner(row, file))
        cards[row.code] = _merged(card, row, owner_id)
    for code, card in cards.items():
        old = held.get(code)
        if old is None:
            plan.clients.new.append(card)
        elif old != card:
            plan.clients.changed.append((old[:1] + old[2:], card[:1] + card[2:]))
    _plan_contacts(session, plan, owned, file.rows, cards)
    terms = books.terms(request)
    renewed = {
        card.id: card.terms
        for code, card in cards.items()
        if code in held and (held[code].terms != card.terms)
    }
    if renewed:
        plan_due_dates(session, plan.items, request.workspace_id, renewed, terms)
    if plan.items.changed:
        plan_records(session, plan.balances, plan.items, **owned)
    return plan


def _owners(session: Session, workspace_id: int) -> dict[str, int]:
    owners = {}
    for person in people.list_people(session, workspace_id=workspace_id):
        for reference in (person.email, person.slack_user_id):
            if reference:
                owners[_reference(reference)] = person.id
    return owners


def _reference(text: str) -> str:
    return text.strip().casefold()


def _unknown_owner(row: ClientRow, file: TableFile[ClientRow]) -> RejectedRow:
    reason = "nobody has this e-mail address or Slack id: import the people first"
    return RejectedRow(row.line, file.header_of("owner"), reason, f"{row.code}: {row.owner}"[:80])


def _new_card(row: ClientRow, books: Books) -> ClientCard:
    name = row.name or row.code
    kind = ClientKind.ORDINARY.value
    return ClientCard(
        new_id(),
        row.code,
        name,
        normalise(name),
        "",
        None,
        None,
        None,
        "",
        None,
        row.currency or books.currency,
        kind,
        kind_confirmed=False,
        name_given=False,
    )


def _merged(card: ClientCard, row: ClientRow, owner_id: int | None) -> ClientCard:
    """Return a client as the row says; a column that says nothing changes nothing."""
    return card._replace(
        owner_id=owner_id,
        town=row.town or card.town,
        siren=row.siren or card.siren,
        group_siren=row.parent_siren or card.group_siren,
        terms=row.terms or card.terms,
        credit_limit_minor=card.credit_limit_minor
        if row.credit_limit_minor is None
        else row.credit_limit_minor,
        currency=row.currency or card.currency,
        kind=row.kind.value if row.kind else card.kind,
        kind_confirmed=card.kind_confirmed or row.kind is not None,
        name=row.name or card.name,
        name_given=card.name_given or row.name is not None,
        retention_of_title=card.retention_of_title
        if row.retention_of_title is None
        else row.retention_of_title,
        late_rate=row.late_rate or card.late_rate,
        margin_percent=card.margin_percent if row.margin_percent is None else row.margin_percent,
        search_name=normalise(row.name) if row.name else card.search_name,
    )


def _plan_contacts(
    session: Session,
    plan: _Plan,
    owned: dict[str, int],
    rows: Sequence[ClientRow],
    cards: dict[str, ClientCard],
) -> None:
    held = clients.list_contacts(session, **owned)
    vault: Vault = session.info["vault"]
    ranks: dict[int, Counter[str]] = defaultdict(Counter)

    def stored(card: ContactCard) -> tuple[str | int, ...]:
        sealed = (vault.seal(owned["workspace_id"], text) for text in card[4:])
        return (*card[:4], *sealed)

    for row in rows:
        if not (row.contact or row.phone or row.email):
            continue
        client_id, function = cards[row.code].id, row.function or ""
        ranks[client_id][function] += 1
        key = f"{function or 'contact'}:{ranks[client_id][function]}"
        old = held.get(client_id, {}).get(key)
        base = old or ContactCard(new_id(), client_id, key, function, "", "", "")
        card = base._replace(
            function=function or base.function,
            name=row.contact or base.name,
            phone=row.phone or base.phone,
            email=row.email or base.email,
        )
        if old is None:
            plan.contacts.new.append(stored(card))
        elif old != card:
            before, after = stored(old), stored(card)
            plan.contacts.changed.append((before[:1] + before[3:], after[:1] + after[3:]))
            if old.email != card.email:
                plan.readdressed.append(card.id)
