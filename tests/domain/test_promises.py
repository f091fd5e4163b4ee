"""A promise is judged by what came in, then by its date."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.lifecycle import PromiseState
from bot.domain.promises import LivePromise, Verdict, judge

FRIDAY = date(2026, 11, 27)
LAST_DAY_OF_GRACE = date(2026, 12, 1)
AFTER_GRACE = date(2026, 12, 2)
PROMISE = LivePromise(
    id=1,
    client_id=1,
    alert_id=None,
    by_id=None,
    minor=500_00,
    currency="EUR",
    made_on=date(2026, 11, 20),
    due_on=FRIDAY,
    received_minor=0,
)


@pytest.mark.parametrize(
    ("received", "today", "verdict"),
    [
        (500_00, date(2026, 11, 21), Verdict(PromiseState.KEPT, 500_00)),
        (900_00, AFTER_GRACE, Verdict(PromiseState.KEPT, 500_00)),
        (0, FRIDAY, None),
        (200_00, LAST_DAY_OF_GRACE, None),
        (200_00, AFTER_GRACE, Verdict(PromiseState.KEPT_IN_PART, 200_00)),
        (0, AFTER_GRACE, Verdict(PromiseState.BROKEN, 0)),
        (-100, AFTER_GRACE, Verdict(PromiseState.BROKEN, 0)),
    ],
)
def test_money_keeps_a_promise_and_two_business_days_after_its_date_break_it(
    received: int, today: date, verdict: Verdict | None
) -> None:
    assert judge(replace(PROMISE, received_minor=received), today, Calendar()) == verdict


def test_books_older_than_its_date_never_break_a_promise() -> None:
    unread = replace(PROMISE, books_until=date(2026, 11, 26))
    assert judge(unread, AFTER_GRACE, Calendar()) is None


def test_books_read_on_its_date_can_break_it() -> None:
    read = replace(PROMISE, books_until=FRIDAY)
    assert judge(read, AFTER_GRACE, Calendar()) == Verdict(PromiseState.BROKEN, 0)


@pytest.mark.parametrize(
    ("received", "state"), [(100, PromiseState.KEPT), (0, PromiseState.REPLACED)]
)
def test_a_promise_is_not_broken_when_nothing_is_owed_any_more(
    received: int, state: PromiseState
) -> None:
    paid_up = replace(PROMISE, received_minor=received, owed_minor=0)
    assert judge(paid_up, AFTER_GRACE, Calendar()) == Verdict(state, received)


def test_a_promise_of_a_client_who_still_owes_waits_for_its_date() -> None:
    assert judge(replace(PROMISE, owed_minor=1), FRIDAY, Calendar()) is None
