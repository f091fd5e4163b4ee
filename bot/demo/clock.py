"""The demo's movable clock: real time, shifted; it starts at 10:00 on the latest business day."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def latest_business_day(today: date, holidays: frozenset[date] = frozenset()) -> date:
    """Return `today`, or the last day before it that is neither at the week-end nor a holiday."""
    while today.weekday() > 4 or today in holidays:
        today -= timedelta(days=1)
    return today


class MovableClock:
    """Runs at the speed of real time from wherever it was last set; never goes back."""

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._shift = start - datetime.now(UTC)

    def __call__(self) -> datetime:
        """Return the demo's instant, aware UTC."""
        with self._lock:
            return datetime.now(UTC) + self._shift

    def move_to(self, instant: datetime) -> None:
        """Jump forward to `instant`; an earlier one changes nothing."""
        with self._lock:
            self._shift = max(self._shift, instant - datetime.now(UTC))

    def next_morning(self, holidays: frozenset[date] = frozenset()) -> datetime:
        """Jump to 9:00 in Paris on the next business day and return that instant."""
        day = self().astimezone(PARIS).date() + timedelta(days=1)
        while day.weekday() > 4 or day in holidays:
            day += timedelta(days=1)
        self.move_to(datetime.combine(day, time(9), PARIS).astimezone(UTC))
        return self()


def ten_o_clock(day: date, zone: ZoneInfo = PARIS) -> datetime:
    """Return 10:00 that day in `zone`, aware UTC."""
    return datetime.combine(day, time(10), zone).astimezone(UTC)
