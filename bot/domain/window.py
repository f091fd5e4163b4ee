"""The good-cop window: the one clock that decides when finance takes over."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.calendar import Calendar
from bot.domain.lifecycle import AlertState
from bot.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Window:
    """Where the clock stands. `ends_on` is the owner's last day; None until they are shown it.

    While suspended, `left_days` keeps the business days still to run and `ends_on` is where they
    lead if the suspension lasts until its date.
    """

    ends_on: date | None = None
    left_days: int | None = None
    suspended_until: date | None = None
    warned: bool = False
    extended: bool = False

    def is_suspended(self, today: date) -> bool:
        """Say whether a promise, a dispute or an agreed next step stops the clock today."""
        return self.suspended_until is not None and today <= self.suspended_until


def start(shown_on: date, policy: Policy, calendar: Calendar) -> Window:
    """Return the window of a client its owner was shown on `shown_on`."""
    return Window(ends_on=calendar.add_business_days(shown_on, policy.window_days))


def suspend(window: Window, today: date, until: date, calendar: Calendar) -> Window:
    """Return the window stopped until `until`, or later if it already was."""
    if window.ends_on is None:
        return window
    left = window.left_days
    if left is None or not window.is_suspended(today):
        left = calendar.business_days_between(today, window.ends_on)
    until = max(until, today, window.suspended_until or until)
    return replace(
        window,
        left_days=left,
        suspended_until=until,
        ends_on=calendar.add_business_days(until, left),
        warned=False,
    )


def resume(window: Window, today: date, calendar: Calendar) -> Window:
    """Return the window running again from today, as when a promise is broken or withdrawn."""
    if window.left_days is None or not window.is_suspended(today):
        return replace(window, left_days=None, suspended_until=None)
    ends_on = calendar.add_business_days(today, window.left_days)
    return replace(window, left_days=None, suspended_until=None, ends_on=ends_on)


def extend(window: Window, policy: Policy, calendar: Calendar) -> Window:
    """Return the window with its one extension; the warning is due again."""
    if window.ends_on is None or window.extended:
        return window
    days = policy.window_extension_days
    return replace(
        window,
        ends_on=calendar.add_business_days(window.ends_on, days),
        left_days=None if window.left_days is None else window.left_days + days,
        extended=True,
        warned=False,
    )


def is_ending(window: Window, today: date, policy: Policy, calendar: Calendar) -> bool:
    """Say whether the owner must be told now that the window closes soon."""
    if window.ends_on is None or window.warned or window.is_suspended(today):
        return False
    return calendar.business_days_between(today, window.ends_on) <= policy.window_warning_days


def last_day(window: Window, state: AlertState, today: date) -> date | None:
    """Return the owner's last day; None when no clock runs: not shown yet, with finance, over."""
    if state.is_with_finance or state.is_closed or window.ends_on is None:
        return None
    return None if is_over(window, today) else window.ends_on


def is_over(window: Window, today: date) -> bool:
    """Say whether the owner's last day has passed with the clock running."""
    if window.ends_on is None or window.is_suspended(today):
        return False
    return today > window.ends_on
