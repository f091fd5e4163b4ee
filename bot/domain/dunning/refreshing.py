"""Right before a step is done: what it is about now, or why it must not be done any more."""

from collections.abc import Collection
from typing import NamedTuple

from bot.domain.dunning.facts import ClientLedger, Owed, PauseKind, PlanningDay
from bot.domain.dunning.parting import parted
from bot.domain.dunning.planning import Because
from bot.domain.dunning.scenarios import StepActor


class Refreshed(NamedTuple):
    """The items of a step as they stand; `because` is why it is not done, None when it may be."""

    items: tuple[Owed, ...] = ()
    because: Because | PauseKind | None = None


def refreshed(
    client: ClientLedger,
    named: Collection[int],
    actor: StepActor,
    day: PlanningDay,
    *,
    is_courtesy: bool = False,
) -> Refreshed:
    """Return what a step that named these items is about on a day.

    It stops when none of them may be asked for: paid, netted, paused. What became late meanwhile
    goes along; a courtesy keeps to what it named.
    """
    parts = parted(client, day)
    still = [item for item in parts.free if item.id in named]
    if not still:
        kinds = [pause.kind for item, pause in parts.paused if item.id in named]
        netted = any(item.id in named for item in parts.netted)
        paid = Because.NETTED if netted else Because.NOTHING_OWED
        return Refreshed(because=kinds[0] if kinds else paid)
    muted = [pause for pause in client.pauses if pause.kind is PauseKind.WINDOW]
    if muted and actor is not StepActor.SALES:
        return Refreshed(because=PauseKind.WINDOW)
    if is_courtesy:
        return Refreshed(tuple(still))
    late = tuple(item for item in parts.free if item.due_on < day.today or item.id in named)
    return Refreshed(late)
