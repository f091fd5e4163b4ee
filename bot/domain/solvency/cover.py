"""An insurer's clocks: how long one may wait before an unpaid item is no longer covered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WARNING_DAYS = 10  # the days left before cover is lost that make an alert (default policy)


@dataclass(frozen=True, slots=True)
class CoverTerms:
    """One policy's deadlines in calendar days; no two policies agree, so all of it is data.

    `max_credit_days` from the invoice is the longest credit covered; from its end `declare_days`
    to declare the unpaid item or ask for more time, then `intervention_days` to hand it over.
    Items under `least_minor` need no declaration; `currency` is that amount's.
    """

    insurer: str
    policy: str
    max_credit_days: int
    declare_days: int
    intervention_days: int
    least_minor: int = 0
    currency: str = "EUR"


class CoverStep(StrEnum):
    """What the insurer waits for next."""

    MAX_CREDIT = "max_credit"
    DECLARE = "declare"
    INTERVENTION = "intervention"
    LOST = "lost"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class InsuredItem:
    """An unpaid item under a policy, and what was already done about it."""

    number: str
    issued_on: date
    due_on: date
    open_minor: int
    currency: str
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class CoverClock:
    """The next deadline of an item, its last day, and the days left before cover is lost.

    `covered_until` is the last day of cover if nothing more is done; `days_left` counts to it (0
    on that day and once lost).
    """

    item: InsuredItem
    step: CoverStep
    until: date
    covered_until: date
    days_left: int


def cover_clock(item: InsuredItem, terms: CoverTerms, today: date) -> CoverClock | None:
    """Return the next deadline of an item, or None when the policy asks nothing for it.

    The credit granted must itself be within the policy's maximum: an item due later is lost from
    its first day. Last days are inclusive; once lost, `until` stays the day that was missed.
    """
    if item.open_minor <= 0 or item.currency != terms.currency:
        return None
    if item.open_minor < terms.least_minor:
        return None
    most = item.issued_on + timedelta(days=terms.max_credit_days)
    if item.due_on > most:
        return CoverClock(item, CoverStep.LOST, most, most, 0)
    declare_by = most + timedelta(days=terms.declare_days)
    if item.is_declared:
        until = declare_by + timedelta(days=terms.intervention_days)
        return _clock(item, CoverStep.INTERVENTION, until, until, today)
    if today <= most:
        return _clock(item, CoverStep.MAX_CREDIT, most, declare_by, today)
    return _clock(item, CoverStep.DECLARE, declare_by, declare_by, today)


def next_clock(items: Iterable[InsuredItem], terms: CoverTerms, today: date) -> CoverClock | None:
    """Return a client's nearest deadline among items still covered, or None."""
    clocks = [clock for item in items if (clock := cover_clock(item, terms, today))]
    running = [clock for clock in clocks if clock.step is not CoverStep.LOST]
    return min(
        running,
        key=lambda clock: (clock.covered_until, -clock.item.open_minor, clock.item.number),
        default=None,
    )


def lost_items(
    items: Iterable[InsuredItem], terms: CoverTerms, today: date
) -> tuple[CoverClock, ...]:
    """Return the items whose cover is lost, oldest first."""
    clocks = [clock for item in items if (clock := cover_clock(item, terms, today))]
    lost = [clock for clock in clocks if clock.step is CoverStep.LOST]
    return tuple(sorted(lost, key=lambda clock: (clock.until, clock.item.number)))


def worst_clock(items: Iterable[InsuredItem], terms: CoverTerms, today: date) -> CoverClock | None:
    """Return the clock to act on first: the nearest deadline, else what was lost last, or None."""
    every = tuple(items)
    lost = lost_items(every, terms, today)
    return next_clock(every, terms, today) or (lost[-1] if lost else None)


def is_alarming(items: Iterable[InsuredItem], terms: CoverTerms, today: date) -> bool:
    """Say whether cover is lost on an item, or will be within `WARNING_DAYS` if nothing is done.

    What was sold for longer than the policy allows was never covered: that is no news.
    """
    longest = timedelta(days=terms.max_credit_days)
    covered = (item for item in items if item.due_on <= item.issued_on + longest)
    clocks = (cover_clock(item, terms, today) for item in covered)
    return any(clock is not None and clock.days_left <= WARNING_DAYS for clock in clocks)


def _clock(
    item: InsuredItem, step: CoverStep, until: date, covered_until: date, today: date
) -> CoverClock:
    if today > until:
        return CoverClock(item, CoverStep.LOST, until, covered_until, 0)
    return CoverClock(item, step, until, covered_until, (covered_until - today).days)
