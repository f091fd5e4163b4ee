"""Whether the books are fresh enough for alerts to accuse anybody."""

from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import Calendar
from bot.domain.policy import Policy
from bot.domain.reasons import Held, Why


@dataclass(frozen=True, slots=True)
class Books:
    """How far an entity's books go; `receipts_until` is the latest bank entry or finance's word."""

    entity_id: int
    rhythm_days: int
    as_of: date | None = None
    receipts_until: date | None = None
    sales_until: date | None = None


def judge_books(books: Books, policy: Policy, today: date, calendar: Calendar) -> Held | None:
    """Return why alerts on these books wait, or None when they are fresh.

    They wait when the import is later than the entity's rhythm, or receipts lag sales by more
    than the policy's business days (DESIGN, section 3). Books never imported bar nothing.
    """
    if books.as_of is None:
        return None
    if calendar.business_days_between(books.as_of, today) > books.rhythm_days:
        return Held(Why.STALE_BOOKS, detail=books.as_of.isoformat())
    receipts, sales = books.receipts_until, books.sales_until
    if receipts is None or sales is None:
        return None
    if calendar.business_days_between(receipts, min(sales, today)) > policy.receipts_lag_days:
        return Held(Why.RECEIPTS_LAG, detail=receipts.isoformat())
    return None
