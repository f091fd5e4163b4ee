"""How much may be owed: the least of the need, the capacity, and cover plus accepted own risk."""

from dataclasses import dataclass
from datetime import date

from bot.domain.solvency.dossier import Cover, Dossier, Grade, OwnRecord
from bot.domain.solvency.measures import latest_figures
from bot.domain.solvency.weights import RiskClass, SolvencyPolicy

_REARM_PERCENT = 80


@dataclass(frozen=True, slots=True)
class CreditLimit:
    """A limit and its three terms, in minor units of one currency.

    `starter_minor` is what a company without figures may owe; it grows with what it paid.
    """

    minor: int
    need_minor: int
    capacity_minor: int
    cover_minor: int
    own_risk_minor: int
    starter_minor: int
    currency: str

    @property
    def risk_minor(self) -> int:
        """Return the third term: the insurer's cover and the risk we accept beside it."""
        return self.cover_minor + self.own_risk_minor


def credit_limit(
    dossier: Dossier, grade: Grade, policy: SolvencyPolicy, today: date
) -> CreditLimit:
    """Return min(need, capacity, cover + accepted own risk) for a company of that grade.

    Need: monthly sales, tax included, over the terms and the usual delay (AFDCC). Capacity: a
    share of its yearly turnover by grade, or what the insurer grants. What is not known falls
    back on the starter amount, which is the least of both, so that knowing less never allows more.
    Amounts in another currency than the policy's are not counted. Below C nothing is lent.
    """
    risk_class = policy.classes[grade]
    record = dossier.own_record
    if record is not None and record.currency != policy.currency:
        record = None
    starter = _starter(record, risk_class, policy)
    cover = granted_minor(dossier.cover, policy.currency, today)
    need = max(starter, _need(record, risk_class))
    capacity = max(starter, cover, _share_of_turnover(dossier, risk_class, policy, today))
    least = min(need, capacity, cover + risk_class.own_risk_minor)
    limit = 0 if grade >= Grade.D else least
    return CreditLimit(
        limit, need, capacity, cover, risk_class.own_risk_minor, starter, policy.currency
    )


def granted_minor(cover: Cover | None, currency: str, today: date) -> int:
    """Return what the insurer grants today in that currency; 0 without a cover in force."""
    if cover is None or cover.currency != currency:
        return 0
    return 0 if cover.valid_until is not None and cover.valid_until < today else cover.granted_minor


def uninsured_minor(exposure_minor: int, cover: Cover | None, currency: str, today: date) -> int:
    """Return the part of an exposure that no insurance pays: the excess, and our own share.

    The insured part is rounded down to the minor unit.
    """
    exposure = max(0, exposure_minor)
    within = min(exposure, granted_minor(cover, currency, today))
    return exposure - within * (cover.insured_percent if cover else 0) // 100


def usage_percent(exposure_minor: int, limit_minor: int) -> int:
    """Return the share of a limit in use, in whole percent rounded down; 100 of a limit of 0."""
    if exposure_minor <= 0:
        return 0
    return 100 if limit_minor <= 0 else exposure_minor * 100 // limit_minor


def usage_level(exposure_minor: int, limit_minor: int, policy: SolvencyPolicy) -> int:
    """Return the highest alert level reached (50, 70, 90 by default), or 0."""
    used = usage_percent(exposure_minor, limit_minor)
    return max((level for level in policy.usage_percents if used >= level), default=0)


def usage_after(said: int, exposure_minor: int, limit_minor: int, policy: SolvencyPolicy) -> int:
    """Return the usage level to remember: a higher one is news, a lower one waits for re-arming.

    What was said is forgotten once usage fell below 80 % of it (default policy, amounts).
    """
    level = usage_level(exposure_minor, limit_minor, policy)
    used = usage_percent(exposure_minor, limit_minor)
    return said if level < said and used * 100 >= said * _REARM_PERCENT else level


@dataclass(frozen=True, slots=True)
class GroupExposure:
    """What a group owes together, against its limit; members by SIREN, largest exposure first."""

    parent_siren: str
    members: tuple[tuple[str, int], ...]
    exposure_minor: int
    limit_minor: int

    @property
    def over_minor(self) -> int:
        """Return what is above the group's limit; 0 within it."""
        return max(0, self.exposure_minor - self.limit_minor)


def group_exposure(
    parent_siren: str, open_minor: dict[str, int], limit_minor: int
) -> GroupExposure:
    """Return a group's exposure: its members' open items, in one currency, against its limit."""
    members = sorted(open_minor.items(), key=lambda member: (-member[1], member[0]))
    return GroupExposure(parent_siren, tuple(members), sum(open_minor.values()), limit_minor)


def _starter(record: OwnRecord | None, risk_class: RiskClass, policy: SolvencyPolicy) -> int:
    paid = record.paid_count if record else 0
    grown = min(100 + policy.starter_growth_percent * paid, policy.starter_most_percent)
    return risk_class.starter_minor * grown // 100


def _need(record: OwnRecord | None, risk_class: RiskClass) -> int:
    if record is None:
        return 0
    days = risk_class.terms_days + max(0, record.usual_delay_days or 0)
    return max(0, record.monthly_sales_minor) * days // 30


def _share_of_turnover(
    dossier: Dossier, risk_class: RiskClass, policy: SolvencyPolicy, today: date
) -> int:
    accounts = latest_figures(dossier, policy, today)
    if accounts is None or accounts.turnover_minor is None or policy.currency != "EUR":
        return 0
    return max(0, accounts.turnover_minor) * risk_class.capacity_per_mille // 1000
