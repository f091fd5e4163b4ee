"""What a client owes with what late payment costs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.late_payment.figures import Owed, Terms, figures
from bot.domain.late_payment.interest import HalfYear, RateRow, RateTable
from bot.domain.late_payment.limitation import LimitationKind
from bot.domain.late_payment.recovery_fee import NoFee

RATES = RateTable(
    (RateRow(HalfYear(2025, 2), Decimal("2.76"), Decimal("2.15"), "order", True),), 40_00, "EUR"
)
TERMS = Terms("ordinary", None, LimitationKind.COMMERCIAL)
INVOICE = Owed(1, "FA-1", "invoice", date(2025, 7, 1), date(2025, 7, 31), 10_000_00, "EUR")
UNTIL = date(2025, 9, 14)


def test_principal_interest_and_fee_add_up() -> None:
    [found] = figures([INVOICE], TERMS, RATES, UNTIL)
    assert (found.principal_minor, found.interest_minor, found.fee_minor) == (
        10_000_00,
        149_79,
        40_00,
    )
    assert found.total_minor == 10_189_79
    assert found.is_example


def test_open_credits_come_off_the_principal_never_below_nothing() -> None:
    credit = replace(INVOICE, kind="credit_note", open_minor=-11_000_00)
    [found] = figures([INVOICE, credit], TERMS, RATES, UNTIL)
    assert (found.late_minor, found.credits_minor, found.principal_minor) == (
        10_000_00,
        11_000_00,
        0,
    )


def test_what_was_paid_late_bears_interest_to_its_day() -> None:
    part = replace(INVOICE, open_minor=6_000_00, paid=((date(2025, 8, 15), 4_000_00),))
    [found] = figures([part], TERMS, RATES, UNTIL)
    assert [period.base_minor for period in found.items[0].periods] == [10_000_00, 6_000_00]


def test_a_missing_rate_is_named_and_never_guessed() -> None:
    [found] = figures([replace(INVOICE, due_on=date(2026, 1, 5))], TERMS, RATES, date(2026, 2, 1))
    assert found.items[0].interest_minor is None
    assert found.missing == (HalfYear(2026, 1),)
    assert found.interest_minor == 0


def test_in_a_proceeding_nothing_is_added() -> None:
    [found] = figures([INVOICE], replace(TERMS, in_proceeding=True), RATES, UNTIL)
    assert (found.interest_minor, found.fee_minor) == (0, 0)
    assert found.items[0].no_fee is NoFee.PROCEEDING


def test_what_is_contested_or_sold_bears_nothing() -> None:
    contested = replace(INVOICE, is_disputed=True)
    sold = replace(INVOICE, kind="factored")
    [found] = figures([contested, sold], TERMS, RATES, UNTIL)
    assert [one.interest_minor for one in found.items] == [0, 0]
    assert [one.no_fee for one in found.items] == [NoFee.DISPUTED, NoFee.SOLD]


def test_currencies_are_never_added_up() -> None:
    dollars = replace(INVOICE, currency="USD", open_minor=1_00)
    found = figures([dollars, INVOICE], TERMS, RATES, UNTIL)
    assert [one.currency for one in found] == ["EUR", "USD"]
    assert found[1].items[0].no_fee is NoFee.OTHER_CURRENCY
