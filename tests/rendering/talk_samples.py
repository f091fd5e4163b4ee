"""Alerts, their threads and handovers, in each of their shapes."""

from datetime import date

from bot.domain.follow_ups import TaskKind
from bot.domain.ledger import SettledBy
from bot.domain.lifecycle import AlertState, HandoverState
from bot.domain.solvency.cover import CoverStep
from bot.rendering import messages
from bot.rendering.alert_messages import AlertGivenView
from bot.rendering.follow_up_views import LeavingView, PromiseBrokenView
from bot.rendering.team_views import (
    HandoverReminderView,
    LimitView,
)
from bot.rendering.views import (
    AlertEventView,
    AlertNewsView,
    CoverView,
    EventKind,
    MuteView,
    News,
    ResolutionView,
)
from tests.rendering.sample import Sample
from tests.rendering.views import (
    ANNE,
    DISPUTE,
    ESTIMATED,
    FIONA,
    KARIM,
    NOTE,
    NOW,
    PROMISE,
    TODAY,
    a_handover,
    a_line,
    a_task,
    an_alert,
)

PAID = ResolutionView(SettledBy.RECEIPT, 12_480_40, 34)
FRIDAY = date(2026, 11, 27)


def alerts() -> dict[str, Sample]:
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
        "frozen": an_alert(
            is_frozen=True,
            cover=CoverView(CoverStep.DECLARE, TODAY, TODAY, 4_160_25, "EUR"),
        ),
        "muted": an_alert(mute=MuteView(date(2026, 12, 24), "procès", "Fiona")),
        "muted_by_the_command_line": an_alert(mute=MuteView(date(2026, 12, 24), "procès")),
        "resolved": an_alert(state=AlertState.RESOLVED, resolution=PAID),
        "written_off": an_alert(
            state=AlertState.WRITTEN_OFF, resolution=ResolutionView(SettledBy.WRITE_OFF, 900_00)
        ),
    }
    drawn = {f"alert_{name}": Sample(messages.alert, view) for name, view in views.items()}
    given = {
        "by": AlertGivenView("Menuiserie Roy", "Karim", "Nadia"),
        "import": AlertGivenView("Menuiserie Roy", "Karim"),
        "away": AlertGivenView("Menuiserie Roy", by="Nadia"),
        "nobody": AlertGivenView("Menuiserie Roy"),
    }
    return drawn | {
        f"alert_given_{name}": Sample(messages.alert_given, view) for name, view in given.items()
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
        "ends_on": date(2026, 12, 15),
        "text": "un échéancier passerait",
        "task_kind": TaskKind.SEND_INVOICE,
    }
    return AlertEventView(**(plain | changes))  # type: ignore[arg-type]


ASKING = (EventKind.RETURNED, EventKind.HANDOVER_PROPOSED, EventKind.EXPIRED)


def events() -> dict[str, Sample]:
    views = {
        kind.value: an_event(kind, mention=ANNE if kind in ASKING else None)
        for kind in EventKind
        if kind is not EventKind.NOTED
    }
    views["noted"] = an_event(EventKind.NOTED, note=NOTE)
    return {f"event_{name}": Sample(messages.alert_event, view) for name, view in views.items()}


def news() -> dict[str, Sample]:
    return {
        f"news_{news}": Sample(
            messages.alert_news,
            AlertNewsView(
                101, 201, "Menuiserie Roy", "EUR", news, 3, 15_600_00, 46, 12_480_00, ANNE
            ),
        )
        for news in News
    }


BROKEN_PROMISE = PromiseBrokenView(
    201, 101, "Menuiserie Roy", "EUR", 5_000_00, 0, date(2026, 11, 20), 2, 12_480_40, 31, ANNE
)
LEAVING = LeavingView(101, 201, "Menuiserie Roy", "EUR", 12_480_40, 31, FRIDAY, ANNE, True)


def threads() -> dict[str, Sample]:
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
    seen = a_task(done_by="", done_at=NOW)
    return {
        "promise_broken": Sample(messages.promise_broken, BROKEN_PROMISE),
        "promise_broken_finance": Sample(messages.promise_broken, to_finance),
        "window_ending": Sample(messages.window_ending, LEAVING),
        "team_leaving": Sample(messages.team_leaving, LEAVING),
        "manager_level3": Sample(messages.manager_level3, LEAVING),
        "limit_near": Sample(messages.limit, near),
        "limit_above": Sample(messages.limit, above),
        "task": Sample(messages.task, a_task(owner=FIONA)),
        "task_over": Sample(messages.task, done),
        "task_done": Sample(messages.task_done, done),
        "task_seen_done": Sample(messages.task, seen),
        "task_done_by_the_books": Sample(messages.task_done, seen),
    }


def handovers() -> dict[str, Sample]:
    views = {
        "offered": a_handover(disputes=(DISPUTE,)),
        "automatic": a_handover(by=None, opinion="", cover_minor=15_000_00),
        "taken": a_handover(state=HandoverState.TAKEN, limit_minor=20_000_00),
        "returned": a_handover(state=HandoverState.RETURNED, question="A-t-il reçu l’avoir ?"),
        "taken_back": a_handover(state=HandoverState.TAKEN_BACK, answered_by="Anne"),
        "closed": a_handover(state=HandoverState.CLOSED, resolution=PAID),
    }
    drawn: dict[str, Sample] = {
        f"handover_{name}": Sample(messages.handover, view) for name, view in views.items()
    }
    waiting = HandoverReminderView((a_line(handover_id=301, person="Anne"),))
    again = HandoverReminderView(waiting.handovers, KARIM)
    drawn["handover_reminder"] = Sample(messages.handover_reminder, waiting)
    drawn["handover_reminder_manager"] = Sample(messages.handover_reminder, again)
    return drawn
