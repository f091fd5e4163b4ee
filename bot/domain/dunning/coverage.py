"""Whether every open item is on a step, held or finished; those that are not, with the reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.domain.dunning.facts import ClientLedger, PauseKind, PlanningDay
from bot.domain.dunning.parting import parted
from bot.domain.dunning.planning import Because, Outcome, plan_of_parts
from bot.domain.dunning.scenarios import Channel, Scenario


class Covered(StrEnum):
    """What is known of an item's follow-through."""

    ON_STEP = "on_step"
    HELD = "held"
    FINISHED = "finished"
    UNCOVERED = "uncovered"


_OF_PLANS = {
    Outcome.DUE: Covered.ON_STEP,
    Outcome.WAITING: Covered.ON_STEP,
    Outcome.HELD: Covered.HELD,
    Outcome.FINISHED: Covered.FINISHED,
    Outcome.UNCOVERED: Covered.UNCOVERED,
}


class ItemCover(NamedTuple):
    """One item: how it is covered, why, and the day of what comes next."""

    item_id: int
    covered: Covered
    because: Because | PauseKind
    on: date | None = None


def cover_of(
    client: ClientLedger, scenario: Scenario, day: PlanningDay
) -> tuple[Iterator[ItemCover], bool]:
    """Return how each item of a client is covered, and whether its e-mails have no address.

    An item paused in part is held: what is left of it follows its client's plan.
    """
    parts = parted(client, day)
    plan = plan_of_parts(client, parts, scenario, day)
    known = {item.id: ItemCover(item.id, Covered.FINISHED, Because.SMALL) for item in parts.small}
    for item in parts.netted:
        known[item.id] = ItemCover(item.id, Covered.FINISHED, Because.NETTED)
    for item in parts.free:
        known[item.id] = ItemCover(item.id, _OF_PLANS[plan.outcome], plan.because, plan.on)
    for item, pause in parts.paused:
        known[item.id] = ItemCover(item.id, Covered.HELD, pause.kind, pause.until)
    writes = any(step.channel is Channel.EMAIL for step in scenario.reminders)
    return iter(known.values()), writes and bool(parts.free) and not client.has_address


@dataclass(slots=True)
class Coverage:
    """Counts of items by how they are covered; `uncovered` and `unreachable` name the others."""

    counts: dict[Covered, int] = field(default_factory=lambda: dict.fromkeys(Covered, 0))
    uncovered: list[tuple[int, ItemCover]] = field(default_factory=list)
    unreachable: list[int] = field(default_factory=list)

    def add(self, client_id: int, covers: Iterable[ItemCover], *, unreachable: bool) -> None:
        """Count a client's items."""
        for cover in covers:
            self.counts[cover.covered] += 1
            if cover.covered is Covered.UNCOVERED:
                self.uncovered.append((client_id, cover))
        if unreachable:
            self.unreachable.append(client_id)
