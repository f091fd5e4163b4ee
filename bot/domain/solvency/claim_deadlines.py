"""Until when a creditor may act once a proceeding is published, date to date."""

import calendar as months
from datetime import date

from bot.domain.calendar import Calendar

_CLAIM_MONTHS = 2
_CLAIM_MONTHS_FROM_AFAR = 4
_RETENTION_MONTHS = 3
_RELIEF_MONTHS = 6


def claim_deadline(
    published_on: date, calendar: Calendar, *, outside_metropole: bool = False
) -> date:
    """Return the last day to declare a claim: two months from the publication in BODACC.

    Four months for a creditor outside metropolitan France. Code de commerce, art. R622-24.
    """
    count = _CLAIM_MONTHS_FROM_AFAR if outside_metropole else _CLAIM_MONTHS
    return _moved(months_after(published_on, count), calendar)


def retention_deadline(published_on: date, calendar: Calendar) -> date:
    """Return the last day to claim goods under retention of title: three months.

    Code de commerce, art. L624-9.
    """
    return _moved(months_after(published_on, _RETENTION_MONTHS), calendar)


def relief_deadline(published_on: date, calendar: Calendar) -> date:
    """Return the last day to ask for relief from a late claim: six months (art. L622-26)."""
    return _moved(months_after(published_on, _RELIEF_MONTHS), calendar)


def months_after(day: date, count: int) -> date:
    """Return the same day `count` months later, or that month's last when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _moved(day: date, calendar: Calendar) -> date:
    """Move off Saturdays, Sundays and public holidays; the company's own closings do not count.

    Code de procédure civile, art. 642.
    """
    legal = Calendar(calendar.holidays)
    return day if legal.is_business_day(day) else legal.add_business_days(day, 1)
