"""Judging a client: which level, what changes, what is held, when it is over."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ageing import AgeingBucket
from bot.domain.alert_facts import AlertFacts, ClientFacts, Standing, overdue_for_alerts
from bot.domain.alerts import decide
from bot.domain.calendar import Calendar
from bot.domain.decision import NOTHING, Change, Decision
from bot.domain.ledger import ClientKind
from bot.domain.levels import draw_reasons
from bot.domain.lifecycle import AlertState
from bot.domain.policy import DEFAULT, Level, Policy
from bot.domain.reasons import Held, Reason, Rule, Why, reason_from_document
from bot.domain.window import Window

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
PLAIN = Calendar()
RUNNING = Window(ends_on=date(2026, 12, 8))


def judge(
    euros: int = 900,
    days: int = 10,
    *,
    alert: AlertFacts | None = None,
    policy: Policy = DEFAULT,
    standing: dict[str, Any] | None = None,
    **facts: Any,
) -> Decision:
    """Judge a client owing `euros`, the oldest item `days` late."""
    oldest = TODAY - timedelta(days=days) if days else None
    values = {"owner_id": 1, "exposure_minor": euros * 100, **facts}
    said = Standing(alert=alert, **(standing or {}))
    client = ClientFacts(7, "EUR", euros * 100, oldest, **values)
    values.setdefault("currency", "EUR")
    return decide(client._replace(standing=said), policy, TODAY, PLAIN)


def reasons_of(decision: Decision, euros: int, days: int, broken: int) -> tuple[Reason, ...]:
    """Return a decision's reasons, as they are written."""
    oldest = TODAY - timedelta(days=days) if days else None
    standing = Standing(broken_promises=broken)
    facts = ClientFacts(7, "EUR", euros * 100, oldest, owner_id=1, standing=standing)
    return draw_reasons(decision.rules, facts, DEFAULT, TODAY)


def an_alert(**values: Any) -> AlertFacts:
    """An alert of level 1, posted, as a client owing 900 euros for 10 days would have."""
    written: dict[str, Any] = {
        "level": 1,
        "reasons": (Reason(Rule.LEVEL_1, 1, 10, 90_000, 50_000, 0, "EUR"),),
        "overdue_minor": 90_000,
        "oldest_due_on": TODAY - timedelta(days=10),
        "owner_id": 1,
        "announced_minor": 90_000,
        "announced_bucket": AgeingBucket.DAYS_1_30,
        "posted": True,
        "window": RUNNING,
    }
    return AlertFacts(**{**written, **values})


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


def test_the_same_facts_change_nothing() -> None:
    assert judge(alert=an_alert()).changes == ()


def test_the_passing_of_a_day_is_no_news() -> None:
    assert judge(days=11, alert=an_alert(oldest_due_on=TODAY - timedelta(days=11))).changes == ()


@pytest.mark.parametrize(
    ("euros", "days", "alert", "changes"),
    [
        (1000, 10, {}, (Change.EDITED,)),
        (1125, 10, {}, (Change.EDITED, Change.NEWS)),
        (900, 30, {}, (Change.EDITED, Change.NEWS)),
        (900, 31, {"announced_level": 2, "level": 2}, (Change.EDITED, Change.NEWS)),
        (1125, 10, {"posted": False}, (Change.EDITED,)),
        (900, 10, {"owner_id": 2}, (Change.REASSIGNED,)),
    ],
)
def test_only_news_speaks_again(
    euros: int, days: int, alert: dict[str, Any], changes: tuple[Change, ...]
) -> None:
    assert judge(euros, days, alert=an_alert(**alert)).changes == changes


def test_news_waits_while_paused() -> None:
    paused = an_alert(state=AlertState.SNOOZED, state_ends_on=TODAY, state_reason="congés")
    decision = judge(2000, alert=paused)
    assert decision.held == Held(Why.SNOOZED, TODAY, "congés")


@pytest.mark.parametrize("threat", ["proceeding", "cover_lost"])
def test_a_threat_pierces_a_pause(threat: str) -> None:
    paused = an_alert(state=AlertState.SNOOZED, state_ends_on=TODAY)
    assert Change.NEWS in judge(alert=paused, standing={threat: True}).changes


def test_a_threat_alerts_before_anything_is_overdue() -> None:
    decision = judge(0, 0, exposure_minor=100_00, standing={"proceeding": True})
    assert (decision.level, decision.pierces) == (3, True)


def test_a_threatened_client_does_not_resolve() -> None:
    standing = {"proceeding": True}
    decision = judge(0, 0, exposure_minor=100, alert=an_alert(), standing=standing)
    assert decision.state is AlertState.OPEN


