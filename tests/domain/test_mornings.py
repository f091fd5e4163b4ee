"""What is for this morning, and what is not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.calendar import Calendar
from bot.domain.lifecycle import AlertState
from bot.domain.mornings import is_leaving, is_month_start, is_new, is_to_decide, is_week_start
from bot.domain.window import Window

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("state", "ends_on", "shown_on", "expected"),
    [
        (AlertState.OPEN, None, MONDAY, True),
        (AlertState.OPEN, None, None, True),
        (AlertState.OPEN, None, TUESDAY, False),
        (AlertState.RETURNED, THURSDAY, MONDAY, True),
        (AlertState.ACKNOWLEDGED, TUESDAY, MONDAY, True),
        (AlertState.ACKNOWLEDGED, THURSDAY, MONDAY, False),
        (AlertState.ACKNOWLEDGED, None, MONDAY, False),
        (AlertState.PROMISED, MONDAY, MONDAY, False),
        (AlertState.TAKEN, None, MONDAY, False),
    ],
)
def test_an_alert_is_to_decide_when_nobody_works_on_it_and_it_was_not_posted_today(
    state: AlertState, ends_on: date | None, shown_on: date | None, expected: bool
) -> None:
    assert is_to_decide(state, ends_on, shown_on, TUESDAY) is expected


SINCE = datetime(2026, 11, 23, 8, tzinfo=UTC)
BEFORE = SINCE - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("state", "opened_at", "shown_at", "expected"),
    [
        (AlertState.OPEN, BEFORE, SINCE, True),
        (AlertState.OPEN, BEFORE, BEFORE, False),
        (AlertState.OPEN, SINCE, None, True),
        (AlertState.OPEN, BEFORE, None, False),
        (AlertState.RETURNED, SINCE, SINCE, False),
    ],
)
def test_an_alert_is_new_until_the_digest_after_it_was_first_shown(
    state: AlertState, opened_at: datetime, shown_at: datetime | None, expected: bool
) -> None:
    assert is_new(state, opened_at, shown_at, SINCE) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (MONDAY, True),
        (TUESDAY, False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 28), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_week_starts_on_its_first_business_day(day: date, expected: bool) -> None:
    assert is_week_start(day, Calendar()) is expected


@pytest.mark.parametrize(
    ("state", "window", "expected"),
    [
        (AlertState.OPEN, Window(THURSDAY), True),
        (AlertState.OPEN, Window(TUESDAY), True),
        (AlertState.OPEN, Window(date(2026, 11, 27)), False),
        (AlertState.OPEN, Window(MONDAY), False),
        (AlertState.OPEN, Window(), False),
        (AlertState.OPEN, Window(THURSDAY, 0, THURSDAY), False),
        (AlertState.TAKEN, Window(THURSDAY), False),
        (AlertState.RESOLVED, Window(THURSDAY), False),
    ],
)
def test_a_manager_sees_what_leaves_within_two_business_days(
    state: AlertState, window: Window, expected: bool
) -> None:
    assert is_leaving(state, window, TUESDAY, 2, Calendar()) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 1), True),
        (date(2026, 12, 2), False),
        (date(2026, 11, 2), True),
        (date(2026, 11, 1), False),
    ],
)
def test_a_month_starts_on_its_first_business_day(day: date, expected: bool) -> None:
    assert is_month_start(day, Calendar()) is expected
