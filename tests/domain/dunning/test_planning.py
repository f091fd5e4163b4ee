"""The next step of a client: one at a time, none skipped, none twice, nothing once paid."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.facts import Pause, PauseKind
from bot.domain.dunning.planning import Because, Outcome
from bot.domain.dunning.scenarios import Mode, Scenario, StepActor, StepState
from bot.domain.profiles import Profile
from tests.domain.dunning.cases import (
    CALL,
    DECISION,
    FRIENDLY,
    LAST,
    REMINDER,
    TUESDAY,
    a_client,
    days,
    made,
    owed,
    planned,
)

SATURDAY = date(2026, 11, 28)
MONDAY = date(2026, 11, 30)


def test_the_first_reminder_comes_at_its_offset_and_not_a_day_before() -> None:
    assert planned(a_client(owed(4))).step == FRIENDLY
    early = planned(a_client(owed(3)))
    assert (early.outcome, early.on) == (Outcome.WAITING, TUESDAY + days(1))


def test_nobody_is_reminded_on_the_due_day() -> None:
    assert planned(a_client(owed(0))).outcome is Outcome.WAITING


def test_all_of_a_clients_items_are_in_one_message() -> None:
    plan = planned(a_client(owed(9), owed(4, id=2), owed(-3, id=3)))
    assert [item.id for item in plan.items] == [1, 2]


def test_a_client_long_late_still_gets_the_first_step_first() -> None:
    assert planned(a_client(owed(200))).step == FRIENDLY


def test_two_levels_never_fall_on_one_day() -> None:
    plan = planned(a_client(owed(200), made=(made(FRIENDLY, 0),)))
    assert (plan.outcome, plan.on) == (Outcome.WAITING, MONDAY)


def test_the_next_allowed_day_is_said_right_after_a_reminder() -> None:
    plan = planned(a_client(owed(12), made=(made(FRIENDLY, 1),)))
    assert (plan.step, plan.on) == (CALL, MONDAY)


def test_a_second_run_of_the_day_finds_nothing_more_to_do() -> None:
    assert planned(a_client(owed(4), made=(made(FRIENDLY, 0),))).outcome is Outcome.WAITING


def test_a_missed_run_is_caught_up_once() -> None:
    client = a_client(owed(60), made=(made(FRIENDLY, 50),))
    assert planned(client).step == CALL
    after = replace(client, made=(*client.made, made(CALL, 0)))
    assert planned(after, TUESDAY + days(1)).outcome is Outcome.WAITING


def test_after_a_part_payment_the_next_step_follows_the_oldest_item_left() -> None:
    left = owed(12, id=2)
    plan = planned(a_client(left, made=(made(CALL, 6, 1, 2),)))
    assert (plan.step, plan.on) == (REMINDER, left.due_on + days(REMINDER.offset_days))


def test_a_new_invoice_begins_again_with_the_kindest_step() -> None:
    plan = planned(a_client(owed(5, id=2), made=(made(LAST, 40, 1),)))
    assert plan.step == FRIENDLY


def test_a_bounced_payment_goes_on_where_its_episode_stood() -> None:
    plan = planned(a_client(owed(30), made=(made(CALL, 20, episode=5),)))
    assert (plan.step, plan.episode) == (REMINDER, 5)


def test_a_past_due_mail_never_follows_the_courtesy_of_the_day_before() -> None:
    courtesy = DEFAULTS[Profile.LATE_BY_HABIT].courtesy
    assert courtesy is not None
    client = a_client(owed(4, id=2), made=(made(courtesy, 1, 1),))
    assert planned(client).on == MONDAY


def test_a_step_is_not_made_on_a_day_off() -> None:
    late = owed(4)._replace(due_on=SATURDAY - days(4))
    plan = planned(a_client(late), SATURDAY)
    assert (plan.outcome, plan.on) == (Outcome.WAITING, MONDAY)


def test_a_step_that_was_due_before_a_day_off_waits_for_the_next_working_day() -> None:
    late = owed(4)._replace(due_on=SATURDAY - days(5))
    plan = planned(a_client(late), SATURDAY)
    assert (plan.outcome, plan.on) == (Outcome.WAITING, MONDAY)


def test_after_the_last_step_nothing_goes_on_for_ever() -> None:
    plan = planned(a_client(owed(300), made=(made(DECISION, 30),)))
    assert (plan.outcome, plan.because) == (Outcome.FINISHED, Because.EVERY_STEP_MADE)


def test_a_client_that_owes_nothing_gets_nothing() -> None:
    plan = planned(a_client())
    assert (plan.outcome, plan.because) == (Outcome.FINISHED, Because.NOTHING_OWED)


def test_an_open_credit_note_is_netted_though_nobody_matched_it() -> None:
    plan = planned(a_client(owed(9), owed(4, id=2), credits={"EUR": 1000_00}))
    assert [item.id for item in plan.items] == [2]
    whole = planned(a_client(owed(9), credits={"EUR": 1000_00}))
    assert (whole.outcome, whole.because) == (Outcome.FINISHED, Because.NETTED)


def test_credits_of_another_currency_close_nothing() -> None:
    assert planned(a_client(owed(9), credits={"USD": 1000_00})).outcome is Outcome.DUE


def test_a_few_euros_alone_are_never_asked_for() -> None:
    plan = planned(a_client(owed(90, 9)))
    assert (plan.outcome, plan.because) == (Outcome.FINISHED, Because.SMALL)


def test_a_few_euros_never_set_the_age_but_go_along() -> None:
    plan = planned(a_client(owed(90, 9), owed(4, id=2)))
    assert (plan.step, [item.id for item in plan.items]) == (FRIENDLY, [1, 2])
    assert planned(a_client(owed(90, 9), owed(3, id=2))).outcome is Outcome.WAITING


def test_a_step_with_a_minimum_is_not_for_a_small_debt() -> None:
    plan = planned(a_client(owed(60, 100), made=(made(LAST, 20),)))
    assert plan.step == DECISION


def test_a_debt_below_every_minimum_is_over() -> None:
    dear = Scenario(Profile.NEW, (replace(FRIENDLY, minimum_minor=500_000),))
    plan = planned(a_client(owed(60, 100)), scenario=dear)
    assert (plan.outcome, plan.because) == (Outcome.FINISHED, Because.BELOW_MINIMUM)


def test_a_step_that_is_off_is_as_if_it_were_not_there() -> None:
    off = Scenario(Profile.NEW, (replace(FRIENDLY, mode=Mode.OFF), CALL))
    assert planned(a_client(owed(60)), scenario=off).step == CALL


def test_a_scenario_whose_reminders_are_off_leaves_its_clients_uncovered() -> None:
    off = Scenario(Profile.NEW, (replace(FRIENDLY, mode=Mode.OFF),))
    plan = planned(a_client(owed(60)), scenario=off)
    assert (plan.outcome, plan.because) == (Outcome.UNCOVERED, Because.NO_STEP)


@pytest.mark.parametrize(
    ("state", "because"),
    [(StepState.DRAFTED, Because.APPROVAL), (StepState.QUEUED, Because.IN_OUTBOX)],
)
def test_no_harder_step_passes_an_e_mail_that_did_not_leave(
    state: StepState, because: Because
) -> None:
    plan = planned(a_client(owed(60), made=(made(FRIENDLY, 30, state=state),)))
    assert (plan.outcome, plan.because, plan.step) == (Outcome.WAITING, because, FRIENDLY)


def test_a_draft_of_a_step_that_its_scenario_lost_still_waits() -> None:
    gone = made(replace(FRIENDLY, key="gone"), 30, state=StepState.DRAFTED)
    plan = planned(a_client(owed(60), made=(gone,)))
    assert (plan.because, plan.step, plan.actor) == (Because.APPROVAL, None, None)


def test_a_call_nobody_made_does_not_keep_finance_waiting() -> None:
    plan = planned(a_client(owed(60), made=(made(CALL, 30, state=StepState.DUE),)))
    assert plan.step == REMINDER


def test_a_draft_is_dropped_once_what_it_named_is_paid() -> None:
    draft = made(FRIENDLY, 3, 1, state=StepState.DRAFTED)
    plan = planned(a_client(owed(5, id=2), made=(draft,)))
    assert (plan.dropped, plan.step) == ((draft,), FRIENDLY)
    assert planned(a_client(made=(draft,))).dropped == (draft,)


def test_a_courtesy_nobody_approved_is_dropped_on_the_due_day_and_reminders_go_on() -> None:
    step = DEFAULTS[Profile.LATE_BY_HABIT].courtesy
    assert step is not None
    courtesy = made(step, 8, state=StepState.DRAFTED)
    assert planned(a_client(owed(-1, 9000), made=(courtesy,))).dropped == ()
    assert planned(a_client(owed(0, 9000), made=(courtesy,))).dropped == (courtesy,)
    plan = planned(a_client(owed(4, 9000), made=(courtesy,)))
    assert (plan.dropped, plan.step) == ((courtesy,), FRIENDLY)


def test_a_draft_stands_while_books_are_behind() -> None:
    draft = made(FRIENDLY, 3, state=StepState.DRAFTED)
    plan = planned(a_client(owed(8), made=(draft,), pauses=(Pause(PauseKind.STALE_BOOKS),)))
    assert (plan.outcome, plan.dropped) == (Outcome.HELD, ())


def test_a_cancelled_step_is_made_again_when_its_items_come_back() -> None:
    cancelled = made(FRIENDLY, 3, state=StepState.CANCELLED)
    assert planned(a_client(owed(8), made=(cancelled,))).step == FRIENDLY


def test_after_finance_took_the_file_the_salespersons_steps_are_finances() -> None:
    client = a_client(owed(20), made=(made(FRIENDLY, 10),), is_with_finance=True)
    assert planned(client).actor is StepActor.FINANCE


def test_a_client_nobody_owns_is_called_by_finance() -> None:
    client = a_client(owed(20), made=(made(FRIENDLY, 10),), owner_id=None)
    assert planned(client).actor is StepActor.FINANCE


def test_a_client_without_an_address_is_finances_to_reach_never_skipped() -> None:
    plan = planned(a_client(owed(4), has_address=False))
    assert (plan.outcome, plan.actor, plan.without_address) == (
        Outcome.DUE,
        StepActor.FINANCE,
        True,
    )


def test_the_good_cop_window_mutes_e_mails_but_not_the_salespersons_own_steps() -> None:
    window = (Pause(PauseKind.WINDOW, TUESDAY + days(7)),)
    muted = planned(a_client(owed(4), pauses=window))
    assert (muted.outcome, muted.because) == (Outcome.HELD, PauseKind.WINDOW)
    assert muted.on == TUESDAY + days(8)
    own = planned(a_client(owed(20), pauses=window, made=(made(FRIENDLY, 10),)))
    assert (own.outcome, own.actor) == (Outcome.DUE, StepActor.SALES)


def test_a_step_due_during_the_window_comes_after_it() -> None:
    window = (Pause(PauseKind.WINDOW, TUESDAY + days(7)),)
    plan = planned(a_client(owed(2), pauses=window))
    assert (plan.outcome, plan.on) == (Outcome.WAITING, TUESDAY + days(8))


def test_the_plan_names_its_day_when_a_pause_ends() -> None:
    pause = (Pause(PauseKind.MANUAL, SATURDAY - days(1)),)
    plan = planned(a_client(owed(20), pauses=pause))
    assert (plan.outcome, plan.because, plan.on) == (Outcome.HELD, PauseKind.MANUAL, MONDAY)


def test_a_proceeding_has_no_end_of_its_own() -> None:
    pause = (Pause(PauseKind.PROCEEDING),)
    plan = planned(a_client(owed(20), pauses=pause))
    assert (plan.outcome, plan.on) == (Outcome.HELD, None)
