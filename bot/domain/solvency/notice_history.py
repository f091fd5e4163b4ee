"""A company's events as they stand: corrections applied, cancelled notices gone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.notice_reading import NoticeType, Reading

_UNSURE = frozenset({EventKind.UNREAD, EventKind.PROCEDURAL, EventKind.OTHER})
_STEPS = tuple(NoticeType)


def standing_events(readings: Iterable[Reading]) -> tuple[Event, ...]:
    """Return the events that stand, oldest publication first, whatever the order they came in.

    A cancellation removes the notice it names; a correction takes its place and keeps its first
    publication day, since claim deadlines run from there and the earlier day is the safe one.
    A correction whose words are not understood leaves the notice standing and is kept unread; a
    cancellation of a notice that is not there is kept unread as well.
    """
    history = _History()
    for reading in sorted(set(readings), key=_order):
        history.take(reading)
    return tuple(sorted(history.standing.values(), key=_published))


class _History:
    def __init__(self) -> None:
        self.standing: dict[tuple[str, str], Event] = {}
        self._moved: dict[tuple[str, str], tuple[str, str]] = {}

    def take(self, reading: Reading) -> None:
        """Apply one notice to what stands so far."""
        event, target = reading.event, self._target(reading.event)
        if reading.type is NoticeType.CANCELLATION:
            if target is None:
                self._stand(replace(event, kind=EventKind.UNREAD, into=None))
            else:
                del self.standing[target]
        elif reading.type is NoticeType.CORRECTION and target is not None:
            self._correct(event, target)
        else:
            self._stand(event)

    def _correct(self, event: Event, target: tuple[str, str]) -> None:
        before = self.standing[target]
        if event.kind in _UNSURE and before.kind is not event.kind:
            self._stand(replace(event, kind=EventKind.UNREAD, into=None))
            return
        del self.standing[target]
        self._move(target, (event.notice_id, event.siren))
        first = min(before.published_on, event.published_on)
        self._stand(replace(event, published_on=first, on=event.on or before.on))

    def _target(self, event: Event) -> tuple[str, str] | None:
        """Return the standing notice that this one names, or without a name is the same act."""
        if event.replaces:
            named = (event.replaces, event.siren)
            key = self._moved.get(named, named)
            return key if key in self.standing else None
        same = [
            key
            for key, other in self.standing.items()
            if other.siren == event.siren and other.kind is event.kind and other.on == event.on
        ]
        return same[-1] if same and event.on is not None else None

    def _move(self, old: tuple[str, str], new: tuple[str, str]) -> None:
        """Let whoever names `old`, or what it replaced, find `new`."""
        for key, place in self._moved.items():
            if place == old:
                self._moved[key] = new
        self._moved[old] = new

    def _stand(self, event: Event) -> None:
        self.standing[(event.notice_id, event.siren)] = event


def _order(reading: Reading) -> tuple[date, int, str, str, str]:
    event = reading.event
    step = _STEPS.index(reading.type)
    return (event.published_on, step, event.notice_id, event.siren, event.kind.value)


def _published(event: Event) -> tuple[date, str, str]:
    return (event.published_on, event.notice_id, event.siren)
