"""Business days and office hours."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.sources.holidays_fr import french_holidays

CHRISTMAS = date(2026, 12, 25)
PLAIN = Calendar()
CLOSED = Calendar(frozenset({CHRISTMAS}), ((date(2026, 12, 28), date(2026, 12, 31)),))
PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("day", "open_then"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),
        (CHRISTMAS, False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 31), False),
    ],
)
def test_weekends_holidays_and_closings_are_not_worked(day: date, open_then: bool) -> None:
    assert CLOSED.is_business_day(day) is open_then


def test_days_are_counted_over_a_weekend() -> None:
    assert PLAIN.add_business_days(date(2026, 11, 27), 2) == date(2026, 12, 1)


def test_no_day_added_is_the_day_itself() -> None:
    assert PLAIN.add_business_days(date(2026, 11, 28), 0) == date(2026, 11, 28)


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(0, 40))
def test_counting_undoes_adding(day: date, count: int) -> None:
    assert CLOSED.business_days_between(day, CLOSED.add_business_days(day, count)) == count


def test_subtracting_goes_back_over_a_weekend() -> None:
    assert PLAIN.subtract_business_days(date(2026, 11, 30), 1) == date(2026, 11, 27)


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert PLAIN.business_days_between(date(2026, 11, 24), date(2026, 11, 20)) == 0


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-11-24T09:30", "2026-11-24T09:30"),
        ("2026-11-24T05:00", "2026-11-24T08:00"),
        ("2026-11-24T17:00", "2026-11-25T08:00"),
        ("2026-11-27T20:00", "2026-11-30T08:00"),
        ("2026-11-28T03:00", "2026-11-30T08:00"),
    ],
)
def test_a_message_waits_for_the_next_working_minute(instant: str, opening: str) -> None:
    asked = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(opening).replace(tzinfo=UTC)
    assert PLAIN.next_working_minute(asked, PARIS) == expected


def test_french_holidays_hold_the_national_day_and_alsace_has_more() -> None:
    assert date(2026, 7, 14) in french_holidays([2026])
    assert date(2026, 12, 26) in french_holidays([2026], "6AE")
