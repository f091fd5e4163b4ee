"""Amounts typed by people are read as meant, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InvalidInput
from bot.domain.typed_amounts import LARGEST_MINOR, read_amount


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1234", 123_400),
        ("1 234,50", 123_450),
        ("1\u202f234,50\u00a0€", 123_450),
        ("1234.50", 123_450),
        ("1234,5 EUR", 123_450),
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("1.234.567", 123_456_700),
        ("0,01", 1),
    ],
)
def test_french_and_english_ways_of_writing_are_read(text: str, minor: int) -> None:
    assert read_amount(text, "EUR") == minor


@pytest.mark.parametrize("text", ["1.234", "1,234", "", "abc", "-5", "1,2,3", "1.23.456", "1e5"])
def test_ambiguous_or_unreadable_amounts_are_refused_at_their_field(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_amount(text, "EUR", field="amount")
    assert refused.value.field == "amount"


def test_a_currency_without_decimals_takes_none() -> None:
    assert read_amount("1 500", "JPY") == 1500
    with pytest.raises(InvalidInput):
        read_amount("1500,5", "JPY")


@pytest.mark.parametrize("text", ["0", "0,00", "99 999 999 999 999"])
def test_nothing_and_absurd_amounts_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_amount(text, "EUR")


@given(st.integers(min_value=1, max_value=LARGEST_MINOR))
def test_what_is_written_in_full_is_read_to_the_cent(minor: int) -> None:
    assert read_amount(f"{minor // 100},{minor % 100:02d}", "EUR") == minor
