"""The verdict, case by case: hard rules, grades, orders, grants."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Calendar
from bot.domain.solvency.credit_limit import group_exposure
from bot.domain.solvency.dossier import (
    CompanyState,
    Course,
    Cover,
    Event,
    EventKind,
    Grade,
)
from bot.domain.solvency.grants import Grant
from bot.domain.solvency.offers import Condition, OrderCourse
from tests.domain.solvency.answering import LOSSES, a_grant, answer, outside
from tests.domain.solvency.cases import (
    TODAY,
    a_company,
    a_dossier,
    a_flag,
    a_record,
    accounts,
    an_event,
    decided,
)


@pytest.mark.parametrize(
    ("changes", "rating", "verdict"),
    [
        ({}, "B", "sell"),
        ({"own_record": a_record()}, "A", "sell"),
        ({"accounts": (), "own_record": a_record()}, "B", "sell"),
        ({"accounts": ()}, "D", "ask_finance"),
        ({"accounts": (LOSSES, accounts(2024))}, "C", "conditions"),
        ({"company": a_company(state=CompanyState.CEASED)}, "E", "do_not_sell"),
        ({"company": a_company(state=CompanyState.UNKNOWN)}, "D", "ask_finance"),
        ({"company": None}, "D", "ask_finance"),
        ({"events": (an_event(EventKind.LIQUIDATION),)}, "E", "do_not_sell"),
        ({"events": (an_event(EventKind.CLOSED_UNPAID),)}, "E", "do_not_sell"),
        ({"events": (an_event(EventKind.STRUCK_OFF),)}, "E", "do_not_sell"),
        ({"events": (an_event(EventKind.REDRESSEMENT),)}, "D", "ask_finance"),
        ({"events": (an_event(EventKind.SAUVEGARDE),)}, "D", "ask_finance"),
        ({"events": (an_event(EventKind.PERSONAL_RECOVERY),)}, "D", "ask_finance"),
        ({"events": (an_event(EventKind.AMICABLE_LIQUIDATION),)}, "D", "ask_finance"),
        ({"events": (an_event(EventKind.UNREAD),)}, "D", "ask_finance"),
        ({"events": (an_event(EventKind.UNREAD, date(2024, 1, 9)),)}, "B", "sell"),
        ({"events": (an_event(EventKind.PLAN),)}, "C", "conditions"),
        ({"events": (an_event(EventKind.PLAN_ENDED),)}, "C", "conditions"),
        ({"events": (an_event(EventKind.PLAN_ENDED, date(2024, 1, 9)),)}, "B", "sell"),
        ({"events": (an_event(EventKind.CONCILIATION),)}, "C", "conditions"),
        ({"events": (an_event(EventKind.BUSINESS_SOLD),)}, "C", "conditions"),
        ({"events": (an_event(EventKind.CLOSED_PAID),)}, "B", "sell"),
        ({"events": (an_event(EventKind.PROCEDURAL),)}, "B", "sell"),
        ({"flags": (a_flag(),)}, "D", "ask_finance"),
        ({"flags": (a_flag(expires_on=date(2026, 11, 23)),)}, "B", "sell"),
        ({"decision": decided(Course.STOP)}, "E", "do_not_sell"),
        ({"decision": decided(Course.CONDITIONS)}, "C", "conditions"),
        ({"decision": decided(Course.CONTINUE)}, "B", "sell"),
        ({"decision": decided(Course.STOP, until=date(2026, 11, 23))}, "B", "sell"),
        ({"sources": ()}, "D", "ask_finance"),
        ({"outside_grades": (outside(Grade.E),)}, "D", "ask_finance"),
        ({"outside_grades": (outside(None),)}, "B", "sell"),
    ],
)
def test_each_fact_leads_to_its_verdict(changes: dict[str, Any], rating: str, verdict: str) -> None:
    found = answer(a_dossier(**changes))
    assert (found.rating, found.verdict) == (rating, verdict)


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        ({"overdue_minor": 500_00, "oldest_overdue_days": 61}, "ask_finance"),
        ({"overdue_minor": 500_00, "oldest_overdue_days": 31}, "conditions"),
        ({"overdue_minor": 500_00, "oldest_overdue_days": 30}, "sell"),
        ({"overdue_minor": 9_99, "oldest_overdue_days": 400}, "sell"),
        ({"promises_broken": 2}, "conditions"),
        ({"currency": "CHF"}, "ask_finance"),
    ],
)
def test_how_they_pay_us_caps_the_verdict(record: dict[str, Any], verdict: str) -> None:
    assert answer(a_dossier(own_record=a_record(**record))).verdict == verdict


def test_a_register_still_active_long_after_leaves_a_striking_off_to_finance() -> None:
    old = an_event(EventKind.STRUCK_OFF, date(2026, 1, 5))
    assert answer(a_dossier(events=(old,))).verdict == "ask_finance"


@pytest.mark.parametrize("who", [{"is_sole_trader": True}, {"is_masked": True}])
def test_a_person_in_liquidation_is_left_to_finance(who: dict[str, Any]) -> None:
    found = answer(a_dossier(company=a_company(**who), events=(an_event(EventKind.LIQUIDATION),)))
    assert (found.rating, found.verdict) == ("E", "ask_finance")


@pytest.mark.parametrize("who", [{"is_sole_trader": True}, {"is_masked": True}])
def test_a_person_people_decided_to_stop_selling_to_is_not_sold_to(who: dict[str, Any]) -> None:
    found = answer(a_dossier(company=a_company(**who), decision=decided(Course.STOP)))
    assert found.verdict == "do_not_sell"


def test_no_grant_stands_against_a_decision_to_stop() -> None:
    found = answer(a_dossier(decision=decided(Course.STOP)), grant=a_grant())
    assert found.verdict == "do_not_sell"


def test_a_decision_to_stop_is_the_first_reason() -> None:
    found = answer(a_dossier(decision=decided(Course.STOP), flags=(a_flag(),)))
    assert found.alarms[0].rule == "stopped"


def test_a_public_body_without_accounts_is_sold_to_within_thirty_days() -> None:
    town = a_company(legal_form="7210", activity="84.11Z")
    found = answer(a_dossier(company=town, accounts=()))
    assert (found.verdict, found.terms_days) == ("sell", 30)


def test_nothing_is_lent_when_finance_must_be_asked() -> None:
    found = answer(a_dossier(events=(an_event(EventKind.REDRESSEMENT),), own_record=a_record()))
    assert (found.terms_days, found.limit.minor, found.max_order_minor) == (0, 0, 0)
    assert found.conditions == (Condition.CASH_BEFORE_DELIVERY,)


def test_terms_and_deposit_come_from_the_risk_class() -> None:
    found = answer(a_dossier(events=(an_event(EventKind.PLAN),)))
    assert (found.terms_days, found.deposit_percent) == (30, 30)
    assert found.conditions == (Condition.DEPOSIT,)


@pytest.mark.parametrize(
    ("order", "course", "deposit", "verdict"),
    [
        (5_000_00, OrderCourse.GO, 0, "sell"),
        (8_000_00, OrderCourse.GO_WITH_DEPOSIT, 3_000_00, "conditions"),
        (10_000_00, OrderCourse.GO_WITH_DEPOSIT, 5_000_00, "conditions"),
        (12_000_00, OrderCourse.ASK, 0, "ask_finance"),
    ],
)
def test_an_order_is_set_against_a_prospects_limit_of_5000(
    order: int, course: OrderCourse, deposit: int, verdict: str
) -> None:
    found = answer(a_dossier(), order)
    assert found.order is not None
    assert (found.order.course, found.order.deposit_minor, found.verdict) == (
        course,
        deposit,
        verdict,
    )


def test_conditions_ask_the_classs_deposit_even_within_the_limit() -> None:
    found = answer(a_dossier(events=(an_event(EventKind.PLAN),)), 1_000_00)
    assert found.order is not None
    assert found.order.deposit_minor == 300_00


def test_a_deposit_rounded_up_on_a_tiny_order_does_not_send_it_to_finance() -> None:
    found = answer(a_dossier(events=(an_event(EventKind.PLAN),)), 1)
    assert found.order is not None
    assert (found.order.course, found.order.deposit_minor) == (OrderCourse.GO_WITH_DEPOSIT, 1)


def test_exposure_is_open_items_and_the_order() -> None:
    found = answer(a_dossier(own_record=a_record(open_minor=4_000_00)), 1_500_00)
    assert found.order is not None
    assert (found.exposure_minor, found.order.exposure_minor) == (4_000_00, 5_500_00)


def test_the_part_no_insurance_covers_is_said() -> None:
    cover = Cover("Assureur du Nord", "P1", 3_000_00, 90, "EUR", None, TODAY)
    found = answer(a_dossier(cover=cover), 4_000_00)
    assert found.order is not None
    assert found.order.uninsured_minor == 4_000_00 - 2_700_00


def test_no_order_is_taken_from_a_company_in_liquidation() -> None:
    found = answer(a_dossier(events=(an_event(EventKind.LIQUIDATION),)), 100)
    assert found.order is not None
    assert (found.order.course, found.conditions) == (OrderCourse.NO, ())


@pytest.mark.parametrize(
    ("group_open", "course", "max_order"),
    [
        (0, OrderCourse.GO, 5_000_00),
        (8_000_00, OrderCourse.GO_WITH_DEPOSIT, 2_000_00),
        (12_000_00, OrderCourse.ASK, 0),
    ],
)
def test_an_order_must_fit_in_the_groups_limit_too(
    group_open: int, course: OrderCourse, max_order: int
) -> None:
    group = group_exposure("111111118", {"222222227": group_open}, 10_000_00)
    found = answer(a_dossier(), 4_000_00, group=group)
    assert found.order is not None
    assert (found.order.course, found.max_order_minor) == (course, max_order)


@pytest.mark.parametrize(
    ("grant", "verdict"),
    [
        (a_grant(), "sell"),
        (a_grant(condition="guarantee signed"), "conditions"),
        (a_grant(until=date(2026, 11, 23)), "ask_finance"),
        (a_grant(currency="CHF"), "ask_finance"),
        (a_grant(granted_on=date(2026, 9, 1)), "ask_finance"),
    ],
)
def test_finances_yes_counts_until_its_day_and_until_something_grave(
    grant: Grant, verdict: str
) -> None:
    dossier = a_dossier(events=(an_event(EventKind.REDRESSEMENT, date(2026, 10, 2)),))
    assert answer(dossier, grant=grant).verdict == verdict


def test_a_grant_sets_limit_and_terms_within_the_law() -> None:
    found = answer(a_dossier(accounts=()), 6_000_00, grant=a_grant(terms_days=90))
    assert (found.limit.minor, found.terms_days, found.verdict) == (8_000_00, 60, "sell")


def test_a_grant_survives_what_only_asks_for_conditions() -> None:
    late = a_record(overdue_minor=500_00, oldest_overdue_days=31, currency="EUR")
    assert answer(a_dossier(own_record=late), grant=a_grant()).verdict == "sell"


def test_no_grant_stands_when_notices_could_not_be_looked_for() -> None:
    assert answer(a_dossier(sources=()), grant=a_grant()).verdict == "ask_finance"


def test_no_grant_stands_against_a_liquidation() -> None:
    old = an_event(EventKind.LIQUIDATION, date(2026, 9, 29))
    assert answer(a_dossier(events=(old,)), grant=a_grant()).verdict == "do_not_sell"


def test_an_opening_says_until_when_claims_may_be_declared() -> None:
    dossier = a_dossier(
        events=(an_event(EventKind.LIQUIDATION), an_event(EventKind.PROCEDURAL, TODAY))
    )
    found = answer(dossier, calendar=Calendar(frozenset({date(2026, 11, 30)})))
    assert [line.deadline for line in found.events] == [None, date(2026, 12, 1)]


def test_a_later_event_of_the_same_day_counts() -> None:
    day = TODAY - timedelta(days=9)
    plan = Event("A2", "552100554", EventKind.PLAN, day, on=day)
    opening = Event("A1", "552100554", EventKind.REDRESSEMENT, day, on=day - timedelta(days=1))
    assert answer(a_dossier(events=(plan, opening))).verdict == "conditions"
