"""Electronic invoices beside the books: which item one belongs to, and what it says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.due_dates import due_on, parse_terms
from bot.domain.errors import InvalidInput
from bot.domain.ledger import DueFrom, ItemKind, ParsedClient, ParsedItem, ParsedLedger
from bot.domain.references import normal

# UNTDID 1001: credit note, self-billed credit note, factored credit note.
_CREDITS = frozenset({"381", "261", "396"})

# A bill of exchange, a retention and an instalment have days of their own.
DATED_KINDS = frozenset({ItemKind.INVOICE, ItemKind.OPENING})


@dataclass(frozen=True, slots=True)
class Party:
    """A seller or buyer; numbers are empty when not stated, or not those of a French company."""

    name: str = ""
    siren: str = ""
    siret: str = ""
    vat: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class EInvoice:
    """What a document of EN 16931 says; amounts in minor units, as signed in the document.

    `due_on` is its one due date (BT-9): None when it states none, or several. `left_minor` is
    the amount due (BT-115), the total less what was paid in advance.
    """

    number: str
    type_code: str
    issued_on: date
    due_on: date | None
    terms: str
    currency: str
    total_minor: int
    left_minor: int
    seller: Party = Party()
    buyer: Party = Party()

    @property
    def is_credit(self) -> bool:
        """Say whether it lessens what is owed: by its type, or by a total below zero."""
        return self.type_code in _CREDITS or self.total_minor < 0

    @property
    def minor(self) -> int:
        """Return its total as the books have it: credits negative, whatever its own sign."""
        return -abs(self.total_minor) if self.is_credit else self.total_minor

    @property
    def due(self) -> tuple[date, DueFrom] | None:
        """Return its due date and how it is known, or None when it says none to go by.

        Credits have none, and a day before the issue date is no due date. Terms count when the
        text is nothing but terms: one that speaks of deposits too is left to people.
        """
        if self.is_credit:
            return None
        if self.due_on is not None:
            return (self.due_on, DueFrom.STATED) if self.due_on >= self.issued_on else None
        try:
            return due_on(self.issued_on, parse_terms(self.terms)), DueFrom.TERMS
        except InvalidInput:
            return None


@dataclass(frozen=True, slots=True)
class Stated:
    """A kept document as the books are read again: its amounts (signed) and its due date.

    `code` is the client account it is attached to, empty while it waits for one.
    """

    number: str
    currency: str
    minor: int
    left_minor: int
    due_on: date
    due_from: DueFrom
    code: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of the books with the document's number; `name_agrees` with the buyer's."""

    client_id: int
    item_id: int
    minor: int
    currency: str
    issued_on: date
    client_siren: str
    name_agrees: bool


class Tie(StrEnum):
    """What a document and an account of the books have in common beside the number."""

    NAME = "name"
    AMOUNT = "amount"
    SIREN = "siren"
    DAY = "day"


def choose_item(
    invoice: EInvoice, candidates: Sequence[Candidate]
) -> tuple[Candidate, frozenset[Tie]] | None:
    """Return the item a document belongs to and why, or None: those of no client, or of several.

    The number alone is not enough: small numbers come back every year.
    """
    found = [(one, _ties(invoice, one)) for one in candidates if one.currency == invoice.currency]
    agreeing = [(one, ties) for one, ties in found if ties]
    best = max((len(ties) for _, ties in agreeing), default=0)
    agreeing = [(one, ties) for one, ties in agreeing if len(ties) == best]
    return agreeing[0] if len({one.client_id for one, _ in agreeing}) == 1 else None


def _ties(invoice: EInvoice, one: Candidate) -> frozenset[Tie]:
    ties = {
        Tie.NAME: one.name_agrees,
        Tie.AMOUNT: one.minor in _amounts(invoice.minor, invoice.left_minor),
        Tie.DAY: one.issued_on == invoice.issued_on,
        Tie.SIREN: bool(one.client_siren) and one.client_siren == invoice.buyer.siren,
    }
    return frozenset(tie for tie, holds in ties.items() if holds)


def dated(ledger: ParsedLedger, kept: Mapping[str, Sequence[Stated]]) -> ParsedLedger:
    """Return a ledger whose items without a due date have that of their kept document.

    `kept` is by normalised number. What the books themselves state stays.
    """
    if not kept:
        return ledger
    return replace(ledger, clients=tuple(_dated(client, kept) for client in ledger.clients))


def _dated(client: ParsedClient, kept: Mapping[str, Sequence[Stated]]) -> ParsedClient:
    if not any(normal(item.number) in kept for item in client.items):
        return client
    items = tuple(_with_due(client.code, item, kept) for item in client.items)
    return replace(client, items=items)


def _with_due(code: str, item: ParsedItem, kept: Mapping[str, Sequence[Stated]]) -> ParsedItem:
    if item.due_from is not DueFrom.ESTIMATED or item.kind not in DATED_KINDS:
        return item
    for one in kept.get(normal(item.number), ()):
        same = item.currency == one.currency
        amount = item.minor in _amounts(one.minor, one.left_minor)
        if item.minor > 0 and same and (one.code == code or (not one.code and amount)):
            return replace(item, due_on=one.due_on, due_from=one.due_from)
    return item


def _amounts(minor: int, left_minor: int) -> tuple[int, int]:
    """Return what books may write for a document: its total, or what an advance left of it."""
    return minor, -abs(left_minor) if minor < 0 else left_minor
