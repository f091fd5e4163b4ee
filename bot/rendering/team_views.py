"""What the shared messages show: lists for finance, digests, imports. Raw facts, no words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ledger import ClientKind, RejectedRow
from bot.domain.reasons import Why
from bot.rendering.follow_up_views import TaskView
from bot.rendering.views import FreshnessView, PersonView, SumView


class StepDoing(StrEnum):
    """What a step of a scenario asks of who reads about it."""

    COURTESY_CALL = "courtesy_call"
    COURTESY_EMAIL = "courtesy_email"
    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    DECISION = "decision"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class LineView:
    """One client in a list; `channel` and `ts` lead to its alert, when it has one.

    `until` is the owner's last day before finance takes over.
    """

    client_id: int
    client: str
    minor: int
    currency: str
    days: int = 0
    level: int = 0
    on: date | None = None
    person: str = ""
    usual_delay_days: int | None = None
    alert_id: int | None = None
    handover_id: int | None = None
    channel: str = ""
    ts: str = ""
    detail: str = ""
    also_on: date | None = None
    percent: int = 0
    grade: str = ""
    step: StepDoing | None = None
    step_id: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class HandoverReminderView:
    """Handovers nobody took; `manager` is told when finance already was."""

    handovers: tuple[LineView, ...]
    manager: PersonView | None = None


@dataclass(frozen=True, slots=True)
class UnownedView:
    """Clients in alert that nobody owns (worst first), and who could own them."""

    clients: tuple[LineView, ...]
    people: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class LimitView:
    """Exposure near or above the credit limit; `percent` is the stage reached."""

    client_id: int
    client: str
    currency: str
    exposure_minor: int
    limit_minor: int
    percent: int
    overdue_minor: int = 0
    owner: PersonView | None = None
    to_finance: bool = False


class Section(StrEnum):
    """The parts of a digest, in the order they are read."""

    DECIDE = "decide"
    HANDOVERS = "handovers"
    BROKEN = "broken"
    PROMISES = "promises"
    NEW = "new"
    TASKS = "tasks"
    STEPS = "steps"
    LEAVING = "leaving"
    EVENTS = "events"
    CLAIMS = "claims"
    COVER = "cover"
    USAGE = "usage"
    UNOWNED = "unowned"
    DISPUTES = "disputes"
    LIMITATION = "limitation"
    LATE = "late"
    SOON = "soon"
    GOOD_NEWS = "good_news"
    REVIEWS = "reviews"
    CURRENCY = "currency"
    WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True)
class SectionView:
    """One part of a digest: its first lines, and how many lines it has in all."""

    section: Section
    lines: tuple[LineView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class DigestView:
    """A person's day (or finance's): `received` is what came in since the last one."""

    today: date
    sections: tuple[SectionView, ...]
    received: tuple[SumView, ...] = ()
    name: str = ""
    held_why: Why | None = None
    freshness: FreshnessView = field(default_factory=FreshnessView)


@dataclass(frozen=True, slots=True)
class PreviewPersonView:
    """What one person would get at activation."""

    person: PersonView
    alert_count: int
    overdue: tuple[SumView, ...]
    is_active: bool = False


@dataclass(frozen=True, slots=True)
class PreviewView:
    """The first import, before anything is sent: who would get what, worst clients first."""

    as_of: date
    client_count: int
    alert_count: int
    overdue: tuple[SumView, ...]
    people: tuple[PreviewPersonView, ...]
    worst: tuple[LineView, ...]
    unowned_count: int = 0
    due_stated: int = 0
    due_terms: int = 0
    due_estimated: int = 0
    terms: str = ""
    kinds: tuple[tuple[ClientKind, int], ...] = ()
    receipts_until: date | None = None
    is_active: bool = False


@dataclass(frozen=True, slots=True)
class StaleBooksView:
    """Books too old to alert on: why, and how many alerts wait."""

    entity: str
    why: Why
    receipts_until: date | None = None
    imported_on: date | None = None
    held_count: int = 0


@dataclass(frozen=True, slots=True)
class TotalView:
    """The books' total in one currency."""

    currency: str
    net_minor: int
    open_minor: int
    unattributed_minor: int = 0


@dataclass(frozen=True, slots=True)
class ImportReportView:
    """What an import brought; `kind` is fec, open_items, clients or people."""

    run_id: int
    kind: str
    file_name: str
    rows: int
    accepted: int
    rejected_count: int
    as_of: date
    rejected: tuple[RejectedRow, ...] = ()
    clients: int = 0
    open_items: int = 0
    totals: tuple[TotalView, ...] = ()
    receipts_until: date | None = None
    settled_count: int = 0
    warnings: tuple[str, ...] = ()
    undone: bool = False
    proposed_count: int = 0


@dataclass(frozen=True, slots=True)
class EntityStatusView:
    """How fresh one entity's books are."""

    name: str
    siren: str = ""
    file_name: str = ""
    imported_at: datetime | None = None
    as_of: date | None = None
    receipts_until: date | None = None
    held_why: Why | None = None
    rejected_count: int = 0
    warnings: tuple[str, ...] = ()
