"""The longest payment terms the law allows, by what is sold and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.due_dates import MonthEnd, Terms


class ProductFamily(StrEnum):
    """What a ceiling depends on: the goods, the kind of invoice, or a public buyer."""

    STANDARD = "standard"
    SUMMARY_INVOICE = "summary_invoice"
    PERISHABLE_FOOD = "perishable_food"
    LIVESTOCK_AND_FRESH_MEAT = "livestock_and_fresh_meat"
    ALCOHOL = "alcohol"
    GRAPES_AND_MUSTS = "grapes_and_musts"
    TRANSPORT = "transport"
    PUBLIC_BUYER = "public_buyer"
    PUBLIC_HOSPITAL = "public_hospital"
    PUBLIC_ENTERPRISE = "public_enterprise"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Most days from the invoice, or with an end of month after or before them (None: not so)."""

    days: int
    after_days: int | None
    before_days: int | None
    source: str

    def allows(self, terms: Terms) -> bool:
        """Say whether terms are within the ceiling, in the reading they are written in."""
        most = {
            MonthEnd.NO: self.days,
            MonthEnd.AFTER_DAYS: self.after_days,
            MonthEnd.BEFORE_DAYS: self.before_days,
        }[terms.month_end]
        return most is not None and terms.days <= most


# Perishables count from the ten days of delivery, livestock from delivery, alcohol from the month
# of delivery; we count from the invoice, which comes with the delivery: never longer.
CEILINGS: Mapping[ProductFamily, Ceiling] = MappingProxyType(
    {
        ProductFamily.STANDARD: Ceiling(60, 45, 45, "C. com. L441-10 I"),
        ProductFamily.SUMMARY_INVOICE: Ceiling(45, None, None, "C. com. L441-10 I"),
        ProductFamily.PERISHABLE_FOOD: Ceiling(30, None, None, "C. com. L441-11 II 1°"),
        ProductFamily.LIVESTOCK_AND_FRESH_MEAT: Ceiling(20, None, None, "C. com. L441-11 II 2°"),
        ProductFamily.ALCOHOL: Ceiling(30, None, 30, "C. com. L441-11 II 3°"),
        ProductFamily.GRAPES_AND_MUSTS: Ceiling(60, 45, 45, "C. com. L441-11 II 4°"),
        ProductFamily.TRANSPORT: Ceiling(30, None, None, "C. com. L441-11 II 5°"),
        ProductFamily.PUBLIC_BUYER: Ceiling(30, None, None, "CCP R2192-10"),
        ProductFamily.PUBLIC_HOSPITAL: Ceiling(50, None, None, "CCP R2192-11 1°"),
        ProductFamily.PUBLIC_ENTERPRISE: Ceiling(60, None, None, "CCP R2192-11 2°"),
    }
)
_MONTH_END_DAYS = 15


def counted_days(terms: Terms) -> int:
    """Return the days of terms for a policy in days: an end of month counts for 15 more.

    The law itself sets 45 days end of month beside 60 days.
    """
    return terms.days + (0 if terms.month_end is MonthEnd.NO else _MONTH_END_DAYS)
