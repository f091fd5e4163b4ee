"""A promise paid in several times: dates and amounts that add up, each judged on its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.domain.errors import InvalidInput
from bot.domain.typed_amounts import check_amount, read_amount

PRESETS = (2, 3, 4)
FURTHEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a plan, in minor units, and its day."""

    minor: int
    due_on: date


@dataclass(frozen=True, slots=True)
class TypedInstalment:
    """One payment as typed: the fields' names, the amount's text, the day if one was chosen."""

    amount_field: str
    day_field: str
    amount_text: str
    due_on: date | None


def monthly(minor: int, first_on: date, count: int) -> tuple[Instalment, ...]:
    """Share an amount into `count` monthly payments; what does not divide goes to the first."""
    each, left = divmod(minor, count)
    return tuple(
        Instalment(each + (left if number == 0 else 0), _months_after(first_on, number))
        for number in range(count)
    )


def read_plan(
    typed: Sequence[TypedInstalment], currency: str, total_minor: int | None, today: date
) -> tuple[tuple[Instalment, ...], tuple[InvalidInput, ...]]:
    """Return the plan typed, and what is to be mended in it, at its fields.

    Amounts are above 0 and add up to the total; days go forward, from today to a year.
    """
    amounts: list[int] = []
    problems: list[InvalidInput] = []
    for one in typed:
        try:
            amounts.append(check_amount(read_amount(one.amount_text, currency)))
        except InvalidInput as problem:
            problems.append(InvalidInput(problem.message, field=one.amount_field))
    problems += _day_problems(typed, today)
    adds_up = total_minor is None or sum(amounts) == total_minor
    if typed and len(amounts) == len(typed) and not adds_up:
        field = typed[-1].amount_field
        problems.append(InvalidInput("The amounts must add up to the total.", field=field))
    days = [one.due_on for one in typed if one.due_on is not None]
    plan = () if problems else tuple(map(Instalment, amounts, days))
    return plan, tuple(problems)


def count_paid(plan: Sequence[Instalment], received_minor: int) -> int:
    """Return how many payments of a plan, from the first, what came in covers."""
    paid = 0
    for one in plan:
        received_minor -= one.minor
        if received_minor < 0:
            break
        paid += 1
    return paid


def _day_problems(typed: Sequence[TypedInstalment], today: date) -> Iterator[InvalidInput]:
    last = today + timedelta(days=FURTHEST_DAYS)
    for one in typed:
        if one.due_on is None or one.due_on < today:
            yield InvalidInput("Enter a date from today on.", field=one.day_field)
        elif one.due_on > last:
            yield InvalidInput("Enter a date within a year.", field=one.day_field)
    for before, after in pairwise(typed):
        if before.due_on and after.due_on and after.due_on <= before.due_on:
            yield InvalidInput("Enter a date after the payment before.", field=after.day_field)


def _months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(1))
