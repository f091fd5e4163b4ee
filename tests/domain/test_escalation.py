"""When a file goes to finance, and who hears that nobody took it."""

from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.escalation import (
    OfferedHandover,
    Reminder,
    may_offer,
    reminder_due,
)
from bot.domain.lifecycle import AlertState

TUESDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)
THURSDAY = date(2026, 11, 26)


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
