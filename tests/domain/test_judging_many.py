"""Judging many clients at once: what they share changes no decision; reasons carry figures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alert_facts import NOTHING_SAID, AlertFacts, ClientFacts, Standing
from bot.domain.alerts import Judge, decide
from bot.domain.calendar import Calendar
from bot.domain.decision import Change
from bot.domain.levels import draw_reasons
from bot.domain.policy import DEFAULT
from bot.domain.reasons import Reason, Rule

TODAY = date(2026, 11, 24)
PLAIN = Calendar()
OLD = TODAY - timedelta(days=16)

_FACTS = st.builds(
    ClientFacts,
    client_id=st.just(7),
    currency=st.sampled_from(["EUR", "CHF"]),
    overdue_minor=st.integers(0, 700_000),
    oldest_due_on=st.none() | st.integers(1, 60).map(lambda days: TODAY - timedelta(days=days)),
    exposure_minor=st.integers(0, 900_000),
    owner_id=st.none() | st.just(1),
    kind=st.sampled_from(["ordinary", "till"]),
    limit_minor=st.none() | st.just(800_000),
    limit_said=st.sampled_from([0, 90]),
    muted_until=st.none() | st.just(TODAY),
    standing=st.just(NOTHING_SAID) | st.builds(Standing, broken_promises=st.integers(1, 2)),
)


@given(st.lists(_FACTS, max_size=8))
def test_a_client_is_judged_among_others_as_it_is_alone(clients: list[ClientFacts]) -> None:
    judge = Judge(DEFAULT, TODAY, PLAIN)
    together = [judge.decide(facts) for facts in clients]
    assert together == [decide(facts, DEFAULT, TODAY, PLAIN) for facts in clients]


def test_clients_in_the_same_case_share_a_decision() -> None:
    judge = Judge(DEFAULT, TODAY, PLAIN)
    one, other = (ClientFacts(id, "EUR", 60_000 + id, OLD, owner_id=1) for id in (1, 2))
    assert judge.decide(one) is judge.decide(other)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule.OVERDUE, Reason(Rule.OVERDUE, 0, 16, 600_000, 0, 0, "EUR")),
        (Rule.LEVEL_1, Reason(Rule.LEVEL_1, 1, 16, 600_000, 50_000, 0, "EUR")),
        (Rule.LEVEL_2_AMOUNT, Reason(Rule.LEVEL_2_AMOUNT, 2, 16, 600_000, 500_000, 0, "EUR")),
        (Rule.LEVEL_3_AGE, Reason(Rule.LEVEL_3_AGE, 3, 16, 600_000, 0, 0, "EUR")),
        (Rule.LEVEL_3_PROMISES, Reason(Rule.LEVEL_3_PROMISES, 3, promises=2)),
        (Rule.PROCEEDING, Reason(Rule.PROCEEDING, 3)),
        (Rule.NOBODY, Reason(Rule.NOBODY)),
        (Rule.LIMIT_OVER, Reason(Rule.LIMIT_OVER, 0, 0, 700_000, 650_000, 0, "EUR")),
    ],
)
def test_a_reason_carries_the_figures_its_rule_fired_on(rule: Rule, reason: Reason) -> None:
    standing = Standing(broken_promises=2)
    facts = ClientFacts(7, "EUR", 600_000, OLD, 700_000, limit_minor=650_000, standing=standing)
    assert draw_reasons((rule,), facts, DEFAULT, TODAY) == (reason,)


def test_no_rule_needs_no_amounts() -> None:
    assert draw_reasons((), ClientFacts(7, "CHF", 1, OLD), DEFAULT, TODAY) == ()


def test_another_rule_at_the_same_level_is_an_edit() -> None:
    written = AlertFacts(
        reasons=(Reason(Rule.COVER_LOST, 1),), overdue_minor=60_000, oldest_due_on=OLD, owner_id=1
    )
    standing = Standing(alert=written)
    facts = ClientFacts(7, "EUR", 60_000, OLD, owner_id=1, standing=standing)
    assert decide(facts, DEFAULT, TODAY, PLAIN).changes == (Change.EDITED,)
