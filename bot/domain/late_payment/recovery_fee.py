"""The flat recovery fee of an invoice paid late, and when it may not be asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ledger import ClientKind, ItemKind


class NoFee(StrEnum):
    """Why an invoice bears no fee, the first reason that holds."""

    NOT_AN_INVOICE = "not_an_invoice"
    NOT_LATE = "not_late"
    NOT_A_COMPANY = "not_a_company"
    PROCEEDING = "proceeding"
    SOLD = "sold"
    DISPUTED = "disputed"
    OTHER_CURRENCY = "other_currency"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """What decides on the fee of one invoice."""

    item_kind: str
    client_kind: str
    minor: int
    due_on: date
    currency: str
    in_proceeding: bool = False
    is_disputed: bool = False
    is_waived: bool = False


def no_fee(facts: FeeFacts, until: date, fee_currency: str) -> NoFee | None:
    """Return why the fee may not be asked on `until`, None when it may: once an invoice.

    Between professionals only, due by right the day after the due date (C. com. L441-10 II,
    D441-5); not where a proceeding forbids to pay on time. A house does not ask it of what is
    contested.
    """
    if facts.minor <= 0 or facts.item_kind == ItemKind.OPENING:
        return NoFee.NOT_AN_INVOICE
    if facts.due_on >= until:
        return NoFee.NOT_LATE
    if facts.client_kind in (ClientKind.STAFF, ClientKind.TILL):
        return NoFee.NOT_A_COMPANY
    if facts.in_proceeding:
        return NoFee.PROCEEDING
    if facts.item_kind == ItemKind.FACTORED:
        return NoFee.SOLD
    if facts.is_disputed:
        return NoFee.DISPUTED
    if facts.currency != fee_currency:
        return NoFee.OTHER_CURRENCY
    return NoFee.WAIVED if facts.is_waived else None
