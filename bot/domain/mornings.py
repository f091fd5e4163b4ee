"""Which of a person's alerts are for this morning."""

from datetime import date, datetime

from bot.domain.calendar import Calendar
from bot.domain.lifecycle import AlertState
from bot.domain.window import Window, last_day

# A client who is usually this late deserves a call before the due date.
HABITUALLY_LATE_DAYS = 5


def is_to_decide(
    state: AlertState, state_ends_on: date | None, shown_on: date | None, today: date
) -> bool:
    """Say whether an alert waits for a decision today.

    Not those posted this morning, nor those somebody is working on until a later day.
    """
    if shown_on == today:
        return False
    match state:
        case AlertState.OPEN | AlertState.RETURNED:
            return True
        case AlertState.ACKNOWLEDGED:
            return state_ends_on is not None and state_ends_on <= today
        case _:
            return False


def is_new(
    state: AlertState, opened_at: datetime, shown_at: datetime | None, since: datetime
) -> bool:
    """Say whether an alert nobody acted on was first seen after the last digest."""
    return state is AlertState.OPEN and (shown_at or opened_at) >= since


def is_leaving(
    state: AlertState, window: Window, today: date, warning_days: int, calendar: Calendar
) -> bool:
    """Say whether an alert goes to finance within `warning_days` business days."""
    ends_on = last_day(window, state, today)
    if ends_on is None or window.is_suspended(today):
        return False
    return calendar.business_days_between(today, ends_on) <= warning_days


def is_week_start(today: date, calendar: Calendar) -> bool:
    """Say whether `today` is the first business day of its week."""
    before = calendar.subtract_business_days(today, 1)
    return calendar.is_business_day(today) and before.isocalendar()[:2] != today.isocalendar()[:2]


def is_month_start(today: date, calendar: Calendar) -> bool:
    """Say whether `today` is the first business day of its month."""
    before = calendar.subtract_business_days(today, 1)
    return calendar.is_business_day(today) and before.month != today.month
