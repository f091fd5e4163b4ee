"""A policy file is read strictly and written back whole."""

from datetime import date
from typing import Any

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.payment_ceilings import ProductFamily
from bot.domain.policy import DEFAULT
from bot.domain.policy_document import policy_from_document


def test_the_default_policy_reads_back_as_itself() -> None:
    assert policy_from_document(DEFAULT.to_document()) == DEFAULT


def test_what_a_file_leaves_out_keeps_its_default() -> None:
    assert policy_from_document({"window_days": 12}).snooze_days == 14


def test_the_company_keeps_its_own_hours_and_holidays() -> None:
    calendar = DEFAULT.calendar(frozenset({date(2026, 12, 25)}))
    assert (calendar.opens_hour, calendar.is_business_day(date(2026, 12, 25))) == (9, False)


def test_what_makes_a_payer_punctual_is_data() -> None:
    policy = policy_from_document({"payers": {"punctual_days": 0}})
    assert (policy.payers.punctual_days, policy.payers.drift_days) == (0, 10)
    assert policy_from_document(policy.to_document()) == policy


def test_a_mandate_given_in_part_keeps_the_rest() -> None:
    policy = policy_from_document({"mandates": {"sales": {"extension_days": 20}}})
    sales = policy.mandates["sales"]
    assert (sales.extension_days, sales.extension_minor) == (20, 10_000_00)


def test_the_family_sold_is_data() -> None:
    policy = policy_from_document({"product_family": "transport"})
    assert policy.product_family is ProductFamily.TRANSPORT


def test_closings_and_amounts_are_read() -> None:
    policy = policy_from_document(
        {
            "closing_periods": [["2026-12-24", "2027-01-03"]],
            "amounts": {"CHF": {"level_1_minor": 60_000}},
            "holiday_subdivision": "6AE",
        }
    )
    assert policy.amounts["CHF"].level_1_minor == 60_000
    assert policy_from_document(policy.to_document()) == policy


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ({"windows": 1}, "windows"),
        ({"mandates": {"boss": {}}}, "mandates.boss"),
        ({"mandates": {"sales": {"days": 3}}}, "mandates.sales.days"),
        ({"mandates": {"sales": {"extension_days": -1}}}, "mandates.sales.extension_days"),
        ({"product_family": "toys"}, "product_family"),
        ({"window_days": "10"}, "window_days"),
        ({"window_days": True}, "window_days"),
        ({"window_days": 0}, "window_days"),
        ({"closes_hour": 9}, "closes_hour"),
        ({"limit_over_percent": 50}, "limit_over_percent"),
        ({"waiver_authority": {"boss": 1}}, "waiver_authority.boss"),
        ({"waiver_authority": {"finance": -1}}, "waiver_authority.finance"),
        ({"allocation": "oldest"}, "allocation"),
        ({"levels": {}}, "levels"),
        ({"levels": [{"oldest_days": 8}]}, "levels"),
        ({"levels": [{"oldest_days": 8}, {"oldest_days": 5}, {"oldest_days": 9}]}, "levels"),
        ({"levels": [{"oldest_days": 8}, {}, {"oldest_days": 9}]}, "levels.2.oldest_days"),
        ({"levels": [8, 9, 10]}, "levels.1"),
        (
            {
                "levels": [
                    {"oldest_days": 8},
                    {"oldest_days": 9, "large_days": 2},
                    {"oldest_days": 9},
                ]
            },
            "levels.2.large_days",
        ),
        ({"levels": [{"oldest_days": 8, "x": 1}, {}, {}]}, "levels.1.x"),
        ({"amounts": []}, "amounts"),
        ({"amounts": {"euro": {}}}, "amounts.euro"),
        ({"amounts": {"EUR": {"level": 1}}}, "amounts.EUR.level"),
        ({"amounts": {"EUR": {"level_1_minor": 900_000}}}, "amounts.EUR.large_minor"),
        ({"closing_periods": "août"}, "closing_periods"),
        ({"closing_periods": [["2026-08-01"]]}, "closing_periods"),
        ({"closing_periods": [[1, 2]]}, "closing_periods"),
        ({"closing_periods": [["2026-08-02", "2026-08-01"]]}, "closing_periods"),
        ({"holiday_subdivision": 3}, "holiday_subdivision"),
        ({"payers": 3}, "payers"),
        ({"payers": {"drift": 9}}, "payers.drift"),
        ({"payers": {"drift_days": 0}}, "payers.drift_days"),
        ({"payers": {"least_invoices": "3"}}, "payers.least_invoices"),
    ],
)
def test_what_is_wrong_is_named(document: dict[str, Any], key: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        policy_from_document(document)
    assert refusal.value.field == key


def test_who_may_give_up_how_much_and_the_order_of_payments_are_policy() -> None:
    given = {"waiver_authority": {"finance": 100_00}, "allocation": "principal_first"}
    policy = policy_from_document(given)
    assert (policy.waiver_authority, policy.allocation.order[0]) == (
        {"finance": 100_00},
        "principal",
    )
    assert policy_from_document(policy.to_document()) == policy


def test_by_law_a_payment_goes_to_costs_first() -> None:
    assert DEFAULT.allocation.order[0] == "costs"
