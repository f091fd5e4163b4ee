"""Interest and fee of late payment; the check values are the trade's own examples."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InvalidInput
from bot.domain.late_payment.agreed_rates import AgreedRate, RateBase
from bot.domain.late_payment.interest import HalfYear, MissingRate, RateRow, RateTable, interest

RATES = RateTable(
    (
        RateRow(HalfYear(2024, 2), Decimal("4.92"), Decimal("4.25"), "s"),
        RateRow(HalfYear(2025, 1), Decimal("3.71"), Decimal("3.15"), "s"),
        RateRow(HalfYear(2025, 2), Decimal("2.76"), Decimal("2.15"), "s"),
        RateRow(HalfYear(2026, 1), Decimal("2.62"), Decimal("2.15"), "s"),
    ),
    40_00,
    "EUR",
)


def total(minor: int, due: date, until: date, contract: str | None = None) -> int:
    agreed = Decimal(contract) if contract else None
    return sum(period.minor for period in interest(minor, due, until, RATES, agreed))


def test_45_days_at_the_default_rate() -> None:
    assert total(10_000_00, date(2025, 7, 31), date(2025, 9, 14)) == 149_79


def test_45_days_at_the_legal_floor() -> None:
    assert total(10_000_00, date(2026, 1, 31), date(2026, 3, 17), "5") == 96_90


def test_a_delay_over_two_half_years_uses_both_rates() -> None:
    periods = interest(10_000_00, date(2025, 5, 15), date(2025, 8, 15), RATES)
    assert [(one.days, one.percent) for one in periods] == [
        (46, Decimal("13.15")),
        (46, Decimal("12.15")),
    ]
    assert sum(one.minor for one in periods) == 318_85


@pytest.mark.parametrize(
    ("half_year", "contract", "percent"),
    [
        (HalfYear(2024, 2), None, "14.25"),
        (HalfYear(2024, 2), "10", "14.76"),
        (HalfYear(2025, 1), "10", "11.13"),
        (HalfYear(2025, 2), "18", "18"),
    ],
)
def test_the_rate_is_the_default_or_the_contracts_above_the_floor(
    half_year: HalfYear, contract: str | None, percent: str
) -> None:
    agreed = Decimal(contract) if contract else None
    assert RATES.percent(half_year, agreed) == Decimal(percent)


def test_a_half_year_without_its_rate_is_refused() -> None:
    with pytest.raises(MissingRate) as missing:
        total(100, date(2026, 6, 1), date(2026, 7, 1))
    assert str(missing.value.half_year) == "2026-2"


def test_a_rate_entered_later_is_used() -> None:
    row = RateRow(HalfYear(2026, 2), Decimal("2.5"), Decimal("2"), "entered")
    assert RATES.with_rows((row,)).percent(HalfYear(2026, 2)) == 12


def test_a_rate_entered_again_replaces_the_first() -> None:
    row = RateRow(HalfYear(2026, 1), Decimal("2.5"), Decimal("3"), "entered")
    table = RATES.with_rows((row,))
    assert (len(table.rows), table.percent(HalfYear(2026, 1))) == (4, Decimal(13))


@pytest.mark.parametrize(("minor", "until"), [(-5, date(2025, 9, 1)), (5, date(2025, 8, 1))])
def test_credits_and_items_not_late_bear_nothing(minor: int, until: date) -> None:
    assert interest(minor, date(2025, 8, 1), until, RATES) == ()


def test_the_flat_fee_is_in_the_laws_currency_only() -> None:
    assert (RATES.fee("EUR"), RATES.fee("CHF")) == (40_00, 0)


@pytest.mark.parametrize("text", ["2026", "26-1", "2026-3", "h1-2026", "2026-"])
def test_a_half_year_is_read_strictly(text: str) -> None:
    with pytest.raises(InvalidInput):
        HalfYear.read(text)


def test_a_half_year_reads_back() -> None:
    assert str(HalfYear.read("2026-1")) == "2026-1"


@given(
    st.integers(1, 10**9),
    st.dates(date(2024, 7, 1), date(2026, 6, 28)),
    st.integers(0, 700),
)
def test_every_late_day_is_counted_once(minor: int, due: date, count: int) -> None:
    until = min(due + timedelta(days=count), date(2026, 6, 30))
    periods = interest(minor, due, until, RATES)
    assert sum(one.days for one in periods) == (until - due).days


@given(st.integers(1, 10**9), st.integers(0, 180), st.integers(0, 180))
def test_a_longer_delay_never_costs_less(minor: int, one: int, more: int) -> None:
    due = date(2025, 1, 1)
    shorter = total(minor, due, due + timedelta(days=one))
    assert total(minor, due, due + timedelta(days=one + more)) >= shorter


def test_what_was_paid_bears_interest_to_its_day_and_no_longer() -> None:
    paid = [(date(2025, 8, 15), 4_000_00), (date(2025, 8, 1), 1_000_00)]
    periods = interest(10_000_00, date(2025, 7, 31), date(2025, 8, 31), RATES, payments=paid)
    assert [(one.base_minor, one.days) for one in periods] == [
        (10_000_00, 1),
        (9_000_00, 14),
        (5_000_00, 16),
    ]


def test_what_was_paid_by_the_due_date_bears_none() -> None:
    paid = [(date(2025, 7, 31), 10_000_00)]
    assert interest(10_000_00, date(2025, 7, 31), date(2025, 8, 31), RATES, payments=paid) == ()


def test_an_agreed_rate_counts_from_the_rates_of_its_half_year() -> None:
    agreed = AgreedRate(RateBase.ECB, Decimal(8))
    assert RATES.percent(HalfYear(2026, 1), agreed) == Decimal("10.15")
    low = AgreedRate(RateBase.LEGAL, Decimal(1))
    assert RATES.percent(HalfYear(2026, 1), low) == Decimal("7.86")


@given(
    minor=st.integers(1, 10**9),
    days=st.integers(1, 300),
    cut=st.integers(1, 299),
)
def test_splitting_a_period_changes_the_sum_by_rounding_alone(
    minor: int, days: int, cut: int
) -> None:
    due = date(2025, 1, 31)
    until, middle = due + timedelta(days=days), due + timedelta(days=min(cut, days))
    whole = total(minor, due, until)
    parts = total(minor, due, middle) + total(minor, middle, until)
    assert abs(whole - parts) <= 1
