"""Which invoices a factor may buy: certain, not late, of a company that can be asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ledger import ClientKind, ItemKind

# What factors commonly ask for; each contract has its own terms.
MOST_DAYS_TO_DUE = 90
_SOLD_OR_LATER = frozenset({ItemKind.RETENTION.value, ItemKind.BILL.value, ItemKind.FACTORED.value})


class NotEligible(StrEnum):
    """Why an invoice cannot be offered to a factor, the first reason that holds."""

    NOT_A_CLIENT = "not_a_client"
    NO_SIREN = "no_siren"
    IN_PROCEEDING = "in_proceeding"
    OVERDUE = "overdue"
    TOO_LONG = "too_long"
    DISPUTED = "disputed"
    SET_APART = "set_apart"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Receivable:
    """An open invoice with what decides; `minor` is what is open."""

    siren: str
    client_code: str
    client: str
    client_kind: str
    number: str
    item_kind: str
    issued_on: date
    due_on: date
    minor: int
    currency: str
    is_disputed: bool
    in_proceeding: bool


def why_not(one: Receivable, today: date) -> NotEligible | None:
    """Return why a factor would not buy an invoice, None when it may be offered.

    A disputed claim is not certain, and one against a company in a proceeding is to be declared,
    not sold; what is due already is collected, not financed.
    """
    if one.client_kind != ClientKind.ORDINARY:
        return NotEligible.NOT_A_CLIENT
    if not one.siren:
        return NotEligible.NO_SIREN
    if one.in_proceeding:
        return NotEligible.IN_PROCEEDING
    if one.item_kind in _SOLD_OR_LATER:
        return NotEligible.SET_APART
    if one.item_kind == ItemKind.OPENING:
        return NotEligible.OPENING
    if one.is_disputed:
        return NotEligible.DISPUTED
    if one.due_on < today:
        return NotEligible.OVERDUE
    return NotEligible.TOO_LONG if (one.due_on - today).days > MOST_DAYS_TO_DUE else None
