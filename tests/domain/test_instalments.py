"""Plans of payments: shared by month, checked field by field, judged one by one."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.instalments import Instalment, TypedInstalment, count_paid, monthly, read_plan
from bot.domain.lifecycle import PromiseState
from bot.domain.promises import LivePromise, Verdict, judge, next_payment

TODAY = date(2026, 11, 24)
PLAN = (Instalment(200_00, date(2026, 11, 27)), Instalment(300_00, date(2026, 12, 28)))
PROMISE = LivePromise(
    id=1,
    client_id=1,
    alert_id=None,
    by_id=None,
    minor=500_00,
    currency="EUR",
    made_on=TODAY,
    due_on=PLAN[0].due_on,
    received_minor=0,
    plan=PLAN,
)


def typed(amount: str, day: date | None, number: int = 1) -> TypedInstalment:
    return TypedInstalment(f"amount_{number}", f"day_{number}", amount, day)


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (date(2026, 11, 30), [date(2026, 11, 30), date(2026, 12, 30), date(2027, 1, 30)]),
        (date(2026, 12, 31), [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]),
    ],
)
def test_monthly_payments_keep_the_day_or_take_the_last_of_a_short_month(
    first: date, days: list[date]
) -> None:
    assert [one.due_on for one in monthly(900_00, first, 3)] == days


def test_a_cent_that_does_not_divide_goes_to_the_first_payment() -> None:
    assert [one.minor for one in monthly(100_00, TODAY, 3)] == [33_34, 33_33, 33_33]


def test_a_plan_that_adds_up_is_taken_as_typed() -> None:
    lines = [typed("200", TODAY), typed("300,00", date(2026, 12, 24), 2)]
    plan, problems = read_plan(lines, "EUR", 500_00, TODAY)
    assert (plan, problems) == (
        (Instalment(200_00, TODAY), Instalment(300_00, date(2026, 12, 24))),
        (),
    )


def test_a_plan_whose_total_is_not_readable_is_checked_for_the_rest_only() -> None:
    assert read_plan([typed("200", TODAY)], "EUR", None, TODAY)[1] == ()


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([typed("200", TODAY), typed("200", date(2026, 12, 24), 2)], "amount_2"),
        ([typed("beaucoup", TODAY), typed("300", date(2026, 12, 24), 2)], "amount_1"),
        ([typed("200", None), typed("300", date(2026, 12, 24), 2)], "day_1"),
        ([typed("200", TODAY), typed("300", date(2028, 1, 1), 2)], "day_2"),
        ([typed("200", TODAY), typed("300", TODAY, 2)], "day_2"),
    ],
)
def test_what_is_wrong_in_a_plan_is_said_at_its_field(
    lines: list[TypedInstalment], field: str
) -> None:
    plan, problems = read_plan(lines, "EUR", 500_00, TODAY)
    assert (plan, [one.field for one in problems]) == ((), [field])


@pytest.mark.parametrize(("received", "paid"), [(0, 0), (199_99, 0), (200_00, 1), (500_00, 2)])
def test_payments_are_covered_from_the_first(received: int, paid: int) -> None:
    assert count_paid(PLAN, received) == paid


def test_a_plan_awaits_the_first_payment_that_is_not_in() -> None:
    assert next_payment(replace(PROMISE, received_minor=200_00)) == PLAN[1]


@pytest.mark.parametrize(
    ("received", "today", "verdict"),
    [
        (0, date(2026, 12, 1), None),
        (0, date(2026, 12, 2), Verdict(PromiseState.BROKEN, 0)),
        (150_00, date(2026, 12, 2), Verdict(PromiseState.BROKEN, 150_00)),
        (200_00, date(2026, 12, 2), None),
        (200_00, date(2026, 12, 31), Verdict(PromiseState.BROKEN, 200_00)),
        (500_00, date(2026, 12, 2), Verdict(PromiseState.KEPT, 500_00)),
    ],
)
def test_the_first_payment_missing_after_its_grace_breaks_the_plan(
    received: int, today: date, verdict: Verdict | None
) -> None:
    assert judge(replace(PROMISE, received_minor=received), today, Calendar()) == verdict
