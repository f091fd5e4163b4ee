"""Offers to give fees and interest up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.late_payment.waivers import Waiver, WaiverState, check_waiver, judge_waiver
from bot.domain.lifecycle import Role
from tests.refusals import refusal

TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
OFFER = Waiver(189_79, 10_000_00, "EUR", TODAY, FRIDAY)
AUTHORITY = {Role.FINANCE: 100_00, Role.ADMIN: 500_00}


def test_the_highest_authority_of_a_person_counts() -> None:
    both = frozenset({Role.FINANCE, Role.ADMIN})
    assert refusal(check_waiver, OFFER, both, AUTHORITY, TODAY) == ""
    more = replace(OFFER, given_up_minor=500_01)
    assert refusal(check_waiver, more, both, AUTHORITY, TODAY) == "amount"


@pytest.mark.parametrize(
    ("offer", "role", "field"),
    [
        (replace(OFFER, given_up_minor=0), Role.ADMIN, "amount"),
        (OFFER, Role.FINANCE, "amount"),
        (OFFER, Role.SALES, "amount"),
        (replace(OFFER, until=TODAY - timedelta(days=1)), Role.ADMIN, "until"),
        (replace(OFFER, until=TODAY + timedelta(days=61)), Role.ADMIN, "until"),
    ],
)
def test_an_offer_that_may_not_be_made_is_refused_at_its_field(
    offer: Waiver, role: Role, field: str
) -> None:
    assert refusal(check_waiver, offer, frozenset({role}), AUTHORITY, TODAY) == field


@pytest.mark.parametrize("books_until", [None, FRIDAY])
@pytest.mark.parametrize(
    ("open_minor", "paid_on", "today", "state"),
    [
        (0, FRIDAY, FRIDAY + timedelta(days=9), WaiverState.FULFILLED),
        (0, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=9), WaiverState.LAPSED),
        (1, None, FRIDAY, WaiverState.OFFERED),
        (1, None, FRIDAY + timedelta(days=2), WaiverState.OFFERED),
        (1, FRIDAY, FRIDAY + timedelta(days=3), WaiverState.LAPSED),
        (0, None, FRIDAY, WaiverState.OFFERED),
    ],
)
def test_an_offer_is_judged_by_the_ledger(
    open_minor: int,
    paid_on: date | None,
    today: date,
    state: WaiverState,
    books_until: date | None,
) -> None:
    assert judge_waiver(OFFER, open_minor, paid_on, today, books_until) is state


def test_books_older_than_its_day_end_no_offer() -> None:
    later, before = FRIDAY + timedelta(days=30), FRIDAY - timedelta(days=1)
    assert judge_waiver(OFFER, 1, None, later, before) is WaiverState.OFFERED
