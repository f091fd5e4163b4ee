"""Days late and the aged balance."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ageing import AgedItem, AgeingBucket, age, ageing_bucket, days_overdue

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, "not_due"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "90+"),
    ],
)
def test_buckets_change_at_their_first_day(days: int, bucket: str) -> None:
    assert ageing_bucket(days) == bucket


def test_an_item_is_not_late_on_its_due_date() -> None:
    assert days_overdue(TODAY, TODAY) == 0


def test_a_credit_ages_from_its_issue_date_and_reduces_its_bucket() -> None:
    credit = AgedItem(TODAY - timedelta(days=40), TODAY + timedelta(days=9), -500)
    invoice = AgedItem(TODAY - timedelta(days=90), TODAY - timedelta(days=45), 2000)
    assert age([credit, invoice], TODAY)[AgeingBucket.DAYS_31_60] == 1500


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(-90, 200), st.integers(-9999, 9999))))
def test_the_buckets_add_up_to_what_is_open(items: list[tuple[int, int, int]]) -> None:
    aged = age(
        [AgedItem(TODAY - timedelta(a), TODAY - timedelta(b), minor) for a, b, minor in items],
        TODAY,
    )
    assert sum(aged.values()) == sum(minor for _, _, minor in items)
