"""Judging a client: which level, what changes, what is held, when it is over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ageing import AgeingBucket
from bot.domain.alert_facts import ClientFacts, overdue_for_alerts
from bot.domain.alerts import decide
from bot.domain.decision import NOTHING, Change
from bot.domain.ledger import ClientKind
from bot.domain.lifecycle import AlertState
from bot.domain.policy import DEFAULT, Level
from bot.domain.reasons import Held, Reason, Rule, Why, reason_from_document
from tests.domain.judging import PLAIN, TODAY, YESTERDAY, an_alert, judge, reasons_of


@pytest.mark.parametrize(
    ("euros", "days", "level"),
    [
        (0, 0, 0),
        (499, 50, 0),
        (500, 7, 0),
        (500, 8, 1),
        (5000, 14, 1),
        (5000, 15, 2),
        (4999, 29, 1),
        (500, 30, 2),
        (500, 45, 3),
    ],
)
def test_the_level_is_read_from_the_facts(euros: int, days: int, level: int) -> None:
    assert judge(euros, days).level == level


def test_a_second_broken_promise_is_level_three() -> None:
    assert judge(500, 2, standing={"broken_promises": 2}).level == 3


def test_a_policy_may_leave_broken_promises_and_large_amounts_out() -> None:
    policy = replace(DEFAULT, levels=(Level(8), Level(30), Level(45)))
    assert judge(9000, 20, policy=policy, standing={"broken_promises": 3}).level == 1


def test_a_broken_promise_alone_opens_an_alert() -> None:
    decision = judge(450, 3, standing={"broken_promises": 1})
    assert (decision.level, decision.change, decision.pierces) == (1, "opened", True)


def test_a_little_money_overdue_is_a_line_in_the_digest() -> None:
    assert judge(100, 3).rules == (Rule.OVERDUE,)


def test_nothing_overdue_is_nothing() -> None:
    assert judge(0, 0) is NOTHING


def test_an_alert_of_nobody_says_so() -> None:
    assert Rule.NOBODY in judge(owner_id=None).rules


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"kind": ClientKind.TILL}, Why.KIND),
        ({"muted_until": TODAY, "muted_reason": "procès"}, Why.MUTED),
        ({"barred": Held(Why.STALE_BOOKS)}, Why.STALE_BOOKS),
    ],
)
def test_what_bars_a_client_keeps_its_alert_from_opening(facts: dict[str, Any], why: Why) -> None:
    decision = judge(**facts)
    assert decision.held is not None
    assert (decision.held.why, decision.changes) == (why, ())


def test_a_mute_that_is_over_bars_nothing() -> None:
    assert judge(muted_until=YESTERDAY).change == "opened"


def test_a_currency_without_amounts_goes_to_finance() -> None:
    facts = ClientFacts(7, "CHF", 90_000, YESTERDAY)
    held = decide(facts, DEFAULT, TODAY, PLAIN).held
    assert held is not None
    assert (held.why, held.detail) == (Why.CURRENCY, "CHF")
    assert decide(facts._replace(overdue_minor=0), DEFAULT, TODAY, PLAIN) is NOTHING


def test_a_level_once_reached_holds_down_to_eighty_percent() -> None:
    by_amount = an_alert(level=2, reasons=(Reason(Rule.LEVEL_2_AMOUNT, 2),))
    assert judge(4000, 15, alert=by_amount).level == 2
    assert judge(3999, 15, alert=by_amount).level == 1


def test_a_level_reached_by_age_lowers_no_amount() -> None:
    assert judge(4000, 15, alert=an_alert(level=2)).level == 1


@pytest.mark.parametrize(
    ("exposure", "said", "stage", "change"),
    [
        (899, 0, 0, "none"),
        (900, 0, 90, "limit"),
        (1000, 90, 90, "none"),
        (1001, 90, 100, "limit"),
        (800, 100, 100, "none"),
        (799, 100, 90, "limit_cleared"),
        (719, 90, 0, "limit_cleared"),
    ],
)
def test_a_credit_limit_is_said_per_stage_and_rearmed(
    exposure: int, said: int, stage: int, change: str
) -> None:
    decision = judge(0, 0, exposure_minor=exposure * 100, limit_minor=100_000, limit_said=said)
    assert (decision.limit_stage, decision.change) == (stage, change)


def test_an_alert_and_a_limit_are_said_together() -> None:
    decision = judge(900, 10, limit_minor=50_000)
    assert decision.changes == (Change.OPENED, Change.LIMIT)
    assert decision.rules[-1] is Rule.LIMIT_OVER


def test_a_limit_of_nothing_is_no_limit() -> None:
    assert judge(0, 0, exposure_minor=100, limit_minor=0).changes == ()


def test_an_account_that_never_alerts_says_no_limit_either() -> None:
    held = judge(0, 0, kind=ClientKind.STAFF, exposure_minor=200_000, limit_minor=100_000)
    assert held.changes == ()


@pytest.mark.parametrize(
    ("debits", "credits", "loose", "net", "overdue"),
    [
        (1000, 0, 0, 1000, 1000),
        (1000, -300, 0, 900, 700),
        (1000, 0, -300, 900, 700),
        (1000, 0, 300, 1300, 1000),
        (1000, -300, 0, 500, 500),
        (1000, -2000, 0, -1000, 0),
    ],
)
def test_credits_are_netted_and_never_exceed_the_net(
    debits: int, credits: int, loose: int, net: int, overdue: int
) -> None:
    assert overdue_for_alerts(debits, credits, loose, net) == overdue


@given(
    st.integers(0, 9000),
    st.integers(0, 120),
    st.integers(0, 3),
    st.sampled_from([AlertState.OPEN, AlertState.SNOOZED, AlertState.TAKEN]),
)
def test_what_was_written_is_not_written_twice(
    euros: int, days: int, broken: int, state: AlertState
) -> None:
    first = judge(euros, days, standing={"broken_promises": broken})
    if Change.OPENED not in first.changes:
        return
    written = an_alert(
        state=state,
        level=first.level,
        reasons=reasons_of(first, euros, days, broken),
        overdue_minor=euros * 100,
        oldest_due_on=TODAY - timedelta(days=days) if days else None,
        announced_level=first.level,
        announced_minor=euros * 100,
        announced_bucket=AgeingBucket.DAYS_OVER_90,
    )
    assert judge(euros, days, alert=written, standing={"broken_promises": broken}).changes == ()


@pytest.mark.parametrize("rule", list(Rule))
def test_every_reason_has_words_and_survives_being_kept(rule: Rule) -> None:
    reason = Reason(rule, 2, 31, 1_248_000, 50_000, 2, "EUR")
    assert reason_from_document(reason.to_document()) == reason
    assert "{" not in reason.text()


@pytest.mark.parametrize("why", list(Why))
def test_every_cause_of_silence_has_words(why: Why) -> None:
    assert "{" not in Held(why).text() + Held(why, detail="EUR").text()
