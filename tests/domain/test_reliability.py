"""How far promises can be relied on."""

from datetime import date, timedelta

from bot.domain.lifecycle import PromiseState
from bot.domain.reliability import JudgedPromise, Reliability, reliability

DUE = date(2026, 11, 20)


def judged(state: PromiseState, late: int | None = None) -> JudgedPromise:
    return JudgedPromise(state, DUE, None if late is None else DUE + timedelta(days=late))


def test_promises_kept_are_counted_of_those_judged() -> None:
    two = [judged(PromiseState.KEPT), judged(PromiseState.KEPT_IN_PART)]
    assert reliability(two) == Reliability(kept=1, judged=2)


def test_delay_is_the_mean_of_those_paid_in_the_end_halves_up() -> None:
    two = [judged(PromiseState.KEPT, 0), judged(PromiseState.BROKEN, 9)]
    assert reliability(two).late_days == 5


def test_money_before_its_day_is_on_time_and_makes_up_for_nothing() -> None:
    two = [judged(PromiseState.KEPT, -4), judged(PromiseState.BROKEN, 4)]
    assert reliability(two).late_days == 2


def test_without_a_promise_nothing_is_said_of_delays() -> None:
    assert reliability([]) == Reliability(kept=0, judged=0, late_days=None)
