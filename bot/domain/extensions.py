"""More time for a client: who may give it, and where the law and the insurer stop it."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.domain.errors import InvalidInput
from bot.domain.lifecycle import Role
from bot.domain.payment_ceilings import CEILINGS, ProductFamily

FURTHEST_DAYS = 366
REASON_MAX = 1000


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a role may give by itself, in days and in minor units of the house's currency."""

    extension_days: int = 0
    extension_minor: int = 0
    gesture_minor: int = 0


NO_MANDATE = Mandate()
MANDATES: Mapping[str, Mandate] = MappingProxyType(
    {
        Role.SALES.value: Mandate(15, 10_000_00),
        Role.MANAGER.value: Mandate(30, 50_000_00),
        Role.FINANCE.value: Mandate(90, 500_000_00, 5_000_00),
        Role.ADMIN.value: Mandate(FURTHEST_DAYS, 10**13, 10**13),
    }
)


class Beyond(StrEnum):
    """Why an extension is not the person's to give."""

    DAYS = "days"
    AMOUNT = "amount"
    AGAIN = "again"
    LEGAL = "legal"
    INSURER = "insurer"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class ExtendedItem:
    """An open item that would be paid later; `minor` of one currency, positive."""

    id: int
    issued_on: date
    due_on: date
    minor: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an extension is measured against; `insured_days` is the longest credit covered.

    `is_in_house_currency` is false where a mandate's amount means nothing. `extended_ids` are the
    items that got more time before; `is_taken` says that finance has the file, and its voice.
    """

    mandate: Mandate
    family: ProductFamily = ProductFamily.STANDARD
    insured_days: int | None = None
    is_in_house_currency: bool = True
    extended_ids: frozenset[int] = frozenset()
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionForm:
    """More time as asked for: until when, why; no `item_ids` for all that is due by then.

    `key` makes it safe twice. `insists`: it was said what is beyond the mandate, finance is asked.
    """

    key: str
    client_id: int
    until: date | None
    currency: str = "EUR"
    reason: str = ""
    item_ids: tuple[int, ...] = ()
    insists: bool = False


def check_extension(form: ExtensionForm, today: date) -> date:
    """Return the new day of a form; raise `InvalidInput` naming the field to mend."""
    if form.until is None or form.until <= today:
        raise InvalidInput("Enter a date after today.", field="until")
    if form.until > today + timedelta(days=FURTHEST_DAYS):
        raise InvalidInput("Enter a date within a year.", field="until")
    if not form.reason.strip() or len(form.reason) > REASON_MAX:
        raise InvalidInput("Give a reason.", field="reason")
    return form.until


def mandate_of(roles: Collection[Role], mandates: Mapping[str, Mandate]) -> Mandate:
    """Return the most that any of a person's roles may give."""
    held = [mandates.get(role.value, NO_MANDATE) for role in roles] or [NO_MANDATE]
    return Mandate(
        max(one.extension_days for one in held),
        max(one.extension_minor for one in held),
        max(one.gesture_minor for one in held),
    )


def last_legal_day(issued_on: date, family: ProductFamily) -> date:
    """Return the last day an invoice may be agreed to be paid, in its most generous reading.

    Source: C. com. L441-10 and L441-11, the days counted from the invoice.
    """
    ceiling = CEILINGS[family]
    days = [issued_on + timedelta(days=ceiling.days)]
    if ceiling.after_days is not None:
        days.append(_month_end(issued_on + timedelta(days=ceiling.after_days)))
    if ceiling.before_days is not None:
        days.append(_month_end(issued_on) + timedelta(days=ceiling.before_days))
    return max(days)


def beyond(
    items: Sequence[ExtendedItem], until: date, today: date, bounds: Bounds
) -> tuple[Beyond, ...]:
    """Return what an extension to `until` goes beyond; empty when it is the person's to give.

    Days count from today, or from the due date of what is not due yet.
    """
    added = max((until - max(item.due_on, today)).days for item in items)
    minor = sum(item.minor for item in items)
    found = {
        Beyond.DAYS: added > bounds.mandate.extension_days,
        Beyond.AMOUNT: minor > bounds.mandate.extension_minor or not bounds.is_in_house_currency,
        Beyond.AGAIN: any(item.id in bounds.extended_ids for item in items),
        Beyond.LEGAL: _is_past(items, until, bounds.family),
        Beyond.INSURER: _is_uncovered(items, until, bounds.insured_days),
        Beyond.TAKEN: bounds.is_taken,
    }
    return tuple(reason for reason, is_so in found.items() if is_so)


def _is_past(items: Iterable[ExtendedItem], until: date, family: ProductFamily) -> bool:
    return any(until > last_legal_day(item.issued_on, family) for item in items)


def _is_uncovered(items: Iterable[ExtendedItem], until: date, days: int | None) -> bool:
    if days is None:
        return False
    return any(until > item.issued_on + timedelta(days=days) for item in items)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
