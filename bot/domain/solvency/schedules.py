"""A payment schedule: how a price is split, on what terms; the form it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from bot.domain.due_dates import Terms
from bot.domain.payment_ceilings import ProductFamily


class Moment(StrEnum):
    """When a part is invoiced."""

    ORDER = "order"
    INTERIM = "interim"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the price: a percentage of it, or an amount in minor units; never both.

    `planned_on` is when it should be invoiced, None when nobody knows yet.
    """

    moment: Moment
    percent: Decimal | None = None
    minor: int | None = None
    planned_on: date | None = None


class Template(StrEnum):
    """Usual ways to split a price."""

    AT_ORDER = "at_order"
    AT_DELIVERY = "at_delivery"
    DEPOSIT_30 = "deposit_30"
    HALVES = "halves"
    THIRDS = "thirds"


def _parts(**percents: int) -> tuple[Part, ...]:
    return tuple(Part(Moment(name), Decimal(percent)) for name, percent in percents.items())


TEMPLATES: Mapping[Template, tuple[Part, ...]] = MappingProxyType(
    {
        Template.AT_ORDER: _parts(order=100),
        Template.AT_DELIVERY: _parts(final=100),
        Template.DEPOSIT_30: _parts(order=30, final=70),
        Template.HALVES: _parts(order=50, final=50),
        Template.THIRDS: _parts(order=30, interim=40, final=30),
    }
)


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount for paying within some days of the invoice (escompte)."""

    percent: Decimal
    within_days: int


@dataclass(frozen=True, slots=True)
class TermsForm:
    """What the salesperson proposes; `total_minor` with tax."""

    total_minor: int
    currency: str
    parts: tuple[Part, ...]
    terms: Terms
    family: ProductFamily = ProductFamily.STANDARD
    direct_debit: bool = False
    discount: Discount | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the policy allows for this order: longest credit, least deposit in minor units."""

    most_days: int
    deposit_minor: int
    before_delivery: bool


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part to be paid; `due_on` is None while its invoice has no planned date."""

    moment: Moment
    percent: Decimal | None
    minor: int
    planned_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class DiscountOffer:
    """The discount on what is sold on credit, and what it costs us a year in percent."""

    percent: Decimal
    within_days: int
    minor: int
    yearly_percent: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """A payment schedule that adds up to the price; the wording is drawn from it.

    `deposit_minor` is paid at the order; with `before_delivery` nothing leaves before its payment.
    """

    total_minor: int
    currency: str
    instalments: tuple[Instalment, ...]
    terms: Terms
    family: ProductFamily
    deposit_minor: int
    before_delivery: bool
    direct_debit: bool
    discount: DiscountOffer | None
