"""The rating's weights, bands and risk classes: data of the workspace, with the house's defaults.

A factor's points come from its steps; its weight is the most it can give. What is not known gives
no points and still counts in the total, so that knowing less never rates better.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.late_payment.interest import RateRow
from bot.domain.solvency.cover import CoverTerms
from bot.domain.solvency.dossier import Grade


class FactorName(StrEnum):
    """What a rating is made of."""

    PAYMENT_HABIT = "payment_habit"
    UNPAID_NOW = "unpaid_now"
    EXPERIENCE = "experience"
    SUPPLIER_DAYS = "supplier_days"
    SUPPLIER_DAYS_IN_SECTOR = "supplier_days_in_sector"
    EQUITY = "equity"
    EQUITY_TREND = "equity_trend"
    LIQUIDITY = "liquidity"
    LIQUIDITY_TREND = "liquidity_trend"
    RESULT = "result"
    AGE = "age"
    SIZE = "size"
    FILING = "filing"
    INSURER_GRADE = "insurer_grade"
    AGENCY_GRADE = "agency_grade"
    SECTOR = "sector"


# Fewer days are better for these; for all others more is better.
LOW_IS_GOOD = frozenset({FactorName.PAYMENT_HABIT, FactorName.UNPAID_NOW, FactorName.SUPPLIER_DAYS})

Step = tuple[int, int]
"""A bound (inclusive) and the points of what reaches it; steps go from best to worst."""


@dataclass(frozen=True, slots=True)
class RiskClass:
    """What a grade allows: days of credit, amounts in minor units, and how often it is reviewed.

    `capacity_per_mille` is the share of the company's yearly turnover we may carry.
    """

    terms_days: int = 0
    review_days: int = 30
    starter_minor: int = 0
    own_risk_minor: int = 0
    capacity_per_mille: int = 0
    deposit_percent: int = 100


_STEPS: dict[FactorName, tuple[Step, ...]] = {
    FactorName.PAYMENT_HABIT: ((0, 22), (7, 18), (15, 11), (30, 4)),
    FactorName.UNPAID_NOW: ((0, 8), (7, 6), (30, 3), (60, 1)),
    FactorName.EXPERIENCE: ((12, 6), (5, 4), (1, 2)),
    FactorName.SUPPLIER_DAYS: ((45, 4), (60, 3), (75, 1)),
    FactorName.SUPPLIER_DAYS_IN_SECTOR: ((3, 5), (2, 4), (1, 2)),
    FactorName.EQUITY: ((30, 10), (20, 7), (10, 4), (0, 1)),
    FactorName.EQUITY_TREND: ((0, 2), (-5, 1)),
    FactorName.LIQUIDITY: ((150, 6), (120, 4), (100, 2)),
    FactorName.LIQUIDITY_TREND: ((0, 2), (-20, 1)),
    FactorName.RESULT: ((3, 5), (0, 3)),
    FactorName.AGE: ((10, 8), (5, 6), (3, 4), (1, 1)),
    FactorName.SIZE: ((5000, 12), (250, 10), (50, 8), (10, 6), (3, 3), (1, 1)),
    FactorName.FILING: ((2, 3), (1, 1)),
    FactorName.INSURER_GRADE: ((4, 3), (3, 2), (2, 1)),
    FactorName.AGENCY_GRADE: ((4, 2), (3, 1)),
    FactorName.SECTOR: ((1, 2),),
}
_CLASSES = {
    Grade.A: RiskClass(60, 365, 10_000_00, 50_000_00, 50, 0),
    Grade.B: RiskClass(45, 180, 5_000_00, 20_000_00, 30, 0),
    Grade.C: RiskClass(30, 90, 2_000_00, 5_000_00, 10, 30),
    Grade.D: RiskClass(0, 30),
    Grade.E: RiskClass(0, 30),
}
# Divisions of NAF rev. 2 where failures are frequent: building, retail, road haulage, catering.
_RISKY = frozenset({"41", "43", "47", "49.41", "56"})


@dataclass(frozen=True, slots=True)
class SolvencyPolicy:
    """One workspace's rules for `/solvency`. Amounts are in `currency`; days are calendar days.

    `grades` gives the least score, in percent of all weights, of A, B and C; below C is D, and
    only a hard rule makes an E. `risky_activities` are beginnings of NAF codes. `cover_terms` are
    the deadlines of the insurers' policies in force, `late_payment_rates` the half-years entered
    since the rates that come with goodcop.
    """

    currency: str = "EUR"
    steps: Mapping[FactorName, tuple[Step, ...]] = field(
        default_factory=lambda: MappingProxyType(_STEPS)
    )
    grades: Mapping[Grade, int] = field(
        default_factory=lambda: MappingProxyType({Grade.A: 70, Grade.B: 45, Grade.C: 22})
    )
    classes: Mapping[Grade, RiskClass] = field(default_factory=lambda: MappingProxyType(_CLASSES))
    risky_activities: frozenset[str] = _RISKY
    least_paid_count: int = 3
    starter_growth_percent: int = 10
    starter_most_percent: int = 500
    deposit_most_percent: int = 50
    de_minimis_minor: int = 10_00
    unpaid_conditions_days: int = 30
    unpaid_ask_days: int = 60
    broken_promises: int = 2
    recent_event_days: int = 365
    accounts_days: int = 1096
    outside_grade_days: int = 540
    flag_days: int = 730
    grant_days: int = 365
    usage_percents: tuple[int, ...] = (50, 70, 90)
    cover_terms: tuple[CoverTerms, ...] = ()
    late_payment_rates: tuple[RateRow, ...] = ()

    @property
    def total(self) -> int:
        """Return the points a company known in full and good in all would have."""
        return sum(self.weight(name) for name in FactorName)

    def weight(self, name: FactorName) -> int:
        """Return the most points a factor can give."""
        return self.steps[name][0][1]

    def terms_of_cover(self, insurer: str, policy: str) -> CoverTerms | None:
        """Return the deadlines of an insurer's policy, or None when nobody entered them."""
        named = (one for one in self.cover_terms if (one.insurer, one.policy) == (insurer, policy))
        return next(named, None)

    def points(self, name: FactorName, number: float) -> int:
        """Return a factor's points: those of the first step its value reaches, else 0."""
        for bound, points in self.steps[name]:
            if number <= bound if name in LOW_IS_GOOD else number >= bound:
                return points
        return 0

    def grade(self, points: int) -> Grade:
        """Return the grade of a sum of points, before the hard rules."""
        score = points * 100 // self.total
        return next((grade for grade, least in self.grades.items() if score >= least), Grade.D)

    def to_document(self) -> dict[str, Any]:
        """Return the policy as the JSON document that `solvency_policy_from_document` reads."""
        document: dict[str, Any] = {name: getattr(self, name) for name in WHOLE_NUMBERS}
        document["currency"] = self.currency
        document["steps"] = {
            name.value: [list(step) for step in self.steps[name]] for name in FactorName
        }
        document["grades"] = {grade.value: least for grade, least in self.grades.items()}
        document["classes"] = {
            grade.value: {name: getattr(body, name) for name in CLASS_NAMES}
            for grade, body in self.classes.items()
        }
        document["risky_activities"] = sorted(self.risky_activities)
        document["usage_percents"] = list(self.usage_percents)
        document["cover_terms"] = [
            {name: getattr(terms, name) for name in COVER_NAMES} for terms in self.cover_terms
        ]
        document["late_payment_rates"] = {
            str(row.half_year): {
                "legal": str(row.legal_percent),
                "refi": str(row.refi_percent),
                "source": row.source,
            }
            for row in self.late_payment_rates
        }
        return dict(sorted(document.items()))


CLASS_NAMES = tuple(RiskClass.__dataclass_fields__)
COVER_NAMES = tuple(CoverTerms.__dataclass_fields__)
_STRUCTURED = {
    "currency",
    "steps",
    "grades",
    "classes",
    "risky_activities",
    "usage_percents",
    "cover_terms",
    "late_payment_rates",
}
WHOLE_NUMBERS = frozenset(set(SolvencyPolicy.__dataclass_fields__) - _STRUCTURED)
DEFAULT = SolvencyPolicy()
