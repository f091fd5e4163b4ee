"""Every message and modal, drawn once in each of its shapes: name -> drawing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.domain.follow_ups import TaskKind
from bot.domain.ledger import ClientKind, RejectedRow, SettledBy
from bot.domain.lifecycle import AlertState, HandoverState, Outcome
from bot.domain.reasons import Reason, Rule, Why
from bot.rendering import forms, messages, modals, refusals
from bot.rendering.card_views import (
    ChoicesView,
    ChoiceView,
    HistoryView,
    HomeView,
    RefusedView,
    SharedBalanceView,
)
from bot.rendering.follow_up_views import LeavingView, PromiseBrokenView
from bot.rendering.form_views import (
    AssignFormView,
    ClientPickerView,
    NoteFormView,
    SettingsFormView,
)
from bot.rendering.messages import Message
from bot.rendering.settings_form import settings_form
from bot.rendering.team_views import (
    DigestView,
    EntityStatusView,
    HandoverReminderView,
    ImportReportView,
    LimitView,
    PreviewPersonView,
    PreviewView,
    Section,
    SectionView,
    StaleBooksView,
    TotalView,
    UnownedView,
)
from bot.rendering.views import (
    AlertEventView,
    AlertNewsView,
    EventKind,
    News,
    ResolutionView,
    SumView,
    Voice,
)
from tests.rendering.views import (
    ANNE,
    BOOKS,
    DISPUTE,
    DOLLARS,
    ESTIMATED,
    EUROS,
    FIONA,
    KARIM,
    NOTE,
    NOW,
    PROMISE,
    TODAY,
    a_balance,
    a_form,
    a_handover,
    a_line,
    a_task,
    an_alert,
)

Drawn = Message | dict[str, Any]
Drawing = Callable[[Voice], Drawn]

PAID = ResolutionView(SettledBy.RECEIPT, 12_480_40, 34)
FRIDAY = date(2026, 11, 27)


def _alerts() -> dict[str, Drawing]:
    views = {
        "open": an_alert(),
        "open_with_note": an_alert(latest=NOTE, level=3, freshness=ESTIMATED),
        "acknowledged": an_alert(state=AlertState.ACKNOWLEDGED),
        "promised": an_alert(state=AlertState.PROMISED, promise=PROMISE),
        "disputed": an_alert(state=AlertState.DISPUTED, state_reason="palette abîmée"),
        "snoozed": an_alert(state=AlertState.SNOOZED, state_reason="inventaire"),
        "handed_over": an_alert(state=AlertState.HANDED_OVER, handover_id=301),
        "taken": an_alert(state=AlertState.TAKEN, state_by="Fiona"),
        "returned": an_alert(
            state=AlertState.RETURNED, state_by="Fiona", question="A-t-il reçu l’avoir ?"
        ),
        "resolved": an_alert(state=AlertState.RESOLVED, resolution=PAID),
        "written_off": an_alert(
            state=AlertState.WRITTEN_OFF, resolution=ResolutionView(SettledBy.WRITE_OFF, 900_00)
        ),
    }
    return {
        f"alert_{name}": lambda voice, view=view: messages.alert(view, voice)  # type: ignore[misc]
        for name, view in views.items()
    }


def an_event(kind: EventKind, **changes: object) -> AlertEventView:
    """Return one line of a thread."""
    plain: dict[str, object] = {
        "kind": kind,
        "client": "Menuiserie Roy",
        "at": NOW,
        "alert_id": 101,
        "client_id": 201,
        "by": "Anne",
        "to": "Karim",
        "minor": 5_000_00,
        "received_minor": 2_000_00,
        "day": date(2026, 11, 30),
        "text": "un échéancier passerait",
        "task_kind": TaskKind.SEND_INVOICE,
    }
    return AlertEventView(**(plain | changes))  # type: ignore[arg-type]


ASKING = (EventKind.RETURNED, EventKind.HANDOVER_PROPOSED, EventKind.EXPIRED)


def _events() -> dict[str, Drawing]:
    views = {
        kind.value: an_event(kind, mention=ANNE if kind in ASKING else None)
        for kind in EventKind
        if kind is not EventKind.NOTED
    }
    views["noted"] = an_event(EventKind.NOTED, note=NOTE)
    return {
        f"event_{name}": lambda voice, view=view: messages.alert_event(view, voice)  # type: ignore[misc]
        for name, view in views.items()
    }


def _news() -> dict[str, Drawing]:
    return {
        f"news_{news}": lambda voice, news=news: messages.alert_news(  # type: ignore[misc]
            AlertNewsView(
                101, 201, "Menuiserie Roy", "EUR", news, 3, 15_600_00, 46, 12_480_00, ANNE
            ),
            voice,
        )
        for news in News
    }


BROKEN_PROMISE = PromiseBrokenView(
    201, 101, "Menuiserie Roy", "EUR", 5_000_00, 0, date(2026, 11, 20), 2, 12_480_40, 31, ANNE
)
LEAVING = LeavingView(101, 201, "Menuiserie Roy", "EUR", 12_480_40, 31, FRIDAY, ANNE, True)


def _threads() -> dict[str, Drawing]:
    to_finance = PromiseBrokenView(
        201,
        101,
        "Menuiserie Roy",
        "EUR",
        5_000_00,
        2_000_00,
        date(2026, 11, 20),
        1,
        12_480_40,
        31,
        ANNE,
        to_finance=True,
    )
    near = LimitView(201, "Menuiserie Roy", "EUR", 18_900_00, 20_000_00, 90, owner=ANNE)
    above = LimitView(
        201, "Menuiserie Roy", "EUR", 21_000_00, 20_000_00, 100, 500_00, ANNE, to_finance=True
    )
    done = a_task(done_by="Fiona", done_at=NOW)
    return {
        "promise_broken": lambda voice: messages.promise_broken(BROKEN_PROMISE, voice),
        "promise_broken_finance": lambda voice: messages.promise_broken(to_finance, voice),
        "window_ending": lambda voice: messages.window_ending(LEAVING, voice),
        "team_leaving": lambda voice: messages.team_leaving(LEAVING, voice),
        "manager_level3": lambda voice: messages.manager_level3(LEAVING, voice),
        "limit_near": lambda voice: messages.limit(near, voice),
        "limit_above": lambda voice: messages.limit(above, voice),
        "task": lambda voice: messages.task(a_task(owner=FIONA), voice),
        "task_over": lambda voice: messages.task(done, voice),
        "task_done": lambda voice: messages.task_done(done, voice),
    }


def _handovers() -> dict[str, Drawing]:
    views = {
        "offered": a_handover(disputes=(DISPUTE,)),
        "automatic": a_handover(by=None, opinion="", cover_minor=15_000_00),
        "taken": a_handover(state=HandoverState.TAKEN, limit_minor=20_000_00),
        "returned": a_handover(state=HandoverState.RETURNED, question="A-t-il reçu l’avoir ?"),
        "taken_back": a_handover(state=HandoverState.TAKEN_BACK, answered_by="Anne"),
        "closed": a_handover(state=HandoverState.CLOSED, resolution=PAID),
    }
    drawn: dict[str, Drawing] = {
        f"handover_{name}": lambda voice, view=view: messages.handover(view, voice)  # type: ignore[misc]
        for name, view in views.items()
    }
    waiting = HandoverReminderView((a_line(handover_id=301, person="Anne"),))
    again = HandoverReminderView(waiting.handovers, KARIM)
    drawn["handover_reminder"] = lambda voice: messages.handover_reminder(waiting, voice)
    drawn["handover_reminder_manager"] = lambda voice: messages.handover_reminder(again, voice)
    return drawn


DIGEST = DigestView(
    TODAY,
    (
        SectionView(Section.DECIDE, (a_line(), a_line(client="Garage Lemoine", days=1)), count=2),
        SectionView(Section.PROMISES, (a_line(on=TODAY, person="Anne"), a_line()), count=2),
        SectionView(Section.TASKS, tasks=(a_task(),), count=1),
        SectionView(Section.LATE, (a_line(days=3),), count=4),
        SectionView(Section.SOON, (a_line(usual_delay_days=10),), count=1),
        SectionView(Section.GOOD_NEWS, (a_line(days=2), a_line(days=0)), count=2),
        SectionView(Section.CURRENCY),
    ),
    (SumView(8_200_00, "EUR"),),
    freshness=BOOKS,
)
FINANCE_DIGEST = DigestView(
    TODAY,
    (
        SectionView(Section.HANDOVERS, (a_line(person="Anne"),), count=1),
        SectionView(Section.BROKEN, (a_line(person="Anne"),), count=1),
        SectionView(Section.LEAVING, (a_line(person="Anne"),), count=1),
        SectionView(Section.UNOWNED, (a_line(),), count=1),
        SectionView(Section.CURRENCY, (a_line(currency="USD"),), count=1),
        SectionView(Section.WRITE_OFF, (a_line(minor=4_20, detail="FA-3"),), count=1),
    ),
    held_why=Why.RECEIPTS_LAG,
    freshness=BOOKS,
)
UNOWNED = UnownedView((a_line(), a_line(client_id=202, client="Garage Lemoine")), (ANNE, KARIM))
PREVIEW = PreviewView(
    TODAY,
    120,
    34,
    (SumView(412_000_00, "EUR"), SumView(9_000_00, "USD")),
    (
        PreviewPersonView(ANNE, 12, (SumView(120_000_00, "EUR"),)),
        PreviewPersonView(KARIM, 1, (SumView(4_000_00, "EUR"),), is_active=True),
    ),
    (a_line(person="Anne"), a_line(client="Garage Lemoine", days=12)),
    unowned_count=5,
    due_stated=120,
    due_terms=30,
    due_estimated=1,
    terms="30 FDM",
    kinds=((ClientKind.TILL, 2), (ClientKind.COLLECTIVE, 1)),
    receipts_until=date(2026, 11, 20),
)
REPORT = ImportReportView(
    501,
    "fec",
    "123456789FEC20261231.txt",
    2_040,
    2_038,
    2,
    TODAY,
    (RejectedRow(12, "EcritureDate", "not a date", "31/02"),),
    118,
    640,
    (TotalView("EUR", 512_345_67, 510_000_00, 2_345_67),),
    date(2026, 11, 20),
    12,
    ("Deux comptes sans nom",),
)
ENTITY = EntityStatusView(
    "Bois & Fils",
    "123456789",
    "ecritures.txt",
    NOW,
    TODAY,
    date(2026, 11, 20),
    Why.STALE_BOOKS,
    2,
)


def _finance() -> dict[str, Drawing]:
    stale = StaleBooksView("Bois & Fils", Why.RECEIPTS_LAG, date(2026, 11, 4), FRIDAY, 7)
    return {
        "digest": lambda voice: messages.digest(DIGEST, voice),
        "finance_digest": lambda voice: messages.digest(FINANCE_DIGEST, voice),
        "unowned": lambda voice: messages.unowned(UNOWNED, voice),
        "preview": lambda voice: messages.preview(PREVIEW, voice),
        "stale_books": lambda voice: messages.stale_books(stale, voice),
        "import_report": lambda voice: messages.import_report(REPORT, voice),
        "import_status": lambda voice: messages.import_status((ENTITY,), voice),
        "import_status_empty": lambda voice: messages.import_status((), voice),
        "help": lambda voice: messages.help_message(voice, is_admin=True),
    }


CHOICES = ChoicesView(
    "dupond",
    (
        ChoiceView(201, "Dupont SARL", "C0101", "Lyon", "123456789"),
        ChoiceView(202, "Menuiserie Dupond", "C0102"),
    ),
)
HISTORY = HistoryView(
    201,
    "Menuiserie Roy",
    TODAY,
    (an_event(EventKind.PROMISED), an_event(EventKind.NOTED, note=NOTE)),
    older_before=77,
)


def _balances() -> dict[str, Drawing]:
    shared = SharedBalanceView("Menuiserie Roy", "C0412", ANNE, TODAY, (EUROS,), BOOKS)
    refused = RefusedView(KARIM, "Menuiserie Roy", (EUROS, DOLLARS))
    return {
        "balance": lambda voice: messages.balance(a_balance(), voice),
        "balance_choices": lambda voice: messages.balance_choices(CHOICES, voice),
        "balance_one_choice": lambda voice: messages.balance_choices(
            ChoicesView("dupond", CHOICES.choices[:1]), voice
        ),
        "balance_nothing": lambda voice: messages.balance_choices(ChoicesView("zzz"), voice),
        "balance_no_query": lambda voice: messages.balance_choices(ChoicesView(""), voice),
        "balance_refused": lambda voice: messages.balance_refused(RefusedView(KARIM), voice),
        "balance_totals": lambda voice: messages.balance_refused(refused, voice),
        "shared_balance": lambda voice: messages.shared_balance(shared, voice),
        "history": lambda voice: messages.history(HISTORY, voice),
    }


HOME = HomeView(
    TODAY,
    "Anne Morel",
    (SumView(32_480_00, "EUR"),),
    (SumView(98_900_00, "EUR"),),
    14,
    (a_line(),),
    3,
    (a_line(),),
    (a_task(),),
    (a_line(),),
    freshness=BOOKS,
)
FINANCE_HOME = HomeView(
    TODAY,
    "Fiona Leroy",
    (SumView(32_480_00, "EUR"),),
    (SumView(98_900_00, "EUR"),),
    120,
    handovers=(a_line(handover_id=301, person="Anne"),),
    unowned_count=2,
    entities=(ENTITY,),
    is_finance=True,
    is_admin=True,
    is_active=False,
)


def _homes() -> dict[str, Drawing]:
    return {
        "home": lambda voice: messages.home(HOME, voice),
        "home_finance": lambda voice: messages.home(FINANCE_HOME, voice),
    }


def _refusals() -> dict[str, Drawing]:
    return {
        "not_saved": refusals.not_saved,
        "already_handled": lambda voice: refusals.already_handled("Fiona", NOW, voice),
        "failed": lambda voice: refusals.failed("K7Q2", voice),
        "stranger": refusals.stranger,
        "saved": refusals.saved,
        "shared": refusals.shared,
    }


def _forms() -> dict[str, Drawing]:
    drawn: dict[str, Drawing] = {
        f"note_form_{outcome or 'first'}": lambda voice, outcome=outcome: modals.note_form(  # type: ignore[misc]
            NoteFormView(a_form(), outcome), voice
        )
        for outcome in (None, *Outcome)
    }
    people = (ANNE, KARIM)
    assign = AssignFormView(((201, "Menuiserie Roy"), (202, "Garage Lemoine")), people, (201,))
    picker = ClientPickerView("Mme Roy a appelé", ((201, "Menuiserie Roy"),))
    return drawn | {
        "promise_form": lambda voice: forms.promise_form(a_form(), voice),
        "dispute_form": lambda voice: forms.dispute_form(a_form(), voice),
        "snooze_form": lambda voice: forms.snooze_form(a_form(), voice),
        "hand_over_form": lambda voice: forms.hand_over_form(a_form(), voice),
        "return_form": lambda voice: forms.return_form(a_form(handover_id=301), voice),
        "extend_form": lambda voice: forms.extend_form(a_form(), voice),
        "assign_form": lambda voice: forms.assign_form(assign, voice),
        "share_form": lambda voice: forms.share_form(a_form(), "C0ANNE", voice),
        "pick_client_form": lambda voice: forms.pick_client_form(picker, voice),
        "settings_form": lambda voice: settings_form(SettingsFormView(), voice),
    }


SAMPLES: dict[str, Drawing] = {
    **_alerts(),
    **_events(),
    **_news(),
    **_threads(),
    **_handovers(),
    **_finance(),
    **_balances(),
    **_homes(),
    **_refusals(),
    **_forms(),
}
REASONS = tuple(Reason(rule, 1, 31, 12_480_00, 10_000_00, 2, "EUR") for rule in Rule)
