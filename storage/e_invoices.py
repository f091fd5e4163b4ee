"""Electronic invoices kept: found again, tied to accounts, given back as files."""

import base64
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.books import ItemRow
from bot.domain.e_invoices import EInvoice, Party, Stated
from bot.domain.ledger import DueFrom
from bot.domain.references import normal
from storage.tables.e_invoices import EInvoiceRow
from storage.tables.ledger import BETWEEN_DIGITS, Client, OpenItem
from storage.vault import Vault

_OWNED: tuple[Any, ...] = (
    col(Client.code),
    col(Client.name),
    col(Client.town),
    col(Client.siren),
    col(Client.kind),
)
_STATED: tuple[Any, ...] = (
    col(EInvoiceRow.number),
    col(EInvoiceRow.currency),
    col(EInvoiceRow.minor),
    col(EInvoiceRow.left_minor),
    col(EInvoiceRow.due_on),
    col(EInvoiceRow.due_from),
    col(Client.code),
)


class DocumentRow(NamedTuple):
    """A document as its table takes it, in the order of the columns; days are ordinals."""

    id: int
    client_id: int | None
    number: str
    type_code: str
    issued_on: int
    due_on: int | None
    due_from: str
    currency: str
    minor: int
    left_minor: int
    buyer_siren: str
    buyer_name_sealed: str
    buyer_town_sealed: str
    file_name: str
    sha256: str
    document_sealed: str


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """An item of the books that has a number looked for, and its client."""

    code: str
    name: str
    town: str
    siren: str
    kind: str
    item: ItemRow


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document whose number no item had yet."""

    id: int
    entity_id: int
    invoice: EInvoice


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A document of a client as the file it was."""

    number: str
    issued_on: date
    file_name: str
    content: bytes


def find_document(
    session: Session, *, workspace_id: int, entity_id: int, number: str, issued_on: date, code: str
) -> DocumentRow | None:
    """Return an entity's document of a number, day and type."""
    query = select(*(getattr(EInvoiceRow, name) for name in DocumentRow._fields)).where(
        col(EInvoiceRow.workspace_id) == workspace_id,
        col(EInvoiceRow.entity_id) == entity_id,
        col(EInvoiceRow.number) == number,
        col(EInvoiceRow.issued_on) == issued_on,
        col(EInvoiceRow.type_code) == code,
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    found = DocumentRow(*row)
    due_on = row.due_on.toordinal() if row.due_on else None
    return found._replace(issued_on=row.issued_on.toordinal(), due_on=due_on)


def list_numbered(
    session: Session, *, workspace_id: int, entity_id: int, number: str
) -> list[NumberedItem]:
    """Return an entity's items of a number, however it is separated."""
    bare = number.upper()
    for sign in BETWEEN_DIGITS:
        bare = bare.replace(sign, "")
    query = (
        select(OpenItem, *_OWNED)
        .join(
            Client,
            (col(Client.workspace_id) == col(OpenItem.workspace_id))
            & (col(Client.id) == col(OpenItem.client_id)),
        )
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.bare_number) == bare,
            col(Client.entity_id) == entity_id,
        )
        .order_by(col(OpenItem.id))
        .execution_options(populate_existing=True)
    )
    return [
        NumberedItem(code, name, town, siren or "", kind, _item(row))
        for row, code, name, town, siren, kind in session.execute(query)
        if normal(row.number) == normal(number)
    ]


def list_stated(session: Session, *, workspace_id: int, entity_id: int) -> dict[str, list[Stated]]:
    """Return what an entity's documents say of due dates, by normalised number."""
    same = (col(Client.workspace_id) == col(EInvoiceRow.workspace_id)) & (
        col(Client.id) == col(EInvoiceRow.client_id)
    )
    query = (
        select(*_STATED)
        .outerjoin(Client, same)
        .where(
            col(EInvoiceRow.workspace_id) == workspace_id,
            col(EInvoiceRow.entity_id) == entity_id,
            col(EInvoiceRow.due_on).is_not(None),
        )
        .order_by(col(EInvoiceRow.issued_on).desc(), col(EInvoiceRow.id))
    )
    found: dict[str, list[Stated]] = defaultdict(list)
    for number, currency, minor, left, due_on, due_from, code in session.execute(query):
        stated = Stated(number, currency, minor, left, due_on, DueFrom(due_from), code or "")
        found[normal(number)].append(stated)
    return dict(found)


def list_waiting(session: Session, *, workspace_id: int, entity_id: int) -> list[WaitingDocument]:
    """Return the documents of an entity that no account has, oldest first."""
    vault: Vault = session.info["vault"]
    query = (
        select(EInvoiceRow)
        .where(
            col(EInvoiceRow.workspace_id) == workspace_id,
            col(EInvoiceRow.entity_id) == entity_id,
            col(EInvoiceRow.client_id).is_(None),
        )
        .order_by(col(EInvoiceRow.id))
    )
    return [
        WaitingDocument(row.id, row.entity_id, _opened(vault, row))
        for row in session.scalars(query)
    ]


def attach(session: Session, *, workspace_id: int, id: int, client_id: int) -> None:
    """Say whose document it is."""
    session.execute(
        update(EInvoiceRow)
        .where(col(EInvoiceRow.workspace_id) == workspace_id, col(EInvoiceRow.id) == id)
        .values(client_id=client_id)
    )


def list_files(
    session: Session, *, workspace_id: int, client_id: int, numbers: Sequence[str] = ()
) -> list[KeptFile]:
    """Return a client's documents, oldest first; of these numbers only when any are given."""
    vault: Vault = session.info["vault"]
    wanted = {normal(number) for number in numbers}
    query = (
        select(EInvoiceRow)
        .where(
            col(EInvoiceRow.workspace_id) == workspace_id, col(EInvoiceRow.client_id) == client_id
        )
        .order_by(col(EInvoiceRow.issued_on), col(EInvoiceRow.id))
    )
    return [
        KeptFile(row.number, row.issued_on, row.file_name, _content(vault, row))
        for row in session.scalars(query)
        if not wanted or normal(row.number) in wanted
    ]


def sealed_document(vault: Vault, workspace_id: int, content: bytes) -> str:
    """Return a file's bytes as they are kept."""
    return vault.seal(workspace_id, base64.b64encode(content).decode())


def _content(vault: Vault, row: EInvoiceRow) -> bytes:
    return base64.b64decode(vault.unseal(row.workspace_id, row.document_sealed))


def _opened(vault: Vault, row: EInvoiceRow) -> EInvoice:
    """Return what is kept of a document, enough to find its account."""
    name = vault.unseal(row.workspace_id, row.buyer_name_sealed)
    town = vault.unseal(row.workspace_id, row.buyer_town_sealed)
    return EInvoice(
        row.number,
        row.type_code,
        row.issued_on,
        row.due_on,
        "",
        row.currency,
        row.minor,
        row.left_minor,
        buyer=Party(name, row.buyer_siren, town=town),
    )


def _item(row: OpenItem) -> ItemRow:
    return ItemRow(
        row.id,
        row.client_id,
        row.key,
        row.number,
        row.kind,
        row.issued_on.toordinal(),
        row.due_on.toordinal(),
        row.due_from,
        row.minor,
        row.open_minor,
        row.currency,
        row.label,
        row.foreign_text,
    )
