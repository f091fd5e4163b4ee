"""Views with defaults, for tests: an ordinary client on an ordinary day."""

from datetime import UTC, date, datetime

from bot.domain.ageing import AgeingBucket
from bot.domain.follow_ups import TaskKind
from bot.domain.ledger import DueFrom, ItemKind
from bot.domain.lifecycle import AlertState, HandoverState, Means, Outcome, PromiseState, TaskOwner
from bot.domain.profiles import Because, PayerProfile, Profile
from bot.domain.reasons import Reason, Rule
from bot.domain.reliability import Reliability
from bot.rendering.card_views import BalanceView, CurrencyBalanceView, UsualDelayView
from bot.rendering.follow_up_views import HandoverView, TaskView
from bot.rendering.form_views import ClientFormView, StakesView
from bot.rendering.team_views import LineView
from bot.rendering.views import (
    AlertView,
    ClockView,
    ContactView,
    DisputeView,
    FreshnessView,
    ItemView,
    NoteView,
    PersonView,
    PromiseView,
    Voice,
)

FRENCH = Voice("fr")
FAMILIAR = Voice("fr", formal=False, finance_name="la compta")
ENGLISH = Voice("en")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)

ANNE = PersonView(11, "Anne Morel", "U0ANNE")
KARIM = PersonView(12, "Karim Haddad", "U0KARIM")
FIONA = PersonView(13, "Fiona Leroy", "U0FIONA")
MRS_ROY = ContactView(31, "Mme Roy", "accounts", "+33 1 23 45 67 89")
NOTE = NoteView(
    "Anne", YESTERDAY, Outcome.PROMISES, Means.PHONE, "Mme Roy", "virement promis le 30"
)
PROMISE = PromiseView(5_000_00, "EUR", date(2026, 11, 30), "Anne")
BROKEN = PromiseView(3_000_00, "EUR", date(2026, 10, 30), "Anne", PromiseState.BROKEN)
KEPT = PromiseView(1_200_00, "EUR", date(2026, 9, 30), "Anne", PromiseState.KEPT)
DISPUTE = DisputeView("palette abîmée", 3_000_00, "EUR", date(2026, 12, 8), "Anne")
BOOKS = FreshnessView(date(2026, 11, 20))
ESTIMATED = FreshnessView(date(2026, 11, 20), DueFrom.ESTIMATED, "30 FDM")


def an_item(number: int = 1, **changes: object) -> ItemView:
    """Return an open invoice."""
    plain: dict[str, object] = {
        "number": f"FA-2026-{number:04}",
        "due_on": date(2026, 10, 24),
        "days": 31,
        "open_minor": 4_160_25,
        "currency": "EUR",
        "id": number,
    }
    return ItemView(**(plain | changes))  # type: ignore[arg-type]


ITEMS = (
    an_item(1),
    an_item(2, due_on=date(2026, 11, 1), days=23, due_from=DueFrom.ESTIMATED),
    an_item(3, kind=ItemKind.CREDIT_NOTE, open_minor=-250_00, days=0, due_on=date(2026, 12, 1)),
)


CLOCK = ClockView(date(2026, 12, 8))
STOPPED = ClockView(date(2026, 12, 15), suspended_until=date(2026, 11, 30))


def an_alert(state: AlertState = AlertState.OPEN, **changes: object) -> AlertView:
    """Return an open alert of level 2."""
    stopped = state in (AlertState.PROMISED, AlertState.DISPUTED)
    plain: dict[str, object] = {
        "alert_id": 101,
        "client_id": 201,
        "client": "Menuiserie Roy",
        "currency": "EUR",
        "overdue_minor": 12_480_40,
        "oldest_days": 31,
        "level": 2,
        "state": state,
        "today": TODAY,
        "reasons": (Reason(Rule.LEVEL_1, 1, 31, 12_480_40), Reason(Rule.LEVEL_2_AGE, 2, 31)),
        "usual_delay_days": 12,
        "exposure_minor": 18_900_00,
        "limit_minor": 20_000_00,
        "disputed_minor": 3_000_00,
        "clock": None if state.is_with_finance else STOPPED if stopped else CLOCK,
        "contact": MRS_ROY,
        "items": ITEMS,
        "item_count": 8,
        "reliability": Reliability(kept=2, judged=3),
        "freshness": BOOKS,
        "state_by": "Anne",
        "state_at": NOW,
        "state_until": date(2026, 11, 30),
    }
    return AlertView(**(plain | changes))  # type: ignore[arg-type]


