"""Questions to finance, decisions after a bad event: who may, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.actors import Actor, system
from bot.domain.errors import NotAllowed
from bot.domain.follow_ups import InvalidForm
from bot.domain.lifecycle import Role, SolvencyRequestState
from bot.domain.solvency.requests import (
    AlreadyDecided,
    AskForm,
    Course,
    GrantForm,
    check_ask,
    check_resume,
    decide_course,
    grant,
    refuse,
    state_on,
    withdraw,
)
from bot.domain.solvency.weights import DEFAULT
from tests.domain.solvency.cases import TODAY
from tests.refusals import refusal

OPEN = SolvencyRequestState.OPEN
KARIM = Actor(1, 7, name="Karim", roles=frozenset({Role.SALES}))
FIONA = Actor(1, 9, name="Fiona", roles=frozenset({Role.FINANCE}))
NADIA = Actor(1, 8, name="Nadia", roles=frozenset({Role.MANAGER}), team=frozenset({7}))
LAST = date(2027, 1, 31)


def a_form(**changes: Any) -> GrantForm:
    values = {"granted_minor": 8_000_00, "terms_days": 45, "until": LAST, "condition": ""}
    return GrantForm(**{**values, **changes})


def test_finance_grants_an_amount_terms_and_a_last_day() -> None:
    given = grant(OPEN, FIONA, a_form(condition=" signed guarantee "), DEFAULT, TODAY)
    assert (given.granted_minor, given.terms_days, given.granted_on, given.until) == (
        8_000_00,
        45,
        TODAY,
        LAST,
    )
    assert given.condition == "signed guarantee"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"granted_minor": 0}, "granted"),
        ({"terms_days": 61}, "terms"),
        ({"terms_days": -1}, "terms"),
        ({"until": None}, "until"),
        ({"until": TODAY - timedelta(days=1)}, "until"),
        ({"until": TODAY + timedelta(days=366)}, "until"),
        ({"condition": "x" * 3001}, "condition"),
    ],
)
def test_a_grant_names_each_field_to_mend(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        grant(OPEN, FIONA, a_form(**changes), DEFAULT, TODAY)
    assert list(refused.value.errors) == [field]


def test_a_public_buyer_is_granted_thirty_days_at_most() -> None:
    with pytest.raises(InvalidForm):
        grant(OPEN, FIONA, a_form(), DEFAULT, TODAY, most_terms_days=30)


def test_a_salesperson_grants_nothing() -> None:
    with pytest.raises(NotAllowed):
        grant(OPEN, KARIM, a_form(), DEFAULT, TODAY)


@pytest.mark.parametrize("state", [one for one in SolvencyRequestState if one is not OPEN])
def test_a_request_is_decided_once(state: SolvencyRequestState) -> None:
    with pytest.raises(AlreadyDecided) as decided:
        refuse(state, FIONA, "no")
    assert decided.value.state is state


def test_a_refusal_has_its_reason() -> None:
    assert refuse(OPEN, FIONA, " two losses in a row ") == "two losses in a row"


@pytest.mark.parametrize("reason", ["  ", "x" * 3001])
def test_a_refusal_without_a_readable_reason_is_sent_back(reason: str) -> None:
    with pytest.raises(InvalidForm):
        refuse(OPEN, FIONA, reason)


@pytest.mark.parametrize("actor", [KARIM, FIONA, system(1)])
def test_who_asked_or_finance_may_withdraw(actor: Actor) -> None:
    assert withdraw(OPEN, actor, 7) is SolvencyRequestState.WITHDRAWN


@pytest.mark.parametrize("asked_by_id", [None, 8])
def test_nobody_else_may_withdraw(asked_by_id: int | None) -> None:
    with pytest.raises(NotAllowed):
        withdraw(OPEN, KARIM, asked_by_id)


def test_a_decided_request_is_not_withdrawn() -> None:
    with pytest.raises(AlreadyDecided):
        withdraw(SolvencyRequestState.GRANTED, KARIM, 7)


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        (SolvencyRequestState.GRANTED, TODAY, SolvencyRequestState.GRANTED),
        (
            SolvencyRequestState.GRANTED,
            TODAY - timedelta(days=1),
            SolvencyRequestState.EXPIRED,
        ),
        (SolvencyRequestState.GRANTED, None, SolvencyRequestState.GRANTED),
        (SolvencyRequestState.REFUSED, date(2020, 1, 1), SolvencyRequestState.REFUSED),
    ],
)
def test_a_grant_expires_after_its_last_day(
    state: SolvencyRequestState, until: date | None, expected: SolvencyRequestState
) -> None:
    assert state_on(state, until, TODAY) is expected


def test_a_question_may_come_without_an_order() -> None:
    assert check_ask(AskForm(None, " can they pay? ")) == AskForm(None, "can they pay?")


def test_a_question_names_each_field_to_mend() -> None:
    with pytest.raises(InvalidForm) as refused:
        check_ask(AskForm(0, "x" * 3001))
    assert list(refused.value.errors) == ["order", "question"]


@pytest.mark.parametrize("course", [Course.CONTINUE, Course.STOP])
def test_finance_decides_after_a_bad_event(course: Course) -> None:
    assert decide_course(FIONA, course, " ok ", owner_id=7) == "ok"


def test_conditions_are_written_down() -> None:
    with pytest.raises(InvalidForm):
        decide_course(FIONA, Course.CONDITIONS, "", owner_id=7)


@pytest.mark.parametrize("actor", [KARIM, NADIA])
def test_owner_and_manager_may_stop(actor: Actor) -> None:
    assert decide_course(actor, Course.STOP, "", owner_id=7) == ""


@pytest.mark.parametrize(
    ("actor", "course", "owner_id"),
    [(KARIM, Course.CONTINUE, 7), (KARIM, Course.CONDITIONS, 7), (KARIM, Course.STOP, 3)],
)
def test_only_finance_goes_on(actor: Actor, course: Course, owner_id: int) -> None:
    with pytest.raises(NotAllowed):
        decide_course(actor, course, "cash only", owner_id=owner_id)


def test_finance_lifts_a_decision_to_stop() -> None:
    assert refusal(check_resume, FIONA) == ""


def test_a_salesperson_does_not_lift_a_decision_to_stop() -> None:
    anne = Actor(1, 7, name="Anne", roles=frozenset({Role.SALES}))
    assert refusal(check_resume, anne) == "NotAllowed"
