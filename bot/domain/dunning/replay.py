"""What a scenario would have done over past or coming days, one client at a time; nothing is kept.

Days on which nothing can happen are jumped over: a plan names the day to look again, the books name
the days on which they moved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.dunning.facts import ClientLedger, Made, Owed, Pause, PlanningDay
from bot.domain.dunning.planning import Outcome, plan
from bot.domain.dunning.scenarios import Scenario, Step, StepActor, StepState

_ONE_DAY = timedelta(days=1)


class PastItem(NamedTuple):
    """An item, signed, as it stands now, and what closed it: (day, positive minor units)."""

    id: int
    issued_on: date
    due_on: date
    minor: int
    open_minor: int
    currency: str
    settled: tuple[tuple[date, int], ...] = ()

    def open_on(self, day: date) -> int:
        """Return what was open at the end of a day; 0 before it was issued."""
        if day < self.issued_on:
            return 0
        later = sum(minor for on, minor in self.settled if on > day)
        return self.open_minor + (later if self.minor > 0 else -later)


class PastPause(NamedTuple):
    """A pause and the days it held, both inclusive (None: still does)."""

    pause: Pause
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class PastClient:
    """A client through time; `now` says what does not change: owner, address, steps made before.

    `credits` were never matched to an item: their day is unknown, they count on every day.
    """

    now: ClientLedger
    items: tuple[PastItem, ...]
    pauses: tuple[PastPause, ...] = ()
    credits: Mapping[str, int] = field(default_factory=dict)

    def on(self, day: date, made: tuple[Made, ...]) -> ClientLedger:
        """Return the client as the books had it on a day."""
        credits: dict[str, int] = defaultdict(int, self.credits)
        items = []
        for item in self.items:
            minor = item.open_on(day)
            if minor > 0:
                items.append(Owed(item.id, item.due_on, minor, item.currency))
            elif minor < 0:
                credits[item.currency] -= minor
        pauses = tuple(
            one.pause
            for one in self.pauses
            if one.first <= day and (one.last is None or day <= one.last)
        )
        return replace(self.now, items=tuple(items), credits=credits, pauses=pauses, made=made)

    def moves_after(self, day: date) -> list[date]:
        """Return the days after `day` on which the books or a pause change, rising."""
        days = {item.issued_on for item in self.items}
        days |= {on for item in self.items for on, _ in item.settled}
        for one in self.pauses:
            days.add(one.first)
            if one.last is not None and one.last < date.max:
                days.add(one.last + _ONE_DAY)
        return sorted(one for one in days if one > day)


class Replayed(NamedTuple):
    """A step as it would have been made."""

    on: date
    client_id: int
    step: Step
    actor: StepActor
    items: tuple[Owed, ...]
    without_address: bool


def replay(
    client: PastClient,
    scenario: Scenario,
    first: date,
    last: date,
    day_of: Callable[[date], PlanningDay],
) -> Iterator[Replayed]:
    """Yield the steps of a client from `first` to `last`, both included.

    Every step is taken to be done on its day: drafts approved, calls made.
    """
    made = tuple(one for one in client.now.made if one.on < first)
    moves = client.moves_after(first)
    day = first
    while day <= last:
        found = plan(client.on(day, made), scenario, day_of(day))
        if found.outcome is Outcome.DUE and found.step is not None and found.actor is not None:
            ids = frozenset(item.id for item in found.items)
            step = found.step
            made += (Made(step.key, step.offset_days, day, StepState.DONE, found.episode, ids),)
            yield Replayed(
                day, client.now.client_id, step, found.actor, found.items, found.without_address
            )
            day += _ONE_DAY
            continue
        moves = [move for move in moves if move > day]
        ahead = [found.on] if found.on is not None and found.on > day else []
        if not ahead and not moves:
            return
        day = min([*ahead, *moves[:1]])
