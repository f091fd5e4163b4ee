"""When a file can be given to finance, and who is told when nobody takes it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.calendar import Calendar
from bot.domain.lifecycle import AlertState

# A returned file waits this many business days for the answer to finance's question.
ANSWER_DAYS = 3


class Reminder(StrEnum):
    """Whom to remind of a handover nobody took."""

    FINANCE = "finance"
    FINANCE_MANAGER = "finance_manager"


@dataclass(frozen=True, slots=True)
class OfferedHandover:
    """A handover waiting for its answer; `*_on` are the local days its reminders went."""

    id: int
    take_by_on: date
    reminded_on: date | None = None
    escalated_on: date | None = None


def reminder_due(handover: OfferedHandover, today: date, calendar: Calendar) -> Reminder | None:
    """Return who is told today that a handover is not taken: finance once, then its manager once.

    Finance the day after `take_by_on`; the manager one business day after finance was told.
    """
    if today <= handover.take_by_on or handover.escalated_on is not None:
        return None
    if handover.reminded_on is None:
        return Reminder.FINANCE
    late = today >= calendar.add_business_days(handover.reminded_on, 1)
    return Reminder.FINANCE_MANAGER if late else None


def may_offer(state: AlertState) -> bool:
    """Say whether an alert in this state can be handed over."""
    return not (state.is_closed or state.is_with_finance)
