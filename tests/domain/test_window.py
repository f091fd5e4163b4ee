"""The one clock: started when shown, stopped by promises, extended once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import window as clock
from bot.domain.calendar import Calendar
from bot.domain.policy import DEFAULT
from bot.domain.window import Window

PLAIN = Calendar()
SHOWN = date(2026, 11, 24)
RUNNING = clock.start(SHOWN, DEFAULT, PLAIN)


def test_the_window_is_ten_business_days_from_the_showing() -> None:
    assert RUNNING.ends_on == date(2026, 12, 8)


def test_a_promise_stops_the_clock_until_its_date() -> None:
    stopped = clock.suspend(RUNNING, date(2026, 11, 26), date(2026, 11, 30), PLAIN)
    assert (stopped.left_days, stopped.ends_on) == (8, date(2026, 12, 10))


def test_a_later_promise_keeps_the_days_left() -> None:
    stopped = clock.suspend(RUNNING, date(2026, 11, 26), date(2026, 11, 30), PLAIN)
    longer = clock.suspend(stopped, date(2026, 11, 27), date(2026, 12, 2), PLAIN)
    assert (longer.left_days, longer.suspended_until) == (8, date(2026, 12, 2))


def test_an_earlier_date_does_not_shorten_a_suspension() -> None:
    stopped = clock.suspend(RUNNING, SHOWN, date(2026, 12, 2), PLAIN)
    assert clock.suspend(stopped, SHOWN, date(2026, 11, 25), PLAIN) == stopped


def test_a_withdrawn_promise_lets_the_clock_run_again() -> None:
    stopped = clock.suspend(RUNNING, SHOWN, date(2026, 12, 2), PLAIN)
    assert clock.resume(stopped, date(2026, 11, 26), PLAIN).ends_on == date(2026, 12, 10)


def test_resuming_after_the_date_changes_no_end() -> None:
    stopped = clock.suspend(RUNNING, SHOWN, date(2026, 12, 2), PLAIN)
    assert clock.resume(stopped, date(2026, 12, 3), PLAIN).ends_on == stopped.ends_on


def test_a_client_never_shown_has_no_clock() -> None:
    assert clock.suspend(Window(), SHOWN, SHOWN, PLAIN) == Window()
    assert clock.extend(Window(), DEFAULT, PLAIN) == Window()
    assert not clock.is_ending(Window(), SHOWN, DEFAULT, PLAIN)
    assert not clock.is_over(Window(), SHOWN)


def test_the_window_is_extended_once() -> None:
    longer = clock.extend(RUNNING, DEFAULT, PLAIN)
    assert longer.ends_on == date(2026, 12, 15)
    assert clock.extend(longer, DEFAULT, PLAIN) == longer


def test_an_extension_while_stopped_adds_to_the_days_left() -> None:
    stopped = clock.suspend(RUNNING, SHOWN, date(2026, 12, 2), PLAIN)
    assert clock.extend(stopped, DEFAULT, PLAIN).left_days == 15


def test_the_end_is_near_two_business_days_before() -> None:
    assert not clock.is_ending(RUNNING, date(2026, 12, 3), DEFAULT, PLAIN)
    assert clock.is_ending(RUNNING, date(2026, 12, 4), DEFAULT, PLAIN)


def test_the_last_day_still_belongs_to_the_owner() -> None:
    assert not clock.is_over(RUNNING, date(2026, 12, 8))
    assert clock.is_over(RUNNING, date(2026, 12, 9))


def test_a_stopped_clock_is_never_over() -> None:
    stopped = clock.suspend(RUNNING, date(2026, 12, 8), date(2027, 1, 8), PLAIN)
    assert not clock.is_over(stopped, date(2027, 1, 8))


@given(st.integers(0, 30), st.integers(0, 60))
def test_a_suspension_never_takes_days_away(at: int, until: int) -> None:
    today = PLAIN.add_business_days(SHOWN, at)
    stopped = clock.suspend(RUNNING, today, PLAIN.add_business_days(SHOWN, until), PLAIN)
    assert RUNNING.ends_on is not None
    assert stopped.ends_on is not None
    assert stopped.ends_on >= min(RUNNING.ends_on, today) or stopped.ends_on >= today
