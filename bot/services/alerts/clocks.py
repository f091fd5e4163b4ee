"""The good-cop window of a client, as it is said wherever the client appears."""

from datetime import date

from bot.domain.lifecycle import AlertState
from bot.domain.window import Window, last_day
from bot.rendering.views import ClockView


def clock_view(
    window: Window, state: AlertState | None, today: date, *, owner: str = ""
) -> ClockView | None:
    """Return the clock while it runs or waits for its owner; `owner` empty where they read."""
    ends_on = last_day(window, state, today) if state is not None else None
    if ends_on is None:
        return None
    return ClockView(ends_on, window.suspended_until if window.is_suspended(today) else None, owner)
