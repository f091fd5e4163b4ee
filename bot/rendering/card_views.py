"""What a person looks up: a client's balance and its history. Raw facts, no words."""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.ageing import AgeingBucket
from bot.domain.lifecycle import AlertState
from bot.domain.profiles import PayerProfile
from bot.rendering.views import (
    AlertEventView,
    ClockView,
    ContactView,
    CoverView,
    DisputeView,
    FreshnessView,
    HeldView,
    ItemView,
    MuteView,
    NoteView,
    PersonView,
    PromiseView,
)


@dataclass(frozen=True, slots=True)
class CurrencyBalanceView:
    """A client's account in one currency: net == sum of its items + unattributed.

    `items` are the oldest first, `item_count` of them in all; credits and deposits positive.
    `seen_minor` is what the bank shows up to `seen_on` and the books lack; negative: taken back.
    """

    currency: str
    net_minor: int
    overdue_minor: int
    ageing: tuple[tuple[AgeingBucket, int], ...]
    items: tuple[ItemView, ...] = ()
    item_count: int = 0
    unattributed_minor: int = 0
    deposits_minor: int = 0
    credit_notes_minor: int = 0
    last_receipt_minor: int = 0
    last_receipt_on: date | None = None
    seen_minor: int = 0
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class UsualDelayView:
    """How late a client pays: median days after the due date over `count` invoices."""

    days: int
    count: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class GrantedView:
    """More time given to a client, or (`is_offer`) what is given up if all is paid by `until`.

    `by` is who granted it, empty for goodcop itself.
    """

    minor: int
    currency: str
    until: date
    is_offer: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class BalanceView:
    """Everything a salesperson needs during a call; main currency first."""

    client_id: int
    code: str
    client: str
    today: date
    balances: tuple[CurrencyBalanceView, ...]
    siren: str = ""
    owner: PersonView | None = None
    usual: UsualDelayView | None = None
    payer: PayerProfile | None = None
    limit_minor: int | None = None
    contacts: tuple[ContactView, ...] = ()
    notes: tuple[NoteView, ...] = ()
    promises: tuple[PromiseView, ...] = ()
    disputes: tuple[DisputeView, ...] = ()
    alert_id: int | None = None
    alert_state: AlertState | None = None
    freshness: FreshnessView = field(default_factory=FreshnessView)
    may_note: bool = True
    may_hand_over: bool = True
    may_share: bool = True
    may_mute: bool = False
    mute: MuteView | None = None
    is_frozen: bool = False
    held: HeldView | None = None
    cover: CoverView | None = None
    clock: ClockView | None = None
    granted: tuple[GrantedView, ...] = ()
    may_declare: bool = False
    may_open_file: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A client that may be the one meant."""

    client_id: int
    client: str
    code: str
    town: str = ""
    siren: str = ""


@dataclass(frozen=True, slots=True)
class ChoicesView:
    """The near matches of a query, best first; none when nothing looks like it."""

    query: str
    choices: tuple[ChoiceView, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedView:
    """Somebody else's client: whom to ask, and the totals when the workspace shows them."""

    owner: PersonView | None
    client: str = ""
    totals: tuple[CurrencyBalanceView, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedBalanceView:
    """The figures a person shares into a channel, without notes or contacts."""

    client: str
    code: str
    by: PersonView
    today: date
    balances: tuple[CurrencyBalanceView, ...]
    freshness: FreshnessView = field(default_factory=FreshnessView)


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What happened with a client, newest first; `older_before` asks for the next page."""

    client_id: int
    client: str
    today: date
    events: tuple[AlertEventView, ...]
    older_before: int | None = None
