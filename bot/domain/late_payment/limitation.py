"""Until when a debt can be claimed in court, by both readings of its first day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class LimitationKind(StrEnum):
    """What decides how long a claim lives."""

    COMMERCIAL = "commercial"  # 5 years: C. com. L110-4, C. civ. 2224
    CONSUMER = "consumer"  # 2 years: C. conso. L218-2
    TRANSPORT = "transport"  # 1 year: C. com. L133-6
    TELECOM = "telecom"  # 1 year: CPCE L34-2
    PUBLIC = "public"  # 4 years from 1 January of the next year: law of 31 December 1968


_YEARS = {
    LimitationKind.COMMERCIAL: 5,
    LimitationKind.CONSUMER: 2,
    LimitationKind.TRANSPORT: 1,
    LimitationKind.TELECOM: 1,
    LimitationKind.PUBLIC: 4,
}


class Interruption(StrEnum):
    """What makes the time begin anew (C. civ. 2240 to 2244); a formal notice does not."""

    ACKNOWLEDGEMENT = "acknowledgement"
    COURT_CLAIM = "court_claim"
    ENFORCEMENT = "enforcement"
    CLAIM_FILED = "claim_filed"  # in an insolvency: until its closing


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day to claim, by the invoice's date and by its due date; None: not running.

    Sources differ on the first day (Cass. civ. 15 June 2017, 16-16.906, against the day after the
    due date): the earlier one is the one to be warned of.
    """

    from_issue: date | None
    from_due: date | None

    @property
    def warning(self) -> date | None:
        """Return the day to act before."""
        return min((day for day in (self.from_issue, self.from_due) if day), default=None)


def limitation(
    kind: LimitationKind,
    issued_on: date,
    due_on: date,
    interruptions: Iterable[tuple[date, Interruption]] = (),
) -> Limitation:
    """Return the last days to claim a debt; time begins anew the day after an interruption.

    A claim filed in an insolvency stops the time while the proceeding lasts.
    """
    acts = sorted(interruptions)
    if acts and acts[-1][1] is Interruption.CLAIM_FILED:
        return Limitation(None, None)
    if acts:
        again = _last_day(kind, acts[-1][0])
        return Limitation(again, again)
    return Limitation(_last_day(kind, issued_on), _last_day(kind, due_on))


def _last_day(kind: LimitationKind, start: date) -> date:
    """Return the day that many years after `start`; the time runs from the day after it."""
    if kind is LimitationKind.PUBLIC:
        return date(start.year + _YEARS[kind], 12, 31)
    try:
        return start.replace(year=start.year + _YEARS[kind])
    except ValueError:  # 29 February
        return start.replace(year=start.year + _YEARS[kind], day=28)


def latest_start(kind: LimitationKind, last: date) -> date:
    """Return the latest first day whose time can be over by `last`; what is later lives longer."""
    year = last.year - _YEARS[kind]
    if kind is LimitationKind.PUBLIC:
        return date(year if (last.month, last.day) == (12, 31) else year - 1, 12, 31)
    try:
        start = last.replace(year=year)
    except ValueError:  # 29 February
        start = last.replace(year=year, day=28)
    later = start + timedelta(days=1)
    return later if _last_day(kind, later) <= last else start  # 29 February counts as the 28th


def is_near(found: Limitation, today: date, days: int) -> bool:
    """Say whether the earlier day is within so many days, or past."""
    return found.warning is not None and found.warning <= today + timedelta(days=days)
