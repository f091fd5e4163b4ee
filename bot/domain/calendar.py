"""Business days and office hours: closed on weekends, holidays and the company's own closings."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a company works: `closings` are inclusive (first, last) days, hours are local.

    Holidays come in as dates, so that the rules need no library.
    """

    holidays: frozenset[date] = frozenset()
    closings: tuple[tuple[date, date], ...] = ()
    opens_hour: int = 9
    closes_hour: int = 18

    def is_business_day(self, day: date) -> bool:
        """Say whether the company works that day."""
        if day.weekday() >= _SATURDAY or day in self.holidays:
            return False
        return not any(first <= day <= last for first, last in self.closings)

    def add_business_days(self, day: date, count: int) -> date:
        """Return the `count`-th business day after `day`; `day` itself when `count` is 0."""
        while count > 0:
            day += _ONE_DAY
            count -= self.is_business_day(day)
        return day

    def subtract_business_days(self, day: date, count: int) -> date:
        """Return the `count`-th business day before `day`; `day` itself when `count` is 0."""
        while count > 0:
            day -= _ONE_DAY
            count -= self.is_business_day(day)
        return day

    def business_days_between(self, start: date, end: date) -> int:
        """Count the business days after `start` up to and including `end`; 0 when not later."""
        days = range(1, (end - start).days + 1)
        return sum(self.is_business_day(start + timedelta(days=n)) for n in days)

    def is_working_minute(self, instant: datetime, time_zone: str) -> bool:
        """Say whether somebody living in `time_zone` is at work at `instant`."""
        local = instant.astimezone(ZoneInfo(time_zone))
        open_now = self.opens_hour <= local.hour < self.closes_hour
        return open_now and self.is_business_day(local.date())

    def next_working_minute(self, instant: datetime, time_zone: str) -> datetime:
        """Return `instant` (UTC) when at work in `time_zone`, else the next opening there."""
        if self.is_working_minute(instant, time_zone):
            return instant.astimezone(UTC)
        zone = ZoneInfo(time_zone)
        local = instant.astimezone(zone)
        day = local.date()
        if local.hour >= self.opens_hour or not self.is_business_day(day):
            day = self.add_business_days(day, 1)
        return datetime.combine(day, time(self.opens_hour), zone).astimezone(UTC)
