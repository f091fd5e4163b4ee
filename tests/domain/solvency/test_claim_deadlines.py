"""Claims are due date to date, on a working day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.solvency.claim_deadlines import (
    claim_deadline,
    months_after,
    relief_deadline,
    retention_deadline,
)

HOLIDAYS = frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29), date(2026, 5, 1)})
LEGAL = Calendar(HOLIDAYS)


@pytest.mark.parametrize(
    ("published", "deadline"),
    [
        (date(2026, 9, 29), date(2026, 11, 30)),  # 29 November is a Sunday
        (date(2026, 10, 25), date(2026, 12, 28)),  # Christmas, then a week-end
        (date(2026, 12, 31), date(2027, 3, 1)),  # no 31 February; the 28th is a Sunday
        (date(2027, 12, 31), date(2028, 2, 29)),  # leap year
        (date(2026, 12, 28), date(2027, 3, 1)),
        (date(2026, 3, 1), date(2026, 5, 4)),  # 1 May, then a week-end
        (date(2026, 7, 15), date(2026, 9, 15)),
    ],
)
def test_two_months_date_to_date(published: date, deadline: date) -> None:
    assert claim_deadline(published, LEGAL) == deadline


def test_four_months_from_outside_metropolitan_france() -> None:
    assert claim_deadline(date(2026, 9, 29), LEGAL, outside_metropole=True) == date(2027, 1, 29)


def test_goods_under_retention_of_title_have_three_months() -> None:
    assert retention_deadline(date(2026, 12, 29), LEGAL) == date(2027, 3, 30)


def test_relief_may_be_asked_for_six_months() -> None:
    assert relief_deadline(date(2026, 3, 2), LEGAL) == date(2026, 9, 2)


def test_the_companys_own_closing_moves_no_legal_deadline() -> None:
    closed = Calendar(HOLIDAYS, closings=((date(2026, 9, 1), date(2026, 9, 30)),))
    assert claim_deadline(date(2026, 7, 15), closed) == date(2026, 9, 15)


@given(st.dates(date(2008, 1, 1), date(2100, 1, 1)), st.integers(0, 24))
def test_the_day_stays_or_is_the_months_last(day: date, count: int) -> None:
    after = months_after(day, count)
    assert after.day == day.day or (after + timedelta(days=1)).day == 1 < after.day < day.day


@given(st.dates(date(2008, 1, 1), date(2100, 1, 1)))
def test_the_deadline_is_a_working_day(day: date) -> None:
    assert LEGAL.is_business_day(claim_deadline(day, LEGAL))
