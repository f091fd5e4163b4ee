"""Schedules add up to the cent, and stay inside the policy and the law."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.due_dates import MonthEnd, Terms
from bot.domain.errors import Conflict
from bot.domain.follow_ups import InvalidForm
from bot.domain.payment_ceilings import CEILINGS, ProductFamily
from bot.domain.solvency.dossier import EventKind
from bot.domain.solvency.payment_terms import bounds_of, build_schedule, starting_form, yearly_cost
from bot.domain.solvency.schedules import (
    TEMPLATES,
    Bounds,
    Discount,
    Moment,
    Part,
    Template,
    TermsForm,
)
from bot.domain.solvency.verdict import Assessment, decide
from bot.domain.solvency.weights import DEFAULT
from tests.domain.solvency.cases import TODAY, a_dossier, a_record, an_event

WIDE = Bounds(60, 0, before_delivery=False)
EOM_45 = Terms(45, MonthEnd.AFTER_DAYS)


def a_form(**changes: Any) -> TermsForm:
    form = TermsForm(10_000_00, "EUR", TEMPLATES[Template.THIRDS], Terms(30))
    return replace(form, **changes)


def refusals(form: TermsForm, bounds: Bounds = WIDE) -> dict[str, str]:
    with pytest.raises(InvalidForm) as refused:
        build_schedule(form, bounds)
    return refused.value.errors


def assessed(**changes: Any) -> Assessment:
    return decide(a_dossier(**changes), None, DEFAULT, TODAY)


def test_percentages_are_rounded_and_the_last_part_takes_the_remainder() -> None:
    schedule = build_schedule(a_form(total_minor=100_01), WIDE)
    assert [one.minor for one in schedule.instalments] == [30_00, 40_00, 30_01]


def test_amounts_are_taken_as_they_are() -> None:
    parts = (Part(Moment.ORDER, minor=1_000_00), Part(Moment.FINAL, minor=9_000_00))
    schedule = build_schedule(a_form(parts=parts), WIDE)
    assert [one.minor for one in schedule.instalments] == [1_000_00, 9_000_00]
    assert schedule.deposit_minor == 1_000_00


def test_an_order_is_paid_at_once_and_deliveries_on_the_terms() -> None:
    parts = (
        Part(Moment.ORDER, Decimal(30), planned_on=date(2026, 12, 1)),
        Part(Moment.INTERIM, Decimal(40), planned_on=date(2027, 1, 10)),
        Part(Moment.FINAL, Decimal(30)),
    )
    schedule = build_schedule(a_form(parts=parts), WIDE)
    assert [one.due_on for one in schedule.instalments] == [
        date(2026, 12, 1),
        date(2027, 2, 9),
        None,
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"total_minor": 0}, "total"),
        ({"parts": ()}, "parts"),
        ({"parts": (Part(Moment.FINAL),)}, "parts"),
        ({"parts": (Part(Moment.FINAL, Decimal(0)),)}, "parts"),
        ({"parts": (Part(Moment.FINAL, Decimal(50), 5_000_00),)}, "parts"),
        ({"parts": (Part(Moment.FINAL, Decimal(90)),)}, "parts"),
        ({"parts": (Part(Moment.FINAL, minor=9_000_00),)}, "parts"),
        (
            {"parts": (Part(Moment.ORDER, Decimal(50)), Part(Moment.FINAL, minor=5_000_00))},
            "parts",
        ),
        ({"parts": tuple(reversed(TEMPLATES[Template.HALVES]))}, "parts"),
        (
            {
                "parts": (
                    Part(Moment.INTERIM, Decimal(50), planned_on=date(2027, 2, 1)),
                    Part(Moment.FINAL, Decimal(50), planned_on=date(2027, 1, 1)),
                )
            },
            "parts",
        ),
        ({"total_minor": 1, "parts": TEMPLATES[Template.HALVES]}, "parts"),
        ({"terms": Terms(61)}, "terms"),
        ({"terms": Terms(46, MonthEnd.BEFORE_DAYS)}, "terms"),
        ({"discount": Discount(Decimal(0), 8)}, "discount_percent"),
        ({"discount": Discount(Decimal(6), 8)}, "discount_percent"),
        ({"discount": Discount(Decimal(2), 30)}, "discount_days"),
    ],
)
def test_each_refusal_names_its_field(changes: dict[str, Any], field: str) -> None:
    assert list(refusals(a_form(**changes))) == [field]


def test_all_refusals_come_at_once() -> None:
    wrong = a_form(total_minor=-1, parts=(), terms=Terms(90))
    assert list(refusals(wrong)) == ["total", "parts", "terms"]


def test_terms_within_the_law_may_be_too_long_for_the_company() -> None:
    refused = refusals(a_form(terms=Terms(45)), Bounds(30, 0, before_delivery=False))
    assert refused == {"terms": "These terms are longer than allowed for this company."}


def test_45_days_end_of_month_count_as_60_days() -> None:
    assert build_schedule(a_form(terms=EOM_45), WIDE).terms == EOM_45


@pytest.mark.parametrize(
    ("family", "terms", "allowed"),
    [
        (ProductFamily.STANDARD, Terms(60), True),
        (ProductFamily.STANDARD, EOM_45, True),
        (ProductFamily.SUMMARY_INVOICE, Terms(45), True),
        (ProductFamily.SUMMARY_INVOICE, EOM_45, False),
        (ProductFamily.PERISHABLE_FOOD, Terms(31), False),
        (ProductFamily.LIVESTOCK_AND_FRESH_MEAT, Terms(20), True),
        (ProductFamily.LIVESTOCK_AND_FRESH_MEAT, Terms(21), False),
        (ProductFamily.ALCOHOL, Terms(30, MonthEnd.BEFORE_DAYS), True),
        (ProductFamily.ALCOHOL, Terms(30, MonthEnd.AFTER_DAYS), False),
        (ProductFamily.GRAPES_AND_MUSTS, EOM_45, True),
        (ProductFamily.TRANSPORT, Terms(31), False),
        (ProductFamily.PUBLIC_BUYER, Terms(30), True),
        (ProductFamily.PUBLIC_HOSPITAL, Terms(51), False),
        (ProductFamily.PUBLIC_ENTERPRISE, Terms(60), True),
    ],
)
def test_each_family_has_its_ceiling(family: ProductFamily, terms: Terms, allowed: bool) -> None:
    assert CEILINGS[family].allows(terms) is allowed


def test_a_deposit_smaller_than_asked_is_refused() -> None:
    bounds = Bounds(60, 3_000_01, before_delivery=False)
    assert refusals(a_form(), bounds) == {
        "parts": "Raise the share paid at the order: the rest is more than this company may owe."
    }


@pytest.mark.parametrize(
    ("percent", "within", "days", "yearly"),
    [("2", 10, 60, "14.9"), ("1", 8, 30, "16.8"), ("0.5", 0, 45, "4.1")],
)
def test_a_discount_says_its_yearly_cost(percent: str, within: int, days: int, yearly: str) -> None:
    cost = yearly_cost(Discount(Decimal(percent), within), Terms(days))
    assert cost == Decimal(yearly)


def test_a_discount_is_on_what_is_sold_on_credit() -> None:
    form = a_form(discount=Discount(Decimal(2), 8))
    offer = build_schedule(form, WIDE).discount
    assert offer is not None
    assert offer.minor == 140_00


def test_an_order_above_the_limit_needs_the_excess_as_deposit() -> None:
    assert bounds_of(assessed(), 8_000_00) == Bounds(45, 3_000_00, before_delivery=False)


def test_conditions_need_the_classs_share_as_deposit() -> None:
    plan = assessed(events=(an_event(EventKind.PLAN),))
    assert bounds_of(plan, 1_000_00) == Bounds(30, 300_00, before_delivery=False)


def test_without_credit_goods_are_paid_before_they_leave() -> None:
    bounds = bounds_of(assessed(accounts=()), 1_000_00)
    form = starting_form(1_000_00, "EUR", bounds)
    assert build_schedule(form, bounds).before_delivery
    assert form.terms == Terms(0)


def test_nothing_is_prepared_for_a_company_in_liquidation() -> None:
    dead = assessed(events=(an_event(EventKind.LIQUIDATION),))
    with pytest.raises(Conflict):
        bounds_of(dead, 1_000_00)


def test_the_proposal_starts_from_the_clients_own_terms() -> None:
    assert starting_form(1_000_00, "EUR", WIDE, own_terms=EOM_45).terms == EOM_45


def test_own_terms_that_are_not_allowed_give_way_to_the_longest() -> None:
    bounds = Bounds(30, 0, before_delivery=False)
    assert starting_form(1_000_00, "EUR", bounds, own_terms=EOM_45).terms == Terms(30)


def test_a_family_shortens_the_proposed_terms() -> None:
    form = starting_form(1_000_00, "EUR", WIDE, family=ProductFamily.TRANSPORT)
    assert form.terms == Terms(30)


@pytest.mark.parametrize(("usual", "debit"), [(None, False), (15, False), (16, True)])
def test_direct_debit_is_proposed_to_late_payers(usual: int | None, debit: bool) -> None:
    record = a_record(usual_delay_days=usual)
    assert starting_form(1_000_00, "EUR", WIDE, own_record=record).direct_debit is debit


@pytest.mark.parametrize(
    ("deposit", "moments"),
    [(0, ["final"]), (1, ["order", "final"]), (1_000_00, ["order"])],
)
def test_the_proposal_has_the_deposit_that_is_asked(deposit: int, moments: list[str]) -> None:
    form = starting_form(1_000_00, "EUR", Bounds(30, deposit, before_delivery=False))
    assert [part.moment for part in form.parts] == moments


@given(st.integers(100, 10**10), st.sampled_from(Template))
def test_every_template_adds_up_to_the_cent(total: int, template: Template) -> None:
    schedule = build_schedule(a_form(total_minor=total, parts=TEMPLATES[template]), WIDE)
    assert sum(one.minor for one in schedule.instalments) == total


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 60))
def test_what_is_proposed_is_always_accepted(total: int, deposit: int, days: int) -> None:
    bounds = Bounds(days, min(total, deposit), before_delivery=False)
    schedule = build_schedule(starting_form(total, "EUR", bounds), bounds)
    assert schedule.total_minor == total