def a_handover(**changes: object) -> HandoverView:
    """Return a file Anne offers to finance."""
    plain: dict[str, object] = {
        "handover_id": 301,
        "alert_id": 101,
        "client_id": 201,
        "client": "Menuiserie Roy",
        "state": HandoverState.OFFERED,
        "currency": "EUR",
        "overdue_minor": 12_480_40,
        "oldest_days": 45,
        "exposure_minor": 18_900_00,
        "offered_at": NOW,
        "today": TODAY,
        "by": ANNE,
        "owner": ANNE,
        "opinion": "bonne relation, trésorerie tendue, un échéancier passerait",
        "note_count": 3,
        "notes": (NOTE,),
        "promises": (KEPT, BROKEN, PROMISE),
        "orders": "une commande de 3 200 €",
        "contact": MRS_ROY,
        "items": ITEMS,
        "item_count": 3,
        "answered_by": "Fiona",
        "answered_at": NOW,
        "freshness": BOOKS,
    }
    return HandoverView(**(plain | changes))  # type: ignore[arg-type]


def a_line(**changes: object) -> LineView:
    """Return one client in a list."""
    plain: dict[str, object] = {
        "client_id": 201,
        "client": "Menuiserie Roy",
        "minor": 12_480_40,
        "currency": "EUR",
        "days": 31,
        "alert_id": 101,
        "channel": "C0ANNE",
        "ts": "1795512345.000100",
        "on": date(2026, 11, 27),
    }
    return LineView(**(plain | changes))  # type: ignore[arg-type]


def a_task(**changes: object) -> TaskView:
    """Return a question to finance."""
    plain: dict[str, object] = {
        "task_id": 401,
        "client_id": 201,
        "client": "Menuiserie Roy",
        "kind": TaskKind.CHECK_PAYMENT,
        "side": TaskOwner.FINANCE,
        "due_on": date(2026, 11, 26),
        "alert_id": 101,
        "text": "2026-11-20 · virement · VIR-33",
        "asked_by": ANNE,
    }
    return TaskView(**(plain | changes))  # type: ignore[arg-type]


EUROS = CurrencyBalanceView(
    "EUR",
    18_900_40,
    12_480_40,
    (
        (AgeingBucket.NOT_DUE, 6_420_00),
        (AgeingBucket.DAYS_1_30, 4_180_40),
        (AgeingBucket.DAYS_31_60, 8_300_00),
        (AgeingBucket.DAYS_61_90, 0),
        (AgeingBucket.DAYS_OVER_90, 0),
    ),
    ITEMS,
    8,
    unattributed_minor=12_34,
    deposits_minor=1_000_00,
    credit_notes_minor=250_00,
    last_receipt_minor=3_100_00,
    last_receipt_on=date(2026, 11, 4),
)
LATE_BY_HABIT = PayerProfile(Profile.LATE_BY_HABIT, Because.USUAL_DELAY, 18, 12)
DOLLARS = CurrencyBalanceView("USD", 2_000_00, 500_00, ())


def a_balance(**changes: object) -> BalanceView:
    """Return a client's account with everything known."""
    plain: dict[str, object] = {
        "client_id": 201,
        "code": "C0412",
        "client": "Menuiserie Roy",
        "today": TODAY,
        "balances": (EUROS, DOLLARS),
        "owner": ANNE,
        "usual": UsualDelayView(12, 18, 5, 31),
        "limit_minor": 20_000_00,
        "contacts": (MRS_ROY,),
        "notes": (NOTE,),
        "promises": (PROMISE,),
        "alert_id": 101,
        "alert_state": AlertState.OPEN,
        "clock": CLOCK,
        "freshness": ESTIMATED,
    }
    return BalanceView(**(plain | changes))  # type: ignore[arg-type]


STAKES = StakesView("12 portes pour décembre", 3, date(2026, 8, 31), 22)


def a_form(**changes: object) -> ClientFormView:
    """Return the client a form is about."""
    plain: dict[str, object] = {
        "client_id": 201,
        "client": "Menuiserie Roy",
        "currency": "EUR",
        "overdue_minor": 12_480_40,
        "today": TODAY,
        "alert_id": 101,
        "contacts": (MRS_ROY, ContactView(32, "M. Petit", "purchasing")),
        "items": ITEMS,
        "clock": CLOCK,
    }
    return ClientFormView(**(plain | changes))  # type: ignore[arg-type]
