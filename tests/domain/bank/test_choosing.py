"""What a receipt gives to the documents that a person chose."""

from datetime import date

import pytest

from bot.domain.bank.choosing import pay_chosen
from bot.domain.bank.matching import Debt
from bot.domain.bank.seen import ON_ACCOUNT
from bot.domain.errors import InvalidInput

OLD = Debt("F1", "F1", date(2026, 10, 1), 100, 1)
NEW = Debt("F2", "F2", date(2026, 11, 1), 50, 2)
CREDIT = Debt("A1", "A1", date(2026, 11, 5), -30, 3)
ITEMS = (OLD, NEW, CREDIT)


@pytest.mark.parametrize(
    ("minor", "ids", "parts"),
    [
        (50, [2], [("F2", 50)]),
        (40, [2], [("F2", 40)]),
        (120, [1, 2], [("F1", 100), ("F2", 20)]),
        (120, [1, 2, 3], [("A1", -30), ("F1", 100), ("F2", 50)]),
        (70, [2], [("F2", 50), (ON_ACCOUNT, 20)]),
    ],
)
def test_the_chosen_are_paid_oldest_first(
    minor: int, ids: list[int], parts: list[tuple[str, int]]
) -> None:
    assert list(pay_chosen(minor, ITEMS, ids)) == parts


@pytest.mark.parametrize(
    ("minor", "ids", "why"),
    [
        (50, [], "Choose an invoice."),
        (50, [9], "paid meanwhile"),
        (50, [3], "credit notes alone"),
        (100, [1, 2], "does not reach"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_at_its_field(
    minor: int, ids: list[int], why: str
) -> None:
    with pytest.raises(InvalidInput, match=why) as refused:
        pay_chosen(minor, ITEMS, ids)
    assert refused.value.field == "items"
