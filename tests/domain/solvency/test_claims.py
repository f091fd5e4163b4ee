"""The claim sheet: before and after the opening, due and not due, item by item."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.late_payment.interest import HalfYear, RateRow, RateTable
from bot.domain.solvency.claims import ClaimItem, ClaimSheet, claim_sheets, split_at_opening
from bot.domain.solvency.dossier import Event, EventKind

RATES = RateTable(
    (
        RateRow(HalfYear(2025, 1), Decimal("3.71"), Decimal("3.15"), "s"),
        RateRow(HalfYear(2025, 2), Decimal("2.76"), Decimal("2.15"), "s"),
    ),
    40_00,
    "EUR",
)
OPENING = Event("A1", "552100554", EventKind.REDRESSEMENT, date(2025, 8, 22), on=date(2025, 8, 15))


def an_item(number: str = "F1", **changes: object) -> ClaimItem:
    values: dict[str, object] = {
        "issued_on": date(2025, 4, 15),
        "due_on": date(2025, 5, 15),
        "open_minor": 10_000_00,
        "currency": "EUR",
    }
    return ClaimItem(number, **{**values, **changes})  # type: ignore[arg-type]


def the_sheet(*items: ClaimItem, opening: Event = OPENING) -> ClaimSheet:
    (sheet,) = claim_sheets(opening, items, RATES, Calendar())
    return sheet


def test_interest_runs_to_the_opening_by_half_year() -> None:
    sheet = the_sheet(an_item())
    assert sheet.interest_minor == 318_85
    assert [period.days for period in sheet.lines[0].periods] == [46, 46]


def test_due_and_not_due_are_both_declared() -> None:
    later = an_item("F2", due_on=date(2025, 9, 30), open_minor=2_000_00)
    sheet = the_sheet(an_item(), later)
    assert (sheet.due_minor, sheet.not_due_minor, sheet.principal_minor) == (
        10_000_00,
        2_000_00,
        12_000_00,
    )


def test_an_item_not_due_bears_no_interest_and_no_fee() -> None:
    sheet = the_sheet(an_item(due_on=date(2025, 8, 15)))
    assert (sheet.interest_minor, sheet.fee_minor, sheet.lines[0].is_due) == (0, 0, True)


def test_the_flat_fee_counts_once_per_item_late_before_the_opening() -> None:
    assert the_sheet(an_item("F1"), an_item("F2")).fee_minor == 80_00


def test_credits_reduce_the_principal() -> None:
    credit = an_item("C1", open_minor=-1_000_00)
    sheet = the_sheet(an_item(), credit)
    assert (sheet.principal_minor, sheet.fee_minor) == (9_000_00, 40_00)


def test_what_was_delivered_from_the_opening_on_is_kept_apart() -> None:
    after = an_item("F9", issued_on=date(2025, 8, 15))
    sheet = the_sheet(an_item(), after)
    assert (sheet.after, len(sheet.lines)) == ((after,), 1)


def test_a_debt_is_born_with_the_delivery_not_the_invoice() -> None:
    item = an_item(issued_on=date(2025, 8, 20), delivered_on=date(2025, 8, 14))
    assert split_at_opening([item], date(2025, 8, 15)).before == (item,)


def test_goods_under_retention_of_title_have_their_amount_and_deadline() -> None:
    sheet = the_sheet(an_item(is_retained=True), an_item("F2"))
    assert sheet.retained_minor == 10_000_00
    assert sheet.retention_deadline == date(2025, 11, 24)


def test_deadlines_run_from_the_publication() -> None:
    sheet = the_sheet(an_item())
    assert (sheet.deadline, sheet.relief_deadline) == (date(2025, 10, 22), date(2026, 2, 23))


def test_a_creditor_from_afar_has_four_months() -> None:
    (sheet,) = claim_sheets(OPENING, [an_item()], RATES, Calendar(), outside_metropole=True)
    assert sheet.deadline == date(2025, 12, 22)


def test_without_the_judgments_day_the_publication_stands_in_and_it_is_said() -> None:
    sheet = the_sheet(
        an_item(), opening=Event("A1", "552100554", EventKind.LIQUIDATION, date(2025, 8, 22))
    )
    assert (sheet.opened_on, sheet.opened_on_stated) == (date(2025, 8, 22), False)


def test_a_missing_rate_leaves_the_interest_open_and_is_named() -> None:
    old = an_item("F0", issued_on=date(2024, 1, 1), due_on=date(2024, 12, 1))
    sheet = the_sheet(an_item(), old)
    assert (sheet.interest_minor, sheet.missing) == (None, (HalfYear(2024, 2),))
    assert sheet.principal_minor == 20_000_00


def test_each_currency_has_its_sheet() -> None:
    sheets = claim_sheets(OPENING, [an_item(), an_item("F2", currency="CHF")], RATES, Calendar())
    assert [(sheet.currency, sheet.fee_minor) for sheet in sheets] == [("CHF", 0), ("EUR", 40_00)]


@pytest.mark.parametrize(("rate", "applied"), [("20", "20"), ("1", "11.13")])
def test_a_contract_rate_is_used_above_the_floor(rate: str, applied: str) -> None:
    (sheet,) = claim_sheets(OPENING, [an_item()], RATES, Calendar(), contract_percent=Decimal(rate))
    assert sheet.lines[0].periods[0].percent == Decimal(applied)


@given(
    st.lists(
        st.tuples(st.dates(date(2025, 1, 1), date(2025, 12, 1)), st.integers(-(10**6), 10**6)),
        max_size=8,
    )
)
def test_no_item_is_lost_in_the_split(drawn: list[tuple[date, int]]) -> None:
    items = [
        an_item(f"F{n}", issued_on=day, due_on=day, open_minor=minor)
        for n, (day, minor) in enumerate(drawn)
    ]
    split = split_at_opening(items, date(2025, 8, 15))
    assert sorted((*split.before, *split.after), key=lambda item: item.number) == items


@pytest.mark.parametrize(
    ("said", "retained", "may_retain"),
    [(True, 10_000_00, True), (None, 0, True), (False, 0, False)],
)
def test_goods_may_be_claimed_back_unless_somebody_said_no(
    said: bool | None, retained: int, may_retain: bool
) -> None:
    sheet = the_sheet(an_item(is_retained=said))
    assert (sheet.retained_minor, sheet.may_retain) == (retained, may_retain)
