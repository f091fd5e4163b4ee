"""Where a company stands: the proceeding in force, read from its published events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.solvency.dossier import Event, EventKind

OPENINGS = (EventKind.SAUVEGARDE, EventKind.REDRESSEMENT, EventKind.LIQUIDATION)
_WORSE = {EventKind.SAUVEGARDE: 1, EventKind.REDRESSEMENT: 2, EventKind.LIQUIDATION: 3}


@dataclass(frozen=True, slots=True)
class Standing:
    """The proceeding in force (None: none is) and the notices that say so.

    `kind` is a procedure, PLAN while a plan runs, PLAN_ENDED once it was resolved or ended, or how
    the last procedure closed. `opened` is the notice that opened it: claims count from it.
    """

    kind: EventKind | None = None
    opened: Event | None = None
    latest: Event | None = None

    @property
    def is_protected(self) -> bool:
        """Say whether debts from before the opening are frozen now."""
        return self.kind in OPENINGS or self.kind is EventKind.PLAN


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return events by publication, then judgment, then notice; as given order never matters."""
    return sorted(
        events,
        key=lambda event: (
            event.published_on,
            event.on or event.published_on,
            _WORSE.get(event.kind, 0),
            event.kind,
            event.notice_id,
            event.into or "",
        ),
    )


def standing_of(events: Iterable[Event]) -> Standing:
    """Return what is in force after all these events, whatever their order.

    Only a closing or a conversion ends a liquidation: a plan (of sale) or a milder opening
    published after it does not. Code de commerce, book VI.
    """
    standing = Standing()
    for event in in_order(events):
        standing = _after(standing, event)
    return standing


def _after(standing: Standing, event: Event) -> Standing:
    kind = event.kind
    if kind in OPENINGS:
        return _opened(standing, event)
    if kind is EventKind.CONVERSION:
        into = event.into or standing.kind or EventKind.REDRESSEMENT
        return Standing(into, standing.opened or event, event)
    if kind in (EventKind.PLAN, EventKind.PLAN_ENDED):
        if standing.kind is EventKind.LIQUIDATION:
            return replace(standing, latest=event)
        return Standing(kind, standing.opened, event)
    if kind in (EventKind.CLOSED_UNPAID, EventKind.CLOSED_PAID):
        return Standing(kind, standing.opened, event)
    if kind is EventKind.PERSONAL_RECOVERY and standing.kind not in OPENINGS:
        return Standing(kind, None, event)
    return standing


def _opened(standing: Standing, event: Event) -> Standing:
    now = standing.kind
    if now not in OPENINGS:
        return Standing(event.kind, event, event)
    if _WORSE[event.kind] > _WORSE[now]:
        return Standing(event.kind, standing.opened, event)
    return replace(standing, latest=event)
