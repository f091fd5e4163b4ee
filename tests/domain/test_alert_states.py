"""An open alert: when it speaks again, when its states end, when it is over."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.decision import Change
from bot.domain.lifecycle import AlertState
from bot.domain.reasons import Held, Why
from bot.domain.window import Window
from tests.domain.judging import TODAY, YESTERDAY, an_alert, judge


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
