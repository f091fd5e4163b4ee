"""More time for a client: mandate, legal ceiling, insurer, and what a form must say."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.extensions import (
    MANDATES,
    NO_MANDATE,
    Beyond,
    Bounds,
    ExtendedItem,
    ExtensionForm,
    Mandate,
    beyond,
    check_extension,
    last_legal_day,
    mandate_of,
)
from bot.domain.lifecycle import Role
from bot.domain.payment_ceilings import ProductFamily

TODAY = date(2026, 11, 24)
ITEM = ExtendedItem(1, date(2026, 11, 1), date(2026, 11, 20), 1_000_00)
BOUNDS = Bounds(Mandate(15, 10_000_00))
FORM = ExtensionForm("k", 1, date(2026, 12, 4), reason="chantier en retard")


def test_an_extension_within_the_mandate_goes_beyond_nothing() -> None:
    assert beyond([ITEM], date(2026, 12, 9), TODAY, BOUNDS) == ()


def test_one_day_more_than_the_mandate_is_beyond_it() -> None:
    assert beyond([ITEM], date(2026, 12, 10), TODAY, BOUNDS) == (Beyond.DAYS,)


def test_days_count_from_the_due_date_of_what_is_not_due_yet() -> None:
    due_later = replace(ITEM, due_on=date(2026, 12, 1))
    assert beyond([due_later], date(2026, 12, 16), TODAY, BOUNDS) == ()


def test_the_amount_is_the_sum_of_what_would_wait() -> None:
    more = replace(ITEM, id=2, minor=9_000_01)
    assert beyond([ITEM, more], date(2026, 12, 1), TODAY, BOUNDS) == (Beyond.AMOUNT,)


def test_a_mandate_says_nothing_of_another_currency() -> None:
    bounds = replace(BOUNDS, is_in_house_currency=False)
    assert beyond([ITEM], date(2026, 12, 1), TODAY, bounds) == (Beyond.AMOUNT,)


def test_an_item_that_got_time_before_is_asked_of_finance() -> None:
    bounds = replace(BOUNDS, extended_ids=frozenset({1}))
    assert beyond([ITEM], date(2026, 12, 1), TODAY, bounds) == (Beyond.AGAIN,)


def test_no_mandate_goes_past_the_legal_ceiling() -> None:
    old = replace(ITEM, issued_on=date(2026, 9, 24))
    assert beyond([old], date(2026, 12, 1), TODAY, BOUNDS) == (Beyond.LEGAL,)


def test_the_insurer_covers_the_last_day_of_its_longest_credit() -> None:
    bounds = replace(BOUNDS, insured_days=30)
    assert beyond([ITEM], date(2026, 12, 1), TODAY, bounds) == ()


def test_past_the_insurers_longest_credit_its_agreement_is_needed() -> None:
    bounds = replace(BOUNDS, insured_days=30)
    assert beyond([ITEM], date(2026, 12, 2), TODAY, bounds) == (Beyond.INSURER,)


def test_once_finance_has_the_file_it_decides() -> None:
    bounds = replace(BOUNDS, is_taken=True)
    assert beyond([ITEM], date(2026, 12, 1), TODAY, bounds) == (Beyond.TAKEN,)


@pytest.mark.parametrize(
    ("family", "last"),
    [
        (ProductFamily.STANDARD, date(2026, 11, 30)),  # 45 days end of month reaches further
        (ProductFamily.SUMMARY_INVOICE, date(2026, 11, 8)),
        (ProductFamily.TRANSPORT, date(2026, 10, 24)),
        (ProductFamily.ALCOHOL, date(2026, 10, 30)),  # 30 days from the end of the month
    ],
)
def test_the_last_legal_day_of_an_invoice_of_24_september(
    family: ProductFamily, last: date
) -> None:
    assert last_legal_day(date(2026, 9, 24), family) == last


def test_a_person_with_two_roles_has_the_larger_mandate() -> None:
    both = mandate_of({Role.SALES, Role.MANAGER}, MANDATES)
    assert both == MANDATES[Role.MANAGER.value]


def test_somebody_without_a_role_has_no_mandate() -> None:
    assert mandate_of((), MANDATES) == NO_MANDATE


def test_a_form_that_is_complete_gives_its_day() -> None:
    assert check_extension(FORM, TODAY) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (replace(FORM, until=None), "until"),
        (replace(FORM, until=TODAY), "until"),
        (replace(FORM, until=date(2027, 11, 26)), "until"),
        (replace(FORM, reason="  "), "reason"),
        (replace(FORM, reason="x" * 1001), "reason"),
    ],
)
def test_a_form_that_cannot_be_granted_names_its_field(form: ExtensionForm, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_extension(form, TODAY)
    assert refused.value.field == field
