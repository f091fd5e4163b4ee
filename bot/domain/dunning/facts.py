"""What the planning of steps knows of a client: items, credits, pauses, the steps made so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.domain.calendar import Calendar
from bot.domain.dunning.scenarios import StepState


class Owed(NamedTuple):
    """An open item; `minor` is positive (credits are kept as sums)."""

    id: int
    due_on: date
    minor: int
    currency: str


class PauseKind(StrEnum):
    """Why nothing is asked of a client, or of a part of what it owes."""

    NOT_ACTIVE = "not_active"
    STALE_BOOKS = "stale_books"
    ACCOUNT_KIND = "account_kind"
    MUTED = "muted"
    PROCEEDING = "proceeding"
    MANUAL = "manual"
    FACTORED = "factored"
    DISPUTE = "dispute"
    PROMISE = "promise"
    EXTENSION = "extension"
    WINDOW = "window"


class Pause(NamedTuple):
    """What stands still, and until when (inclusive; None: until somebody ends it).

    Without `item_ids` it is the whole client, or `minor` of the oldest items; with them, these
    items, or `minor` of them (None: all). The good-cop window spares the salesperson's own steps.
    """

    kind: PauseKind
    until: date | None = None
    item_ids: frozenset[int] | None = None
    minor: int | None = None
    currency: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether it stops everything about the client."""
        return self.kind is not PauseKind.WINDOW and self.item_ids is None and self.minor is None


class Made(NamedTuple):
    """A step made for the client: which, when, in which episode, about which items."""

    key: str
    offset_days: int
    on: date
    state: StepState
    episode: int
    item_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class ClientLedger:
    """One client; `credits` are positive sums by currency, `made` its latest steps in any order.

    `is_with_finance`: handed over, so that the salesperson's steps are finance's until returned.
    """

    client_id: int
    items: tuple[Owed, ...]
    credits: Mapping[str, int] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    made: tuple[Made, ...] = ()
    owner_id: int | None = None
    is_with_finance: bool = False
    has_address: bool = True


@dataclass(frozen=True, slots=True)
class PlanningDay:
    """The day judged, the company's calendar, and the amount under which nothing is asked."""

    today: date
    calendar: Calendar
    least: Mapping[str, int] = field(default_factory=dict)

    def working(self, day: date) -> date:
        """Return `day`, or the first business day after it."""
        if self.calendar.is_business_day(day):
            return day
        return self.calendar.add_business_days(day, 1)
