"""The rules as data: thresholds, delays and hours, with the house's defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.domain.calendar import Calendar
from bot.domain.extensions import MANDATES, Mandate
from bot.domain.late_payment.allocation import Allocation
from bot.domain.late_payment.waivers import AUTHORITY
from bot.domain.lifecycle import Role
from bot.domain.payment_ceilings import ProductFamily
from bot.domain.profiles import PayerRules


@dataclass(frozen=True, slots=True)
class Amounts:
    """The thresholds of one currency, in minor units."""

    level_1_minor: int = 500_00
    large_minor: int = 5_000_00
    courtesy_minor: int = 5_000_00
    de_minimis_minor: int = 10_00


@dataclass(frozen=True, slots=True)
class Level:
    """When an alert reaches a level: the oldest item's age, or another way to it.

    All need level 1's amount; `large_days` is the age that is enough above the large amount.
    """

    oldest_days: int
    large_days: int | None = None
    broken_promises: int | None = None


PAYERS = PayerRules()
LEVELS = (Level(8), Level(30, large_days=15), Level(45, broken_promises=2))


@dataclass(frozen=True, slots=True)
class Policy:
    """One workspace's rules. Days are business days, save ages and snoozes; percents are whole."""

    amounts: Mapping[str, Amounts] = field(
        default_factory=lambda: MappingProxyType({"EUR": Amounts()})
    )
    levels: tuple[Level, Level, Level] = LEVELS
    payers: PayerRules = PAYERS
    mandates: Mapping[str, Mandate] = field(default_factory=lambda: MANDATES)
    product_family: ProductFamily = ProductFamily.STANDARD
    waiver_authority: Mapping[Role, int] = field(default_factory=lambda: AUTHORITY)
    allocation: Allocation = Allocation.BY_LAW
    limitation_warning_days: int = 90
    overdue_days: int = 1
    courtesy_days: int = 5
    window_days: int = 10
    window_extension_days: int = 5
    window_warning_days: int = 2
    acknowledgement_days: int = 3
    acknowledgement_expiries: int = 2
    snooze_days: int = 14
    broken_promise_grace_days: int = 2
    take_days: int = 1
    limit_near_percent: int = 90
    limit_over_percent: int = 100
    rearm_percent: int = 80
    news_percent: int = 25
    cover_notice_days: int = 10
    posts_per_day: int = 3
    opens_hour: int = 9
    closes_hour: int = 18
    receipts_lag_days: int = 5
    bank_lag_days: int = 10
    closing_periods: tuple[tuple[date, date], ...] = ()
    holiday_subdivision: str = ""

    def calendar(self, holidays: frozenset[date]) -> Calendar:
        """Return the company's calendar: its own closings and hours over public `holidays`."""
        return Calendar(holidays, self.closing_periods, self.opens_hour, self.closes_hour)

    def to_document(self) -> dict[str, Any]:
        """Return the policy as the JSON document that `policy_from_document` reads."""
        document: dict[str, Any] = {
            name: getattr(self, name) for name in WHOLE_NUMBERS | {"holiday_subdivision"}
        }
        document["amounts"] = {
            currency: {name: getattr(amounts, name) for name in AMOUNT_NAMES}
            for currency, amounts in self.amounts.items()
        }
        document["levels"] = [
            {name: value for name in LEVEL_NAMES if (value := getattr(level, name)) is not None}
            for level in self.levels
        ]
        document["payers"] = {name: getattr(self.payers, name) for name in PAYER_NAMES}
        document["mandates"] = {
            role: {name: getattr(mandate, name) for name in MANDATE_NAMES}
            for role, mandate in self.mandates.items()
        }
        document["waiver_authority"] = {
            role.value: minor for role, minor in self.waiver_authority.items()
        }
        document["allocation"] = self.allocation.value
        document["product_family"] = self.product_family.value
        document["closing_periods"] = [
            [first.isoformat(), last.isoformat()] for first, last in self.closing_periods
        ]
        return dict(sorted(document.items()))


AMOUNT_NAMES = ("level_1_minor", "large_minor", "courtesy_minor", "de_minimis_minor")
LEVEL_NAMES = ("oldest_days", "large_days", "broken_promises")
MANDATE_NAMES = tuple(Mandate.__dataclass_fields__)
PAYER_NAMES = tuple(PayerRules.__dataclass_fields__)
_STRUCTURED = {
    "amounts",
    "levels",
    "payers",
    "mandates",
    "product_family",
    "waiver_authority",
    "allocation",
    "closing_periods",
    "holiday_subdivision",
}
WHOLE_NUMBERS = frozenset(set(Policy.__dataclass_fields__) - _STRUCTURED)
DEFAULT = Policy()
