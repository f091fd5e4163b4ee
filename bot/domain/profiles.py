"""What sort of payer a client is, worked out from its settlements, with the evidence for it.

A habit is told by medians and quartiles, never by a mean: one forgotten invoice does not make a bad
payer. What was never paid counts too, or the worst payers would look good.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

RECENT_LEAST, RECENT_MOST = 3, 6
# With fewer, the quartiles are the extremes, and one odd invoice would set them.
_LEAST_FOR_QUARTILES = 5


class Profile(StrEnum):
    """The sorts of payers."""

    PUNCTUAL = "punctual"
    LATE_BY_HABIT = "late_by_habit"
    DRIFTING = "drifting"
    ERRATIC = "erratic"
    NEW = "new"
    DISPUTING = "disputing"
    IN_DIFFICULTY = "in_difficulty"


class Because(StrEnum):
    """What shows a profile, strongest first."""

    PROCEEDING = "proceeding"
    DOUBTFUL_ACCOUNT = "doubtful_account"
    BROKEN_PROMISES = "broken_promises"
    DISPUTES = "disputes"
    FEW_INVOICES = "few_invoices"
    UNPAID = "unpaid"
    LATER_THAN_BEFORE = "later_than_before"
    SPREAD = "spread"
    USUAL_DELAY = "usual_delay"

    @property
    def is_from_settlements(self) -> bool:
        """Say whether the evidence is how invoices were paid, not what was said or published."""
        return self in _FROM_SETTLEMENTS


_FROM_SETTLEMENTS = {
    Because.FEW_INVOICES,
    Because.UNPAID,
    Because.LATER_THAN_BEFORE,
    Because.SPREAD,
    Because.USUAL_DELAY,
}


class PaidInvoice(NamedTuple):
    """An invoice wholly paid: the day of its last receipt (ordinal), and days from its due date."""

    paid_on: int
    delay_days: int


class PayingHabit(NamedTuple):
    """How invoices wholly paid were paid: days from the due date, early is negative.

    The recent ones are the later half, at most six. Figures that too few invoices bear are None.
    """

    settled_count: int = 0
    recent_delay_days: int | None = None
    earlier_delay_days: int | None = None
    early_quartile_days: int | None = None
    late_quartile_days: int | None = None


NOTHING_PAID = PayingHabit()


@dataclass(frozen=True, slots=True)
class PayerRules:
    """What makes each profile; delays in days from the due date, counts over twelve months.

    A client with fewer than `least_invoices` paid is new. `punctual_days` still is on time.
    `drift_days` later than before is drifting, as is an invoice unpaid `unpaid_days` longer than
    usual; a middle half as wide as `erratic_days` is erratic.
    """

    least_invoices: int = 3
    punctual_days: int = 3
    drift_days: int = 10
    unpaid_days: int = 30
    erratic_days: int = 30
    disputes: int = 3
    broken_promises: int = 2


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """What is known of a payer; `oldest_unpaid_days` is 0 when nothing uncontested is overdue."""

    habit: PayingHabit = NOTHING_PAID
    paid_count: int = 0
    usual_delay_days: int | None = None
    oldest_unpaid_days: int = 0
    dispute_count: int = 0
    broken_promises: int = 0
    in_proceeding: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class PayerProfile:
    """A profile and its evidence: `count` of what it rests on, `days` against `against_days`.

    For a spread these are the late and the early quartile.
    """

    profile: Profile
    because: Because
    count: int = 0
    days: int = 0
    against_days: int = 0


def paying_habit(paid: Iterable[PaidInvoice]) -> PayingHabit:
    """Return the habit these invoices show, whatever their order; of one day, the later due last.

    Medians are lower ones; the quartiles hold half of the invoices, or more, between them.
    """
    in_time = sorted(paid, key=lambda one: (one.paid_on, one.paid_on - one.delay_days))
    delays = [invoice.delay_days for invoice in in_time]
    count = len(delays)
    recent, earlier = recent_count(count), count - recent_count(count)
    ranked, place = sorted(delays), (count - 1) // 4
    has_quartiles = count >= _LEAST_FOR_QUARTILES
    return PayingHabit(
        settled_count=count,
        recent_delay_days=_median(delays[earlier:]) if recent else None,
        earlier_delay_days=_median(delays[:earlier]) if recent else None,
        early_quartile_days=ranked[place] if has_quartiles else None,
        late_quartile_days=ranked[count - 1 - place] if has_quartiles else None,
    )


def recent_count(settled_count: int) -> int:
    """Return how many of the invoices paid are the recent ones; 0 when too few to compare."""
    recent = min(settled_count // 2, RECENT_MOST)
    return recent if recent >= RECENT_LEAST else 0


def payer_profile(facts: PayerFacts, rules: PayerRules) -> PayerProfile:
    """Return what sort of payer the facts show: the strongest evidence decides."""
    habit = facts.habit
    return (
        _troubled(facts, rules)
        or _new(habit, rules)
        or _drifting(facts, rules)
        or _erratic(habit, rules)
        or _habitual(facts, rules)
    )


def _troubled(facts: PayerFacts, rules: PayerRules) -> PayerProfile | None:
    if facts.in_proceeding:
        return PayerProfile(Profile.IN_DIFFICULTY, Because.PROCEEDING)
    if facts.is_doubtful:
        return PayerProfile(Profile.IN_DIFFICULTY, Because.DOUBTFUL_ACCOUNT)
    broken, disputes = facts.broken_promises, facts.dispute_count
    if broken >= rules.broken_promises:
        return PayerProfile(Profile.IN_DIFFICULTY, Because.BROKEN_PROMISES, broken)
    if disputes >= rules.disputes:
        return PayerProfile(Profile.DISPUTING, Because.DISPUTES, disputes)
    return None


def _new(habit: PayingHabit, rules: PayerRules) -> PayerProfile | None:
    if habit.settled_count >= rules.least_invoices:
        return None
    return PayerProfile(Profile.NEW, Because.FEW_INVOICES, habit.settled_count)


def _drifting(facts: PayerFacts, rules: PayerRules) -> PayerProfile | None:
    """Judge by what is unpaid first: what is still owed weighs more than what was paid."""
    habit, usual = facts.habit, max(0, facts.usual_delay_days or 0)
    unpaid = facts.oldest_unpaid_days
    if unpaid - usual >= rules.unpaid_days:
        return PayerProfile(Profile.DRIFTING, Because.UNPAID, 1, unpaid, usual)
    recent, earlier = habit.recent_delay_days, habit.earlier_delay_days
    if recent is None or earlier is None or recent <= rules.punctual_days:
        return None
    if recent - earlier < rules.drift_days:
        return None
    count = recent_count(habit.settled_count)
    return PayerProfile(Profile.DRIFTING, Because.LATER_THAN_BEFORE, count, recent, earlier)


def _erratic(habit: PayingHabit, rules: PayerRules) -> PayerProfile | None:
    """A payer whose middle half is on time is not erratic, however early some of it came."""
    early, late = habit.early_quartile_days, habit.late_quartile_days
    if early is None or late is None or late <= rules.punctual_days:
        return None
    if late - early < rules.erratic_days:
        return None
    return PayerProfile(Profile.ERRATIC, Because.SPREAD, habit.settled_count, late, early)


def _habitual(facts: PayerFacts, rules: PayerRules) -> PayerProfile:
    usual = facts.usual_delay_days or 0
    profile = Profile.PUNCTUAL if usual <= rules.punctual_days else Profile.LATE_BY_HABIT
    return PayerProfile(profile, Because.USUAL_DELAY, facts.paid_count, usual)


def _median(delays: Sequence[int]) -> int:
    return sorted(delays)[(len(delays) - 1) // 2]
