"""Amounts are exact, in one currency, with the currency's own decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Money, exponent, to_minor


@given(st.integers(), st.integers())
def test_adding_then_taking_away_gives_the_amount_back(one: int, other: int) -> None:
    assert Money(one, "EUR") + Money(other, "EUR") - Money(other, "EUR") == Money(one, "EUR")


def test_two_currencies_never_mix() -> None:
    with pytest.raises(ValueError, match="cannot mix EUR and USD"):
        Money(1, "EUR") + Money(1, "USD")


def test_amounts_compare_within_a_currency() -> None:
    assert Money(1, "EUR") < Money(2, "EUR") <= Money(2, "EUR")


@pytest.mark.parametrize(("currency", "decimals"), [("EUR", 2), ("JPY", 0), ("TND", 3)])
def test_each_currency_has_its_own_decimals(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals
    assert Money(12345, currency).amount == Decimal(12345).scaleb(-decimals)


@pytest.mark.parametrize(("amount", "minor"), [("0.005", 1), ("-0.005", -1), ("1.234", 123)])
def test_halves_round_away_from_zero(amount: str, minor: int) -> None:
    assert to_minor(Decimal(amount), "EUR") == minor
