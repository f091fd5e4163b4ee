"""When a file goes to finance, and who hears that nobody took it."""

from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.escalation import (
    HandoverReason,
    OfferedHandover,
    Reminder,
    automatic_reason,
    may_offer,
    reminder_due,
)
from bot.domain.lifecycle import AlertState
from bot.domain.window import Window

TUESDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)
THURSDAY = date(2026, 11, 26)
ENDED = Window(ends_on=TUESDAY)


@pytest.mark.parametrize(
    ("handover", "today", "who"),
    [
        (OfferedHandover(1, TUESDAY), TUESDAY, None),
        (OfferedHandover(1, TUESDAY), WEDNESDAY, Reminder.FINANCE),
        (OfferedHandover(1, TUESDAY, WEDNESDAY), WEDNESDAY, None),
        (OfferedHandover(1, TUESDAY, WEDNESDAY), THURSDAY, Reminder.FINANCE_MANAGER),
        (OfferedHandover(1, TUESDAY, WEDNESDAY, THURSDAY), date(2026, 12, 24), None),
    ],
)
def test_finance_is_reminded_once_then_its_manager_once(
    handover: OfferedHandover, today: date, who: Reminder | None
) -> None:
    assert reminder_due(handover, today, Calendar()) == who


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AlertState.OPEN, True),
        (AlertState.RETURNED, True),
        (AlertState.HANDED_OVER, False),
        (AlertState.TAKEN, False),
        (AlertState.RESOLVED, False),
    ],
)
def test_a_file_is_offered_once(state: AlertState, expected: bool) -> None:
    assert may_offer(state) is expected


@pytest.mark.parametrize(
    ("state", "window", "state_ends_on", "reason"),
    [
        (AlertState.OPEN, ENDED, None, HandoverReason.WINDOW_ENDED),
        (AlertState.ACKNOWLEDGED, ENDED, THURSDAY, HandoverReason.WINDOW_ENDED),
        (AlertState.OPEN, Window(ends_on=WEDNESDAY), None, None),
        (AlertState.OPEN, Window(), None, None),
        (AlertState.OPEN, Window(TUESDAY, 0, THURSDAY), None, None),
        (AlertState.PROMISED, ENDED, THURSDAY, None),
        (AlertState.SNOOZED, ENDED, THURSDAY, None),
        (AlertState.TAKEN, ENDED, None, None),
        (AlertState.RETURNED, ENDED, WEDNESDAY, None),
        (AlertState.RETURNED, ENDED, TUESDAY, HandoverReason.NOT_ANSWERED),
    ],
)
def test_a_file_leaves_by_itself_when_its_window_is_over_and_nothing_is_live(
    state: AlertState,
    window: Window,
    state_ends_on: date | None,
    reason: HandoverReason | None,
) -> None:
    assert automatic_reason(state, window, state_ends_on, WEDNESDAY) == reason
