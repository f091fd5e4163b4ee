"""Rates as contracts write them."""

from decimal import Decimal

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.late_payment.agreed_rates import AgreedRate, RateBase, read_percent, read_rate


@pytest.mark.parametrize(
    ("text", "base", "number"),
    [
        ("12", RateBase.PERCENT, "12"),
        ("12,5 %", RateBase.PERCENT, "12.5"),
        ("3 x legal", RateBase.LEGAL, "3"),
        ("3 fois taux légal", RateBase.LEGAL, "3"),
        ("ECB + 10", RateBase.ECB, "10"),
        ("BCE + 10 points", RateBase.ECB, "10"),
    ],
)
def test_a_rate_is_read_as_it_is_written(text: str, base: RateBase, number: str) -> None:
    assert read_rate(text) == AgreedRate(base, Decimal(number))


def test_no_rate_agreed_is_none() -> None:
    assert read_rate("  ") is None


@pytest.mark.parametrize("text", ["beaucoup", "0", "101", "30 x legal", "ECB + 0", "-3"])
def test_what_is_no_rate_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_rate(text)
    assert refused.value.field == "late_rate"


@pytest.mark.parametrize(
    ("rate", "percent"), [("12", "12"), ("4 x legal", "10.48"), ("ECB + 8", "10.15")]
)
def test_a_rate_counts_from_its_base(rate: str, percent: str) -> None:
    agreed = read_rate(rate)
    assert agreed is not None
    assert agreed.percent(Decimal("2.62"), Decimal("2.15")) == Decimal(percent)


@pytest.mark.parametrize(
    ("rate", "said"), [("12.50", "12.5 %"), ("3 x legal", "3 x legal"), ("BCE+10", "ECB + 10")]
)
def test_a_rate_says_itself(rate: str, said: str) -> None:
    assert str(read_rate(rate)) == said


def test_a_percentage_is_read() -> None:
    assert read_percent("2,62 %", "legal") == Decimal("2.62")


@pytest.mark.parametrize("text", ["x", "NaN", "101", "-1"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_percent(text, "legal")
    assert refused.value.field == "legal"
