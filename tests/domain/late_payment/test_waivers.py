"""Offers to give fees and interest up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.late_payment.waivers import Waiver, WaiverState, check_waiver, judge_waiver
from bot.domain.lifecycle import Role

TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
OFFER = Waiver(189_79, 10_000_00, "EUR", TODAY, FRIDAY)
AUTHORITY = {Role.FINANCE: 500_00, Role.MANAGER: 100_00}


def test_an_offer_within_the_authority_may_be_made() -> None:
    check_waiver(OFFER, frozenset({Role.FINANCE, Role.MANAGER}), AUTHORITY, TODAY)


@pytest.mark.parametrize(
    ("offer", "role", "field"),
    [
        (replace(OFFER, given_up_minor=0), Role.FINANCE, "amount"),
        (OFFER, Role.MANAGER, "amount"),
        (OFFER, Role.SALES, "amount"),
        (replace(OFFER, until=TODAY - timedelta(days=1)), Role.FINANCE, "until"),
        (replace(OFFER, until=TODAY + timedelta(days=61)), Role.FINANCE, "until"),
    ],
)
def test_an_offer_that_may_not_be_made_is_refused_at_its_field(
    offer: Waiver, role: Role, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_waiver(offer, frozenset({role}), AUTHORITY, TODAY)
    assert refused.value.field == field


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
    open_minor: int, paid_on: date | None, today: date, state: WaiverState
) -> None:
    assert judge_waiver(OFFER, open_minor, paid_on, today) is state
