"""What a rating measures: a number for the steps, and the raw value people are shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.solvency.dossier import (
    Accounts,
    Confidentiality,
    Dossier,
    EventKind,
    Grade,
    Quartiles,
    SourceName,
)
from bot.domain.solvency.hard_rules import is_answered
from bot.domain.solvency.weights import FactorName, SolvencyPolicy

# The least headcount of INSEE's bands (tranche d'effectifs); NN and unknown codes say nothing.
_HEADCOUNTS = {
    "00": 0,
    "01": 1,
    "02": 3,
    "03": 6,
    "11": 10,
    "12": 20,
    "21": 50,
    "22": 100,
    "31": 200,
    "32": 250,
    "41": 500,
    "42": 1000,
    "51": 2000,
    "52": 5000,
    "53": 10000,
}
# The least headcount of INSEE's categories of companies; a PME may have nobody.
_CATEGORIES = {"ETI": 250, "GE": 5000}
_GRADES = {grade: rank for rank, grade in enumerate(reversed(Grade))}


class Filing(StrEnum):
    """How a company files its accounts."""

    PUBLISHED = "published"
    IN_PART = "in_part"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Position:
    """A ratio among those of its sector: `quarter` 3 is the best quarter, 0 the worst."""

    value: float
    quartiles: Quartiles

    @property
    def quarter(self) -> int:
        """Return the quarter for a value of which less is better; a bound is in the better one."""
        bounds = (self.quartiles.first, self.quartiles.median, self.quartiles.third)
        return sum(self.value <= bound for bound in bounds)


@dataclass(frozen=True, slots=True)
class Change:
    """A ratio one year and the year before, in the same unit."""

    now: float
    before: float


Value = int | float | str | Position | Change


@dataclass(frozen=True, slots=True)
class Measure:
    """A known factor: `number` is what the steps read, `value` what is shown (its unit by name).

    Days for habits and supplier days, percent for ratios, years for the age, heads for the size,
    a NAF code for the sector, a grade or a `Filing` for the others.
    """

    name: FactorName
    number: float
    value: Value
    source: SourceName
    as_of: date | None


def measures_of(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Measure]:
    """Yield every factor that is known, each from one source."""
    yield from _own_record(dossier, policy)
    yield from _accounts(dossier, policy, today)
    yield from _company(dossier, policy, today)
    yield from _filing(dossier, policy, today)
    yield from _grades(dossier, policy, today)


def _own_record(dossier: Dossier, policy: SolvencyPolicy) -> Iterator[Measure]:
    record = dossier.own_record
    if record is None or record.currency != policy.currency:
        return
    source, as_of = SourceName.LEDGER, record.as_of
    usual = record.usual_delay_days
    if usual is not None and record.paid_count >= policy.least_paid_count:
        yield Measure(FactorName.PAYMENT_HABIT, usual, usual, source, as_of)
    paid = record.paid_count
    if paid:
        late = record.oldest_overdue_days if record.overdue_minor >= policy.de_minimis_minor else 0
        yield Measure(FactorName.UNPAID_NOW, late, late, source, as_of)
    yield Measure(FactorName.EXPERIENCE, paid, paid, source, as_of)


def _accounts(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Measure]:
    figures = latest_figures(dossier, policy, today)
    if figures is not None and figures.result_minor is not None:
        yield _measure(figures, FactorName.RESULT, _margin(figures.result_minor, figures))
    years = _one_a_year(row for row in _rows(dossier) if row.source is SourceName.RATIOS)
    if not years or not _in_date(years[0], policy, today):
        return
    latest, before = years[0], years[1] if len(years) > 1 else None
    if latest.supplier_days is not None:
        yield _measure(latest, FactorName.SUPPLIER_DAYS, latest.supplier_days)
        quartiles = dossier.sector.supplier_days if dossier.sector else None
        if quartiles is not None:
            place = Position(latest.supplier_days, quartiles)
            yield _measure(latest, FactorName.SUPPLIER_DAYS_IN_SECTOR, place.quarter, place)
    for ratio, level, trend in (
        ("equity_percent", FactorName.EQUITY, FactorName.EQUITY_TREND),
        ("liquidity_percent", FactorName.LIQUIDITY, FactorName.LIQUIDITY_TREND),
    ):
        now = getattr(latest, ratio)
        then = getattr(before, ratio) if before else None
        if now is not None:
            yield _measure(latest, level, now)
        if now is not None and then is not None:
            yield _measure(latest, trend, now - then, Change(now, then))


def latest_figures(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Accounts | None:
    """Return the newest year's turnover and result, or None when too old to be read.

    The register of companies knows only these two, and not the closing day: the fuller row of
    the same year comes first, the register's fills what it hides.
    """
    rows = _rows(dossier)
    newest = max((row.closed_on.year for row in rows), default=None)
    same = sorted((row for row in rows if row.closed_on.year == newest), key=_fullness)
    if not same or not _in_date(same[-1], policy, today):
        return None
    turnover, result = (
        next((value for row in reversed(same) if (value := getattr(row, name)) is not None), None)
        for name in ("turnover_minor", "result_minor")
    )
    return replace(same[-1], turnover_minor=turnover, result_minor=result)


def _rows(dossier: Dossier) -> tuple[Accounts, ...]:
    """Return the accounts to read: none when the source of the full ones did not answer.

    The register's two figures alone might look better than the accounts that were not seen.
    """
    return dossier.accounts if is_answered(dossier, SourceName.RATIOS) else ()


def _in_date(row: Accounts, policy: SolvencyPolicy, today: date) -> bool:
    return (today - row.closed_on).days <= policy.accounts_days


def _one_a_year(accounts: Iterable[Accounts]) -> list[Accounts]:
    """Return one row per closing date, the fullest, newest first."""
    best: dict[date, Accounts] = {}
    for row in sorted(accounts, key=_fullness):
        best[row.closed_on] = row
    return [best[day] for day in sorted(best, reverse=True)]


def _fullness(row: Accounts) -> tuple[bool, int, str]:
    known = sum(getattr(row, name) is not None for name in Accounts.__dataclass_fields__)
    return row.source is SourceName.RATIOS, known, repr(row)


def _margin(result_minor: int, accounts: Accounts) -> int:
    """Return the result in percent of turnover, rounded down; without turnover, 0 or -1."""
    if not accounts.turnover_minor or accounts.turnover_minor < 0:
        return min(0, max(-1, result_minor))
    return result_minor * 100 // accounts.turnover_minor


def _measure(
    accounts: Accounts, name: FactorName, number: float, value: Value | None = None
) -> Measure:
    shown = number if value is None else value
    return Measure(name, number, shown, accounts.source, accounts.closed_on)


def _company(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Measure]:
    company = dossier.company
    if company is None:
        return
    if company.created_on is not None:
        day = company.created_on
        years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
        yield Measure(FactorName.AGE, years, years, company.source, company.as_of)
    heads = [
        known
        for known in (_HEADCOUNTS.get(company.headcount), _CATEGORIES.get(company.category))
        if known is not None
    ]
    if heads:
        yield Measure(FactorName.SIZE, max(heads), max(heads), company.source, company.as_of)
    if company.activity:
        risky = company.activity.startswith(tuple(sorted(policy.risky_activities)))
        yield Measure(
            FactorName.SECTOR, 0 if risky else 1, company.activity, company.source, company.as_of
        )


_FILED_ROWS = {
    Confidentiality.PUBLIC: (2, Filing.PUBLISHED),
    Confidentiality.PARTLY: (2, Filing.IN_PART),
    Confidentiality.CONFIDENTIAL: (1, Filing.CONFIDENTIAL),
}
_FILED_EVENTS = {
    EventKind.ACCOUNTS_FILED: (2, Filing.PUBLISHED),
    EventKind.ACCOUNTS_CONFIDENTIAL: (1, Filing.CONFIDENTIAL),
}


def _filing(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Measure]:
    """Yield the best evidence in date: accounts one may read, or filed but hidden."""
    found = [
        (*_FILED_ROWS[row.confidentiality], row.closed_on, row.source) for row in dossier.accounts
    ]
    found += [
        (*_FILED_EVENTS[event.kind], event.published_on, SourceName.NOTICES)
        for event in dossier.events
        if event.kind in _FILED_EVENTS
    ]
    recent = [one for one in found if (today - one[2]).days <= policy.accounts_days]
    if recent:
        rank, value, day, source = max(recent, key=lambda one: (one[0], *one[2:]))
        yield Measure(FactorName.FILING, rank, value, source, day)


def _grades(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Measure]:
    """Yield the worst grade in date of each kind of source."""
    oldest = today - timedelta(days=policy.outside_grade_days)
    for source, name in (
        (SourceName.INSURER, FactorName.INSURER_GRADE),
        (SourceName.AGENCY, FactorName.AGENCY_GRADE),
    ):
        graded = [
            (one.grade, one.as_of)
            for one in dossier.outside_grades
            if one.source is source and one.grade is not None and one.as_of >= oldest
        ]
        if graded:
            grade, as_of = max(graded)
            yield Measure(name, _GRADES[grade], grade, source, as_of)
