"""A company and an order are told apart as they are typed during a call."""

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.solvency.question import Question, read_question


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("552032534", Question("552032534")),
        ("552 032 534", Question("552032534")),
        ("552032534 12000", Question("552032534", 12_000_00)),
        ("552 032 534 12 000 €", Question("552032534", 12_000_00)),
        ("552 032 534 00017", Question("55203253400017")),
        ("55203253400017 900", Question("55203253400017", 900_00)),
        ("fr27552032534", Question("FR27552032534")),
        ("FR 27 552 032 534 5000", Question("FR27552032534", 5_000_00)),
        ("ACME 12000", Question("ACME", 12_000_00)),
        ("Menuiserie Roy 12 000,50 €", Question("Menuiserie Roy", 12_000_50)),
        ("Menuiserie Roy 12k", Question("Menuiserie Roy", 12_000_00)),
        ("Menuiserie Roy 1,5 k€", Question("Menuiserie Roy", 1_500_00)),
        ("Menuiserie Roy", Question("Menuiserie Roy")),
        ("C0412", Question("C0412")),
        ("411000", Question("411000")),
        ("  ", Question("")),
        ("", Question("")),
    ],
)
def test_company_and_order_are_told_apart(typed: str, asked: Question) -> None:
    assert read_question(typed, "EUR") == asked


@pytest.mark.parametrize(
    "typed",
    [
        "ACME 0",
        "ACME 1.234",
        "552032534 about 3",
        "ACME 1.2345k",
        "ACME 1.2.3k",
        "ACME 99999999999999",
    ],
)
def test_an_order_that_can_be_read_in_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_question(typed, "EUR")
    assert refused.value.field == "amount"
