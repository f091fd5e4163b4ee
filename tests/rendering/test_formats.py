"""Amounts are written exactly as Babel writes them."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import exponent
from bot.rendering import formats

LANGUAGES = ["fr", "en"]
CURRENCIES = ["EUR", "USD", "GBP", "CHF", "JPY", "XPF", "KWD", "MGA", "IQD", "MAD", "XYZ"]
MINORS = [0, 1, 49, 50, 99, 100, 149, 150, 99_949, 99_950, 100_000, 123_456_789, 10**15 + 50]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("minor", [*MINORS, *(-minor for minor in MINORS)])
def test_an_exact_amount_is_written_as_babel_writes_it(
    minor: int, currency: str, language: str
) -> None:
    amount = Decimal(minor).scaleb(-exponent(currency))
    expected = format_currency(amount, currency, locale=formats.locale_of(language))
    assert formats.exact(minor, currency, language) == expected


@given(st.integers(-(10**17), 10**17), st.sampled_from(CURRENCIES), st.sampled_from(LANGUAGES))
def test_any_amount_is_rounded_as_a_decimal_is(minor: int, currency: str, language: str) -> None:
    amount = Decimal(minor).scaleb(-exponent(currency))
    whole = amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    locale = formats.locale_of(language)
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    expected = format_currency(whole, currency, pattern, locale, currency_digits=False)
    if not whole and minor:
        expected = formats.exact(minor, currency, language)
    assert formats.rounded(minor, currency, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 7, 999, 1000, 12_345, 1_234_567, -1, -45_000])
def test_a_count_is_written_as_babel_writes_it(count: int, language: str) -> None:
    expected = format_decimal(count, locale=formats.locale_of(language))
    assert formats.number(count, language) == expected
