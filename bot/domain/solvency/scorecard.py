"""The rating: a sum of points anyone can redo, capped by the hard rules, with its confidence."""

from dataclasses import dataclass
from datetime import date

from bot.domain.solvency.dossier import CompanyState, Dossier, Grade, SourceName, SourceState
from bot.domain.solvency.hard_rules import Alarm, answer_of, cap_of
from bot.domain.solvency.measures import Value, measures_of
from bot.domain.solvency.weights import FactorName, SolvencyPolicy

_FAILED = frozenset({SourceState.SLOW, SourceState.DOWN, SourceState.WRONG})
_POINTS_BY_FAILURE = 3
_OLD_ACCOUNTS_DAYS = 730
_OF_ACCOUNTS = frozenset(
    {
        FactorName.SUPPLIER_DAYS,
        FactorName.SUPPLIER_DAYS_IN_SECTOR,
        FactorName.EQUITY,
        FactorName.EQUITY_TREND,
        FactorName.LIQUIDITY,
        FactorName.LIQUIDITY_TREND,
        FactorName.RESULT,
    }
)


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of the scorecard: its raw value, the points it gives and the most it could."""

    name: FactorName
    value: Value
    points: int
    most: int
    source: SourceName
    as_of: date | None

    @property
    def is_good(self) -> bool:
        """Say whether it speaks for the company: more than half of what it could give."""
        return 2 * self.points > self.most

    @property
    def is_bad(self) -> bool:
        """Say whether it speaks against it: less than half; exactly half says nothing."""
        return 2 * self.points < self.most


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A rating with its working: points out of `total`, confidence from 0 to 100."""

    grade: Grade
    points: int
    total: int
    confidence: int
    factors: tuple[Factor, ...]
    missing: tuple[FactorName, ...]


def rate(
    dossier: Dossier, alarms: tuple[Alarm, ...], policy: SolvencyPolicy, today: date
) -> Scorecard:
    """Return the rating. What is missing gives no points and lowers the confidence.

    An active public body is not below B before the hard rules: no insolvency law applies to it.
    """
    known = {
        measure.name: Factor(
            measure.name,
            measure.value,
            policy.points(measure.name, measure.number),
            policy.weight(measure.name),
            measure.source,
            measure.as_of,
        )
        for measure in measures_of(dossier, policy, today)
    }
    factors = tuple(known[name] for name in FactorName if name in known)
    points = sum(factor.points for factor in factors)
    grade = policy.grade(points)
    if _is_public(dossier):
        grade = min(grade, Grade.B)
    return Scorecard(
        max(grade, cap_of(alarms)),
        points,
        policy.total,
        _confidence(dossier, alarms, factors, policy, today),
        factors,
        tuple(name for name in FactorName if name not in known),
    )


def _is_public(dossier: Dossier) -> bool:
    company = dossier.company
    return company is not None and company.is_public_body and company.state is CompanyState.ACTIVE


def _confidence(
    dossier: Dossier,
    alarms: tuple[Alarm, ...],
    factors: tuple[Factor, ...],
    policy: SolvencyPolicy,
    today: date,
) -> int:
    """Return the share of the weights that is known, in percent, less what was not heard.

    A stale source, or figures of accounts closed over two years ago, count half (the habit of
    filing does not age). Each thing that could not be looked for (`Rule.is_unknown`) halves it,
    stale notices take a quarter, each source that failed takes some points more.
    """
    halves = sum(factor.most * (1 if _is_old(dossier, factor, today) else 2) for factor in factors)
    confidence = halves * 50 // policy.total
    if answer_of(dossier, SourceName.NOTICES) is SourceState.STALE:
        confidence = confidence * 3 // 4
    confidence >>= len({alarm.rule for alarm in alarms if alarm.rule.is_unknown})
    failed = len({one.name for one in dossier.sources if one.state in _FAILED})
    return max(0, confidence - _POINTS_BY_FAILURE * failed)


def _is_old(dossier: Dossier, factor: Factor, today: date) -> bool:
    if factor.name is FactorName.FILING:
        return False
    if answer_of(dossier, factor.source) is SourceState.STALE:
        return True
    if factor.name not in _OF_ACCOUNTS or factor.as_of is None:
        return False
    return (today - factor.as_of).days > _OLD_ACCOUNTS_DAYS
