"""Parting what a client owes: what may be asked for today, what a pause covers, what is netted."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.domain.dunning.facts import ClientLedger, Owed, Pause, PauseKind, PlanningDay


class Parted(NamedTuple):
    """A client's items: `free` to be asked for (amounts left), `paused`, netted and small ones.

    An item paused in part is in both `free` and `paused`, with its two amounts. `large` are the
    free items that are not small: they alone set ages.
    """

    free: tuple[Owed, ...]
    paused: tuple[tuple[Owed, Pause], ...] = ()
    netted: tuple[Owed, ...] = ()
    small: tuple[Owed, ...] = ()
    large: tuple[Owed, ...] = ()


def parted(client: ClientLedger, day: PlanningDay) -> Parted:
    """Part a client's items.

    Disputes take their own items, promises the oldest of what is left up to their amount, credits
    the oldest after that: credit notes and payments on account are netted though nobody matched
    them. Small items go along with larger ones and never start anything alone.
    """
    stopped = _whole_pause(client.pauses)
    if stopped is not None:
        return Parted((), tuple((item, stopped) for item in client.items))
    if not client.pauses and not client.credits:
        return _without_small(client.items, (), (), day)
    left = sorted(client.items, key=lambda item: (item.due_on, item.id))
    paused: list[tuple[Owed, Pause]] = []
    for pause in sorted(client.pauses, key=lambda pause: pause.item_ids is None):
        if pause.kind is not PauseKind.WINDOW:
            left = _take_paused(left, pause, paused)
    free, netted = _net(left, client.credits)
    return _without_small(free, paused, netted, day)


def _whole_pause(pauses: Sequence[Pause]) -> Pause | None:
    """Return the pause of the whole client that lasts longest; one without an end lasts longest."""
    whole = [pause for pause in pauses if pause.is_whole]
    endless = [pause for pause in whole if pause.until is None]
    if endless or not whole:
        return endless[0] if endless else None
    return max(whole, key=lambda pause: pause.until.toordinal() if pause.until else 0)


def _take_paused(
    items: Sequence[Owed], pause: Pause, paused: list[tuple[Owed, Pause]]
) -> list[Owed]:
    """Move what a pause covers out of the items; return what is left of them."""
    left: list[Owed] = []
    room = pause.minor
    for item in items:
        covered = pause.item_ids is None or item.id in pause.item_ids
        if not covered or (pause.currency and item.currency != pause.currency) or room == 0:
            left.append(item)
            continue
        taken = item.minor if room is None else min(item.minor, room)
        room = None if room is None else room - taken
        paused.append((item._replace(minor=taken), pause))
        if taken < item.minor:
            left.append(item._replace(minor=item.minor - taken))
    return left


def _net(items: Sequence[Owed], credits: Mapping[str, int]) -> tuple[list[Owed], list[Owed]]:
    """Let credits close the oldest items of their currency; return what is left and what is not."""
    room = dict(credits)
    free: list[Owed] = []
    netted: list[Owed] = []
    for item in items:
        taken = min(item.minor, room.get(item.currency, 0))
        if taken:
            room[item.currency] -= taken
        if taken == item.minor:
            netted.append(item)
        else:
            free.append(item._replace(minor=item.minor - taken))
    return free, netted


def _without_small(
    items: Sequence[Owed],
    paused: Sequence[tuple[Owed, Pause]],
    netted: Sequence[Owed],
    day: PlanningDay,
) -> Parted:
    least = day.least
    large = tuple([item for item in items if item.minor >= least.get(item.currency, 1)])
    if not large:
        return Parted((), tuple(paused), tuple(netted), tuple(items))
    return Parted(tuple(items), tuple(paused), tuple(netted), (), large)