@pytest.mark.parametrize(
    ("euros", "standing", "alert", "resolved"),
    [
        (0, {}, {}, True),
        (399, {}, {}, True),
        (400, {}, {}, False),
        (399, {"promised_until": TODAY}, {"state": AlertState.PROMISED}, False),
        (399, {"disputed_until": TODAY}, {"state": AlertState.DISPUTED}, False),
        (399, {"disputed_until": YESTERDAY}, {"state": AlertState.DISPUTED}, True),
        (399, {}, {"state": AlertState.TAKEN}, False),
        (0, {"promised_until": TODAY}, {"state": AlertState.TAKEN}, True),
    ],
)
def test_an_alert_is_over_when_the_money_is_in(
    euros: int, standing: dict[str, Any], alert: dict[str, Any], resolved: bool
) -> None:
    days = 10 if euros else 0
    decision = judge(euros, days, alert=an_alert(**alert), standing=standing)
    assert (decision.state is AlertState.RESOLVED) is resolved


def test_a_barred_client_is_still_edited_and_still_resolves() -> None:
    barred = Held(Why.STALE_BOOKS)
    assert judge(2000, alert=an_alert(), barred=barred).changes == (Change.EDITED,)
    assert judge(0, 0, alert=an_alert(), barred=barred).change == "resolved"


def test_a_level_once_reached_holds_down_to_eighty_percent() -> None:
    by_amount = an_alert(level=2, reasons=(Reason(Rule.LEVEL_2_AMOUNT, 2),))
    assert judge(4000, 15, alert=by_amount).level == 2
    assert judge(3999, 15, alert=by_amount).level == 1


def test_a_level_reached_by_age_lowers_no_amount() -> None:
    assert judge(4000, 15, alert=an_alert(level=2)).level == 1


@pytest.mark.parametrize(
    ("state", "ends_on", "standing", "expired"),
    [
        (AlertState.ACKNOWLEDGED, TODAY, {}, False),
        (AlertState.ACKNOWLEDGED, YESTERDAY, {}, True),
        (AlertState.ACKNOWLEDGED, None, {}, False),
        (AlertState.SNOOZED, YESTERDAY, {}, True),
        (AlertState.SNOOZED, TODAY, {"broken_promises": 1}, True),
        (AlertState.RETURNED, YESTERDAY, {}, True),
        (AlertState.PROMISED, YESTERDAY, {"promised_until": YESTERDAY}, False),
        (AlertState.PROMISED, YESTERDAY, {}, True),
        (AlertState.DISPUTED, None, {"disputed_until": TODAY}, False),
        (AlertState.DISPUTED, None, {"disputed_until": YESTERDAY}, True),
        (AlertState.DISPUTED, None, {}, True),
        (AlertState.TAKEN, YESTERDAY, {}, False),
    ],
)
def test_every_state_has_an_end(
    state: AlertState, ends_on: date | None, standing: dict[str, Any], expired: bool
) -> None:
    alert = an_alert(state=state, state_ends_on=ends_on)
    decision = judge(alert=alert, standing=standing)
    assert (Change.EXPIRED in decision.changes) is expired
    assert (decision.state is AlertState.OPEN) is expired


def test_a_second_acknowledgement_without_a_note_proposes_the_handover() -> None:
    alert = an_alert(
        state=AlertState.ACKNOWLEDGED, state_ends_on=YESTERDAY, acknowledgement_expiries=1
    )
    assert Change.HANDOVER_PROPOSED in judge(alert=alert).changes


def test_a_broken_promise_lets_the_clock_run_again() -> None:
    stopped = Window(date(2026, 12, 20), 4, date(2026, 12, 16))
    decision = judge(alert=an_alert(state=AlertState.PROMISED, window=stopped))
    assert decision.window == Window(ends_on=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("ends_on", "state", "standing", "change"),
    [
        (date(2026, 11, 27), AlertState.OPEN, {}, "none"),
        (date(2026, 11, 26), AlertState.OPEN, {}, "window_ending"),
        (YESTERDAY, AlertState.OPEN, {}, "handed_over"),
        (YESTERDAY, AlertState.PROMISED, {"promised_until": YESTERDAY}, "none"),
        (YESTERDAY, AlertState.DISPUTED, {"disputed_until": TODAY}, "none"),
        (YESTERDAY, AlertState.SNOOZED, {}, "none"),
        (YESTERDAY, AlertState.TAKEN, {}, "none"),
    ],
)
def test_the_clock_decides_the_handover(
    ends_on: date, state: AlertState, standing: dict[str, Any], change: str
) -> None:
    alert = an_alert(state=state, window=Window(ends_on))
    assert judge(alert=alert, standing=standing).change == change


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
