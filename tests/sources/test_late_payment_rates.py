"""The rates that come with goodcop."""

from decimal import Decimal

import pytest

from bot.domain.late_payment.interest import HalfYear, MissingRate
from bot.sources.late_payment_rates import french_rates


@pytest.mark.parametrize(
    ("half_year", "default", "floor"),
    [
        ("2024-2", "14.25", "14.76"),
        ("2025-1", "13.15", "11.13"),
        ("2025-2", "12.15", "8.28"),
        ("2026-1", "12.15", "7.86"),
    ],
)
def test_published_half_years_have_both_rates(half_year: str, default: str, floor: str) -> None:
    half = HalfYear.read(half_year)
    assert french_rates().percent(half) == Decimal(default)
    assert french_rates().percent(half, Decimal(0)) == Decimal(floor)


def test_a_half_year_not_published_is_refused() -> None:
    with pytest.raises(MissingRate):
        french_rates().percent(HalfYear(2026, 2))


def test_every_rate_names_its_source() -> None:
    assert all(row.source for row in french_rates().rows)


def test_the_flat_fee_is_forty_euros() -> None:
    assert french_rates().fee("EUR") == 40_00
