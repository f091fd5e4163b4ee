"""The insurer's clocks, policy by policy."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.solvency.cover import (
    CoverStep,
    CoverTerms,
    InsuredItem,
    cover_clock,
    is_alarming,
    lost_items,
    next_clock,
    worst_clock,
)

TERMS = CoverTerms("Assureur du Nord", "P1", 120, 30, 60, 300_00)
ITEM = InsuredItem("F1", date(2026, 6, 1), date(2026, 7, 31), 5_000_00, "EUR")
MOST = date(2026, 9, 29)  # 120 days after the invoice
DECLARE = date(2026, 10, 29)
INTERVENTION = date(2026, 12, 28)


@pytest.mark.parametrize(
    ("today", "declared", "step", "until", "left"),
    [
        (date(2026, 8, 1), False, CoverStep.MAX_CREDIT, MOST, 89),
        (MOST, False, CoverStep.MAX_CREDIT, MOST, 30),
        (date(2026, 9, 30), False, CoverStep.DECLARE, DECLARE, 29),
        (DECLARE, False, CoverStep.DECLARE, DECLARE, 0),
        (date(2026, 10, 30), False, CoverStep.LOST, DECLARE, 0),
        (date(2026, 10, 30), True, CoverStep.INTERVENTION, INTERVENTION, 59),
        (date(2026, 12, 29), True, CoverStep.LOST, INTERVENTION, 0),
    ],
)
def test_each_deadline_follows_the_one_before(
    today: date, declared: bool, step: CoverStep, until: date, left: int
) -> None:
    clock = cover_clock(replace(ITEM, is_declared=declared), TERMS, today)
    assert clock is not None
    assert (clock.step, clock.until, clock.days_left) == (step, until, left)


def test_credit_beyond_the_policys_maximum_was_never_covered() -> None:
    clock = cover_clock(replace(ITEM, due_on=date(2026, 9, 30)), TERMS, date(2026, 6, 2))
    assert clock is not None
    assert clock.step is CoverStep.LOST


@pytest.mark.parametrize(
    "item",
    [
        replace(ITEM, open_minor=0),
        replace(ITEM, open_minor=299_99),
        replace(ITEM, currency="CHF"),
    ],
)
def test_the_policy_asks_nothing_for_small_paid_or_foreign_items(item: InsuredItem) -> None:
    assert cover_clock(item, TERMS, MOST) is None


def test_a_clients_next_deadline_is_the_nearest_still_running() -> None:
    lost = replace(ITEM, number="F0", issued_on=date(2026, 1, 1), due_on=date(2026, 2, 1))
    newer = replace(ITEM, number="F2", issued_on=date(2026, 7, 1))
    clock = next_clock([newer, lost, ITEM], TERMS, date(2026, 10, 1))
    assert clock is not None
    assert clock.item.number == "F1"


def test_no_item_no_deadline() -> None:
    assert next_clock([], TERMS, MOST) is None


def test_lost_items_are_listed_oldest_first() -> None:
    older = replace(ITEM, number="F0", issued_on=date(2026, 1, 1), due_on=date(2026, 2, 1))
    lost = lost_items([ITEM, older], TERMS, date(2026, 11, 24))
    assert [clock.item.number for clock in lost] == ["F0", "F1"]


@given(st.integers(0, 400), st.booleans())
def test_days_left_never_rise_as_days_pass(days: int, declared: bool) -> None:
    item = replace(ITEM, is_declared=declared)
    today = ITEM.issued_on + timedelta(days=days)
    now, then = (cover_clock(item, TERMS, day) for day in (today, today + timedelta(days=1)))
    assert now is not None
    assert then is not None
    assert then.days_left <= now.days_left


@pytest.mark.parametrize(
    ("today", "alarms"),
    [
        (DECLARE - timedelta(days=11), False),
        (DECLARE - timedelta(days=10), True),
        (DECLARE + timedelta(days=1), True),
    ],
)
def test_an_alert_comes_ten_days_before_cover_is_lost_and_stays(today: date, alarms: bool) -> None:
    assert is_alarming([ITEM], TERMS, today) is alarms


def test_what_was_never_covered_alarms_nobody() -> None:
    sold_for_longer = replace(ITEM, due_on=date(2026, 10, 15))
    assert not is_alarming([sold_for_longer], TERMS, date(2026, 12, 1))


def test_what_asks_for_nothing_alarms_nobody() -> None:
    assert not is_alarming([replace(ITEM, open_minor=0)], TERMS, DECLARE)


def test_the_clock_to_act_on_comes_before_what_is_lost() -> None:
    later = replace(ITEM, number="F2", issued_on=date(2026, 9, 1), due_on=date(2026, 10, 1))
    today = date(2026, 11, 2)
    acting = worst_clock([ITEM, later], TERMS, today)
    lost = worst_clock([ITEM], TERMS, today)
    assert acting is not None
    assert lost is not None
    assert (acting.item.number, lost.step) == ("F2", CoverStep.LOST)


def test_nothing_owed_has_no_clock() -> None:
    assert worst_clock([], TERMS, DECLARE) is None
