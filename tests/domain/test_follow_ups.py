"""What a note must say, and what follows from it."""

from datetime import date, timedelta

import pytest

from bot.domain.calendar import Calendar
from bot.domain.errors import InvalidInput
from bot.domain.follow_ups import (
    TEXT_MAX,
    AlreadyHandled,
    AwaitedDocument,
    Consequences,
    FollowUpForm,
    InvalidForm,
    TaskKind,
    state_after,
    write_note,
)
from bot.domain.lifecycle import AlertState, Outcome, TaskOwner
from bot.domain.note_checks import check_form

TODAY = date(2026, 11, 24)  # a Tuesday
MONDAY = date(2026, 11, 30)
CALENDAR = Calendar()


def a_form(outcome: Outcome, **fields: object) -> FollowUpForm:
    return FollowUpForm(key="k", client_id=1, outcome=outcome, **fields)  # type: ignore[arg-type]


def errors_of(form: FollowUpForm) -> dict[str, str]:
    try:
        check_form(form, TODAY)
    except InvalidForm as refused:
        return refused.errors
    return {}


@pytest.mark.parametrize(
    "form",
    [
        a_form(Outcome.PROMISES, amount_minor=1, promised_on=TODAY),
        a_form(Outcome.PROMISES, amount_text="1 234,50", promised_on=MONDAY),
        a_form(Outcome.SAYS_PAID, paid_on=TODAY),
        a_form(Outcome.NO_INVOICE, send_to="compta@exemple.fr"),
        a_form(Outcome.WAITS_DOCUMENT, document="bon de livraison"),
        a_form(Outcome.DISPUTES, reason="quantité livrée"),
        a_form(Outcome.DISPUTES, reason="quantité livrée", amount_minor=300),
        a_form(Outcome.CASH_TROUBLE, said="attend un gros client"),
        a_form(Outcome.NO_ANSWER),
        a_form(Outcome.NO_ANSWER, next_try_on=MONDAY),
        a_form(Outcome.OTHER, text="rappellera"),
    ],
)
def test_a_form_with_what_its_outcome_asks_is_accepted(form: FollowUpForm) -> None:
    assert errors_of(form) == {}


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (a_form(Outcome.PROMISES), ["amount", "promised_on"]),
        (a_form(Outcome.PROMISES, amount_minor=0, promised_on=TODAY), ["amount"]),
        (a_form(Outcome.PROMISES, amount_text="1.234", promised_on=TODAY), ["amount"]),
        (
            a_form(Outcome.PROMISES, amount_minor=5, promised_on=TODAY - timedelta(days=1)),
            ["promised_on"],
        ),
        (
            a_form(Outcome.PROMISES, amount_minor=5, promised_on=TODAY + timedelta(days=367)),
            ["promised_on"],
        ),
        (a_form(Outcome.SAYS_PAID), ["paid_on"]),
        (a_form(Outcome.SAYS_PAID, paid_on=MONDAY), ["paid_on"]),
        (a_form(Outcome.NO_INVOICE), ["send_to"]),
        (a_form(Outcome.WAITS_DOCUMENT), ["document"]),
        (a_form(Outcome.DISPUTES, amount_minor=-1), ["amount", "reason"]),
        (a_form(Outcome.DISPUTES, reason="r", settle_by=date(2026, 11, 23)), ["due_on"]),
        (a_form(Outcome.CASH_TROUBLE, said="  "), ["said"]),
        (a_form(Outcome.OTHER), ["text"]),
        (a_form(Outcome.NO_ANSWER, contact_phone="01"), ["contact_name"]),
        (a_form(Outcome.NO_ANSWER, orders="x" * (TEXT_MAX + 1)), ["orders"]),
    ],
)
def test_a_refused_form_names_every_field_to_mend(form: FollowUpForm, fields: list[str]) -> None:
    assert list(errors_of(form)) == fields


def test_a_refused_form_says_what_is_accepted() -> None:
    form = a_form(Outcome.PROMISES, amount_minor=5, promised_on=TODAY - timedelta(days=1))
    assert errors_of(form)["promised_on"] == "Enter a date from today on."


def test_a_promise_suspends_the_window_until_its_date() -> None:
    form = a_form(Outcome.PROMISES, amount_minor=500_00, promised_on=MONDAY)
    done = write_note(form, TODAY, CALENDAR)
    assert done.promise is not None
    assert (done.promise.minor, done.promise.due_on) == (500_00, MONDAY)
    assert done.agreed_until == MONDAY


def test_an_unchecked_promise_without_a_date_is_refused() -> None:
    with pytest.raises(InvalidInput):
        write_note(a_form(Outcome.PROMISES, amount_minor=5), TODAY, CALENDAR)


def test_a_dispute_is_settled_by_the_day_that_was_chosen() -> None:
    chosen = a_form(Outcome.DISPUTES, reason="r", settle_by=date(2026, 12, 1))
    written = write_note(chosen, TODAY, CALENDAR)
    assert written.dispute is not None
    assert written.dispute.due_on == written.agreed_until == date(2026, 12, 1)


