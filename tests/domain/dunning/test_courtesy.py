"""The courtesy before the due date: in time, once an item, and never beside a reminder."""

from dataclasses import replace

from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.planning import Outcome
from bot.domain.dunning.scenarios import Scenario, StepActor
from bot.domain.profiles import Profile
from tests.domain.dunning.cases import (
    FRIENDLY,
    TUESDAY,
    USUAL,
    a_client,
    days,
    made,
    owed,
    planned,
)

HABITUAL = DEFAULTS[Profile.LATE_BY_HABIT]
COURTESY = HABITUAL.steps[0]


def test_a_large_invoice_is_called_about_before_it_falls_due() -> None:
    plan = planned(a_client(owed(-5, 6000)))
    assert (plan.outcome, plan.actor) == (Outcome.DUE, StepActor.SALES)
    assert plan.step == USUAL.courtesy


def test_a_punctual_payers_small_invoice_is_not() -> None:
    assert planned(a_client(owed(-5, 600))).step == FRIENDLY


def test_any_invoice_of_a_habitually_late_payer_is_written_about() -> None:
    assert planned(a_client(owed(-7, 600)), scenario=HABITUAL).step == COURTESY


def test_the_courtesy_waits_for_its_day() -> None:
    plan = planned(a_client(owed(-9, 600)), scenario=HABITUAL)
    assert (plan.outcome, plan.on, plan.step) == (Outcome.WAITING, TUESDAY + days(2), COURTESY)


def test_one_courtesy_names_all_that_falls_due_within_its_reach() -> None:
    plan = planned(a_client(owed(-3), owed(-7, id=2), owed(-8, id=3)), scenario=HABITUAL)
    assert [item.id for item in plan.items] == [1, 2]


def test_an_item_is_said_once_before_its_due_date() -> None:
    client = a_client(owed(-2), made=(made(COURTESY, 5),))
    assert planned(client, scenario=HABITUAL).step == FRIENDLY


def test_another_item_waits_for_the_minimum_delay_between_two_courtesies() -> None:
    client = a_client(owed(-10, id=2), made=(made(COURTESY, 5),))
    plan = planned(client, scenario=HABITUAL)
    assert (plan.step, plan.on) == (COURTESY, TUESDAY + days(9))


def test_a_courtesy_that_would_come_too_late_does_not_come() -> None:
    client = a_client(owed(-2), owed(-6, id=2), made=(made(COURTESY, 5),))
    assert planned(client, scenario=HABITUAL).step == FRIENDLY


def test_no_courtesy_while_something_is_late() -> None:
    plan = planned(a_client(owed(4), owed(-7, id=2)), scenario=HABITUAL)
    assert plan.step == FRIENDLY


def test_no_courtesy_for_a_few_euros() -> None:
    free = Scenario(Profile.NEW, (replace(COURTESY, minimum_minor=0), FRIENDLY))
    plan = planned(a_client(owed(-7, 9), owed(-41, id=2)), scenario=free)
    assert plan.on == TUESDAY + days(41 - 7)


def test_no_courtesy_where_the_scenario_has_none() -> None:
    none = Scenario(Profile.NEW, (FRIENDLY,))
    assert planned(a_client(owed(-7)), scenario=none).step == FRIENDLY
