"""What the messages show of promises not kept, handovers and tasks. Raw facts, no words."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.follow_ups import TaskKind
from bot.domain.lifecycle import HandoverState, TaskOwner
from bot.rendering.views import (
    ContactView,
    DisputeView,
    FreshnessView,
    ItemView,
    NoteView,
    PersonView,
    PromiseView,
    ResolutionView,
)


@dataclass(frozen=True, slots=True)
class PromiseBrokenView:
    """A promise whose date passed without the money, told to the owner and to finance."""

    client_id: int
    alert_id: int | None
    client: str
    currency: str
    minor: int
    received_minor: int
    due_on: date
    broken_count: int
    overdue_minor: int
    oldest_days: int
    owner: PersonView | None = None
    to_finance: bool = False


@dataclass(frozen=True, slots=True)
class LeavingView:
    """A client that goes to finance on the day after `ends_on`."""

    alert_id: int
    client_id: int
    client: str
    currency: str
    overdue_minor: int
    oldest_days: int
    ends_on: date
    owner: PersonView | None = None
    may_extend: bool = False


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A file handed to finance, as it is now. `by` is None when it left by itself.

    `unanswered`: it was returned with a question that nobody answered in time.
    """

    handover_id: int
    alert_id: int
    client_id: int
    client: str
    state: HandoverState
    currency: str
    overdue_minor: int
    oldest_days: int
    exposure_minor: int
    offered_at: datetime
    today: date
    by: PersonView | None = None
    unanswered: bool = False
    owner: PersonView | None = None
    opinion: str = ""
    limit_minor: int | None = None
    cover_minor: int | None = None
    note_count: int = 0
    notes: tuple[NoteView, ...] = ()
    promises: tuple[PromiseView, ...] = ()
    disputes: tuple[DisputeView, ...] = ()
    orders: str = ""
    contact: ContactView | None = None
    items: tuple[ItemView, ...] = ()
    item_count: int = 0
    question: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    resolution: ResolutionView | None = None
    freshness: FreshnessView = field(default_factory=FreshnessView)


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something somebody owes. `text` is what was said, or an `AwaitedDocument`."""

    task_id: int
    client_id: int
    client: str
    kind: TaskKind
    side: TaskOwner
    due_on: date
    alert_id: int | None = None
    text: str = ""
    owner: PersonView | None = None
    asked_by: PersonView | None = None
    done_by: str = ""
    done_at: datetime | None = None