def test_a_dispute_is_worth_its_items_unless_an_amount_is_given() -> None:
    of_items = write_note(a_form(Outcome.DISPUTES, reason="r"), TODAY, CALENDAR, items_minor=900)
    of_amount = write_note(
        a_form(Outcome.DISPUTES, reason="r", amount_minor=300), TODAY, CALENDAR, items_minor=900
    )
    assert of_items.dispute is not None
    assert of_amount.dispute is not None
    assert (of_items.dispute.minor, of_amount.dispute.minor) == (900, 300)
    assert of_items.agreed_until == of_items.dispute.due_on == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("form", "kind", "side", "due_on"),
    [
        (
            a_form(Outcome.SAYS_PAID, paid_on=TODAY, paid_reference="VIR 12"),
            TaskKind.CHECK_PAYMENT,
            TaskOwner.FINANCE,
            date(2026, 11, 26),
        ),
        (
            a_form(Outcome.NO_INVOICE, send_to="compta"),
            TaskKind.SEND_INVOICE,
            TaskOwner.FINANCE,
            date(2026, 11, 26),
        ),
        (
            a_form(Outcome.WAITS_DOCUMENT, document=AwaitedDocument.CREDIT_NOTE),
            TaskKind.PROVIDE_DOCUMENT,
            TaskOwner.FINANCE,
            date(2026, 12, 1),
        ),
        (
            a_form(Outcome.WAITS_DOCUMENT, document=AwaitedDocument.PURCHASE_ORDER),
            TaskKind.PROVIDE_DOCUMENT,
            TaskOwner.SALES,
            date(2026, 12, 1),
        ),
    ],
)
def test_an_agreed_next_step_is_a_task_that_suspends_the_window_until_it_is_due(
    form: FollowUpForm, kind: TaskKind, side: TaskOwner, due_on: date
) -> None:
    done = write_note(form, TODAY, CALENDAR)
    assert done.task is not None
    assert (done.task.kind, done.task.side, done.task.due_on) == (kind, side, due_on)
    assert done.agreed_until == due_on


def test_what_the_client_says_of_a_payment_is_the_question_to_finance() -> None:
    form = a_form(Outcome.SAYS_PAID, paid_on=TODAY, paid_means="virement", paid_reference="12")
    done = write_note(form, TODAY, CALENDAR)
    assert done.task is not None
    assert done.task.text == "2026-11-24 · virement · 12"


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (a_form(Outcome.CASH_TROUBLE, said="s"), TaskKind.ADVISE),
        (a_form(Outcome.NO_ANSWER, next_try_on=MONDAY), TaskKind.CALL_AGAIN),
        (a_form(Outcome.NO_ANSWER), None),
        (a_form(Outcome.OTHER, text="t"), None),
    ],
)
def test_without_anything_agreed_the_window_is_not_suspended(
    form: FollowUpForm, kind: TaskKind | None
) -> None:
    done = write_note(form, TODAY, CALENDAR)
    assert (done.task.kind if done.task else None) == kind
    assert done.agreed_until is None


PROMISE = write_note(a_form(Outcome.PROMISES, amount_minor=5, promised_on=MONDAY), TODAY, CALENDAR)
DISPUTE = write_note(a_form(Outcome.DISPUTES, reason="r"), TODAY, CALENDAR)
NEXT_STEP = write_note(a_form(Outcome.WAITS_DOCUMENT, document="PV"), TODAY, CALENDAR)
PLAIN = Consequences()


@pytest.mark.parametrize(
    ("state", "done", "expected"),
    [
        (AlertState.OPEN, PROMISE, (AlertState.PROMISED, MONDAY)),
        (AlertState.SNOOZED, PROMISE, (AlertState.PROMISED, MONDAY)),
        (AlertState.RETURNED, DISPUTE, (AlertState.DISPUTED, date(2026, 12, 8))),
        (AlertState.OPEN, PLAIN, (AlertState.ACKNOWLEDGED, date(2026, 11, 27))),
        (AlertState.ACKNOWLEDGED, NEXT_STEP, (AlertState.ACKNOWLEDGED, date(2026, 12, 1))),
        (AlertState.PROMISED, PLAIN, None),
        (AlertState.DISPUTED, NEXT_STEP, None),
        (AlertState.SNOOZED, PLAIN, None),
        (AlertState.TAKEN, PROMISE, None),
        (AlertState.RESOLVED, PROMISE, None),
    ],
)
def test_a_note_moves_the_alert_as_far_as_what_it_brings(
    state: AlertState, done: Consequences, expected: tuple[AlertState, date] | None
) -> None:
    assert state_after(state, done, TODAY, CALENDAR) == expected


def test_a_stale_click_is_told_who_and_when() -> None:
    refused = AlreadyHandled("Fiona", "2026-11-24T09:42:00+00:00")
    assert (refused.name, refused.at, refused.code) == (
        "Fiona",
        "2026-11-24T09:42:00+00:00",
        "already_handled",
    )
