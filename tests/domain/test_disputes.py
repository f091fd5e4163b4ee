"""How a dispute ends."""

from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.disputes import Closing, close
from bot.domain.errors import InvalidInput
from bot.domain.lifecycle import DisputeOutcome

TODAY = date(2026, 11, 24)
IN_FIVE_BUSINESS_DAYS = date(2026, 12, 1)


def closed(outcome: DisputeOutcome, typed: str = "", contested: int = 300_00) -> Closing:
    return close(outcome, contested, typed, "EUR", TODAY, Calendar())


def test_the_company_right_leaves_nothing_to_wait_for() -> None:
    assert closed(DisputeOutcome.COMPANY_RIGHT) == Closing(DisputeOutcome.COMPANY_RIGHT, 0)


def test_the_client_right_waits_for_a_credit_note_of_the_whole() -> None:
    closing = closed(DisputeOutcome.CLIENT_RIGHT)
    assert closing.minor == 300_00
    assert closing.task is not None
    assert (closing.task.text, closing.task.due_on) == ("credit_note", IN_FIVE_BUSINESS_DAYS)


@pytest.mark.parametrize("contested", [300_00, 0])
def test_in_part_only_what_is_credited_stays_contested(contested: int) -> None:
    assert closed(DisputeOutcome.PARTLY, "120,50", contested).minor == 120_50


@pytest.mark.parametrize("typed", ["", "300", "400"])
def test_a_part_is_an_amount_below_what_is_contested(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        closed(DisputeOutcome.PARTLY, typed)
    assert refused.value.field == "amount"
