"""Books too old, or receipts too far behind, hold alerts back."""

from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.freshness import Books, judge_books
from bot.domain.policy import DEFAULT
from bot.domain.reasons import Why

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("as_of", "receipts", "sales", "why"),
    [
        (None, None, None, None),
        (date(2026, 11, 20), None, None, None),
        (date(2026, 11, 19), None, None, Why.STALE_BOOKS),
        (TODAY, date(2026, 11, 17), TODAY, None),
        (TODAY, date(2026, 11, 16), TODAY, Why.RECEIPTS_LAG),
        (TODAY, date(2026, 11, 16), date(2027, 1, 31), Why.RECEIPTS_LAG),
        (TODAY, TODAY, None, None),
    ],
)
def test_the_guard_compares_books_with_the_judged_day(
    as_of: date | None, receipts: date | None, sales: date | None, why: Why | None
) -> None:
    held = judge_books(Books(1, 2, as_of, receipts, sales), DEFAULT, TODAY, Calendar())
    assert (held.why if held else None) == why
