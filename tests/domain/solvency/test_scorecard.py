"""The points of each factor, where their figures come from, and what lowers confidence."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.solvency.dossier import (
    Confidentiality,
    EventKind,
    Grade,
    SourceAnswer,
    SourceName,
    SourceState,
)
from tests.domain.solvency.answering import LOSSES, REGISTERED, answer, factor, outside
from tests.domain.solvency.cases import (
    ANSWERED,
    a_company,
    a_dossier,
    a_record,
    accounts,
    an_event,
)


def test_reasons_put_hard_rules_before_points() -> None:
    found = answer(a_dossier(events=(an_event(EventKind.PLAN),), accounts=(LOSSES,)))
    assert [type(one).__name__ for one in found.against] == ["Alarm", "Factor", "Factor"]


def test_reasons_for_are_the_three_that_weigh_most() -> None:
    names = [factor.name for factor in answer(a_dossier(own_record=a_record())).in_favour]
    assert names == ["payment_habit", "equity", "unpaid_now"]


def test_a_source_that_fails_is_named_and_costs_confidence() -> None:
    silent = SourceAnswer(SourceName.VIES, SourceState.DOWN)
    before, after = answer(a_dossier()), answer(a_dossier(sources=(*ANSWERED, silent)))
    assert after.silent == (silent,)
    assert after.confidence == before.confidence - 3


@pytest.mark.parametrize("name", [SourceName.RATIOS, SourceName.NOTICES])
def test_a_stale_source_costs_confidence_not_points(name: SourceName) -> None:
    stale = tuple(replace(one, state=SourceState.STALE) for one in ANSWERED if one.name is name)
    others = tuple(one for one in ANSWERED if one.name is not name)
    before, after = answer(a_dossier()), answer(a_dossier(sources=(*others, *stale)))
    assert after.confidence < before.confidence
    assert after.points == before.points


def test_accounts_over_two_years_old_cost_confidence_not_points() -> None:
    before = answer(a_dossier(accounts=(accounts(2024),)))
    after = answer(a_dossier(accounts=(accounts(2023),)))
    assert after.points == before.points
    assert after.confidence < before.confidence


@pytest.mark.parametrize(
    "name", [SourceName.LEDGER, SourceName.REGISTER, SourceName.INSURER, SourceName.AGENCY]
)
def test_our_own_books_out_of_reach_leave_it_to_finance(name: SourceName) -> None:
    sources = (*ANSWERED, SourceAnswer(name, SourceState.DOWN))
    assert answer(a_dossier(sources=sources)).verdict == "ask_finance"


@pytest.mark.parametrize(
    ("changes", "name", "points"),
    [
        ({"own_record": a_record(paid_count=2)}, "payment_habit", None),
        ({"own_record": a_record(usual_delay_days=9)}, "payment_habit", 11),
        ({"own_record": a_record(usual_delay_days=45)}, "payment_habit", 0),
        ({"accounts": (accounts(2022),)}, "equity", None),
        ({"accounts": (accounts(turnover_minor=None),)}, "result", 3),
        ({"accounts": (accounts(turnover_minor=0, result_minor=-5),)}, "result", 0),
        ({"accounts": (accounts(result_minor=None),)}, "result", None),
        ({"accounts": (accounts(supplier_days=None),)}, "supplier_days", None),
        ({"sector": None}, "supplier_days_in_sector", None),
        ({"accounts": (accounts(supplier_days=60.0),)}, "supplier_days_in_sector", 2),
        ({"accounts": (accounts(),)}, "equity_trend", None),
        ({"company": a_company(headcount="NN", category="GE")}, "size", 12),
        ({"company": a_company(headcount="NN", category="PME")}, "size", None),
        ({"company": a_company(headcount="NN")}, "size", None),
        ({"company": a_company(created_on=date(2021, 11, 25))}, "age", 4),
        ({"company": a_company(activity="43.21A")}, "sector", 0),
        ({"accounts": (accounts(confidentiality=Confidentiality.CONFIDENTIAL),)}, "filing", 1),
        ({"accounts": (), "events": (an_event(EventKind.ACCOUNTS_CONFIDENTIAL),)}, "filing", 1),
        ({"accounts": (), "events": (an_event(EventKind.ACCOUNTS_FILED),)}, "filing", 3),
        ({"outside_grades": (outside(Grade.A), outside(Grade.C))}, "insurer_grade", 1),
        ({"outside_grades": (outside(Grade.B, SourceName.AGENCY),)}, "agency_grade", 1),
    ],
)
def test_each_factor_has_its_points(changes: dict[str, Any], name: str, points: int | None) -> None:
    found = factor(a_dossier(**changes), name)
    assert (found.points if found else None) == points


def test_the_registers_newer_figures_do_not_hide_the_ratios_of_the_year_before() -> None:
    found = answer(a_dossier(accounts=(REGISTERED, accounts(2024))))
    assert {"equity", "liquidity", "result"} <= {one.name for one in found.factors}


def test_the_register_fills_a_result_that_the_accounts_hide() -> None:
    hidden = accounts(2025, result_minor=None, turnover_minor=None)
    found = factor(a_dossier(accounts=(REGISTERED, hidden)), "result")
    assert found is not None
    assert (found.value, found.points) == (5, 5)


def test_the_registers_figures_alone_are_not_read_when_the_accounts_were_not_seen() -> None:
    blind = tuple(one for one in ANSWERED if one.name is not SourceName.RATIOS)
    assert factor(a_dossier(accounts=(REGISTERED,), sources=blind), "result") is None


def test_a_client_who_never_paid_anything_has_no_record_yet() -> None:
    new = a_dossier(own_record=a_record(paid_count=0, usual_delay_days=None))
    assert factor(new, "unpaid_now") is None


def test_the_fullest_of_two_rows_of_one_year_is_read() -> None:
    poor = replace(accounts(), equity_percent=None, result_minor=None)
    assert factor(a_dossier(accounts=(poor, accounts())), "equity") is not None


def test_points_add_up_to_the_score() -> None:
    found = answer(a_dossier(own_record=a_record()))
    assert found.points == sum(one.points for one in found.factors)


def test_what_is_missing_is_listed() -> None:
    assert "payment_habit" in answer(a_dossier()).missing
