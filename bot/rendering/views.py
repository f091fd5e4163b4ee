"""What the messages show of alerts and their history: raw facts, no words.

Amounts are minor units, dates are dates, instants aware; rendering alone makes sentences.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.delivery_holds import Scope
from bot.domain.follow_ups import TaskKind
from bot.domain.instalments import Instalment
from bot.domain.ledger import DueFrom, ItemKind, SettledBy
from bot.domain.lifecycle import (
    AlertState,
    DisputeOutcome,
    Means,
    Outcome,
    PromiseState,
)
from bot.domain.reasons import Reason
from bot.domain.reliability import NO_RECORD, Reliability
from bot.domain.solvency.cover import CoverStep
from bot.rendering.event_kinds import EventKind as EventKind


@dataclass(frozen=True, slots=True)
class Voice:
    """How to speak to a reader: their language and hour, and the workspace's manners."""

    locale: str = "fr"
    formal: bool = True
    finance_name: str = ""
    time_zone: str = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class SumView:
    """An amount in one currency."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A colleague; mentioned when their Slack id is known."""

    id: int | None
    name: str
    slack_user_id: str = ""


@dataclass(frozen=True, slots=True)
class ContactView:
    """A person at a client."""

    id: int | None
    name: str
    function: str = ""
    phone: str = ""
    email: str = ""
    do_not_contact: bool = False


@dataclass(frozen=True, slots=True)
class ItemView:
    """An open item; `days` is how late it is (0 on its due date and before)."""

    number: str
    due_on: date
    days: int
    open_minor: int
    currency: str
    due_from: DueFrom = DueFrom.STATED
    kind: ItemKind = ItemKind.INVOICE
    id: int | None = None


@dataclass(frozen=True, slots=True)
class FreshnessView:
    """How far the books go: receipts posted until, and how due dates are known."""

    receipts_until: date | None = None
    due_from: DueFrom = DueFrom.STATED
    terms: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody noted of an exchange."""

    by: str
    at: datetime
    outcome: Outcome
    means: Means = Means.PHONE
    reached: str = ""
    text: str = ""
    orders: str = ""
    gesture: str = ""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise to pay and what became of it."""

    minor: int
    currency: str
    due_on: date
    by: str = ""
    state: PromiseState = PromiseState.LIVE
    received_minor: int = 0
    plan: tuple[Instalment, ...] = ()
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A contested amount (0 when no amount was named), and who settles it by when."""

    reason: str
    minor: int
    currency: str
    due_on: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class CoverView:
    """An insurer's clock: what it waits for next, until when, and the last day of cover."""

    step: CoverStep
    until: date
    covered_until: date
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """The good-cop window: its owner's last day, and until when something stops it.

    `owner` is empty where the owner reads.
    """

    ends_on: date
    suspended_until: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class HeldView:
    """Deliveries on hold: what, why, by whom (empty: goodcop), since when where it is said."""

    scope: Scope
    reason: str
    by: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class MuteView:
    """Why finance keeps a client out of alerts, until when (inclusive), and who said so."""

    until: date
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """How an episode ended: `minor` settled, `days` after the due date, what remains overdue."""

    by: SettledBy
    minor: int
    days: int = 0
    remaining_minor: int = 0


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert as it is now. `state_*` say who put it there, why and until when; `settler` settles.

    `unkept` is a promise not kept, when nothing was said since. `seen_minor` is what the bank
    shows up to `seen_on` and the books lack; negative: taken back.
    """

    alert_id: int
    client_id: int
    client: str
    currency: str
    overdue_minor: int
    oldest_days: int
    level: int
    state: AlertState
    today: date
    reasons: tuple[Reason, ...] = ()
    usual_delay_days: int | None = None
    exposure_minor: int = 0
    limit_minor: int | None = None
    disputed_minor: int = 0
    clock: ClockView | None = None
    contact: ContactView | None = None
    items: tuple[ItemView, ...] = ()
    item_count: int = 0
    latest: NoteView | None = None
    promise: PromiseView | None = None
    unkept: PromiseView | None = None
    reliability: Reliability = NO_RECORD
    state_until: date | None = None
    state_reason: str = ""
    state_by: str = ""
    settler: str = ""
    state_at: datetime | None = None
    question: str = ""
    handover_id: int | None = None
    freshness: FreshnessView = field(default_factory=FreshnessView)
    resolution: ResolutionView | None = None
    mute: MuteView | None = None
    is_frozen: bool = False
    held: HeldView | None = None
    cover: CoverView | None = None
    seen_minor: int = 0
    seen_on: date | None = None


class News(StrEnum):
    """Why an alert speaks again in its thread."""

    LEVEL = "level"
    AMOUNT = "amount"
    BUCKET = "bucket"
    PROCEEDING = "proceeding"
    COVER_LOST = "cover_lost"


@dataclass(frozen=True, slots=True)
class AlertNewsView:
    """A new level, much more money or an older bucket, said to who must act."""

    alert_id: int
    client_id: int
    client: str
    currency: str
    news: News
    level: int
    overdue_minor: int
    oldest_days: int
    before_minor: int = 0
    mention: PersonView | None = None


@dataclass(frozen=True, slots=True)
class AlertEventView:
    """One thing that happened, for a thread (`mention`: who is waiting) or for the history.

    `day` is the date it leads to (a promise's, a pause's end), `ends_on` the last day of the
    good-cop window; `to` the other person; `part` of
    `parts` is a payment of a plan, `plan` the payments promised.
    """

    kind: EventKind
    client: str
    at: datetime
    alert_id: int | None = None
    client_id: int | None = None
    by: str = ""
    to: str = ""
    mention: PersonView | None = None
    currency: str = "EUR"
    minor: int = 0
    received_minor: int = 0
    day: date | None = None
    ends_on: date | None = None
    text: str = ""
    note: NoteView | None = None
    task_kind: TaskKind | None = None
    handover_id: int | None = None
    plan: tuple[Instalment, ...] = ()
    part: int = 0
    parts: int = 0
    outcome: DisputeOutcome | None = None
