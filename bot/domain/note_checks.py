"""What of a note as typed cannot be accepted, said at each field."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

from bot.domain.errors import InvalidInput
from bot.domain.follow_ups import (
    FURTHEST_DAYS,
    TEXT_MAX,
    FollowUpForm,
    InvalidForm,
    amount_of,
)
from bot.domain.instalments import read_plan
from bot.domain.lifecycle import Outcome
from bot.domain.typed_amounts import check_amount


def check_form(form: FollowUpForm, today: date) -> None:
    """Raise `InvalidForm` naming every field that cannot be accepted."""
    problems = tuple(_problems(form, today))
    if problems:
        raise InvalidForm(problems)


def _problems(form: FollowUpForm, today: date) -> Iterator[InvalidInput]:
    yield from _outcome_problems(form, today)
    if form.contact_phone.strip() and not form.contact_name.strip():
        yield InvalidInput("Enter the contact's name.", field="contact_name")
    for field in ("send_to", "document", "reason", "said", "orders", "gesture", "text"):
        if len(getattr(form, field)) > TEXT_MAX:
            yield InvalidInput("Enter at most 3,000 characters.", field=field)


def _outcome_problems(form: FollowUpForm, today: date) -> Iterator[InvalidInput]:
    match form.outcome:
        case Outcome.PROMISES:
            yield from _amount_problems(form, required=True)
            yield from _day_problems(form, today)
        case Outcome.DISPUTES:
            yield from _amount_problems(form, required=False)
            yield from _required(form.reason, "reason", "Say what is contested.")
            yield from _future(form.settle_by, today, "due_on", required=False)
        case Outcome.SAYS_PAID:
            if form.paid_on is None or form.paid_on > today:
                yield InvalidInput("Enter a date up to today.", field="paid_on")
        case Outcome.NO_INVOICE:
            yield from _required(form.send_to, "send_to", "Say to whom to send the invoice.")
        case Outcome.WAITS_DOCUMENT:
            yield from _required(form.document, "document", "Say which document is awaited.")
        case Outcome.CASH_TROUBLE:
            yield from _required(form.said, "said", "Say what the client told you.")
        case Outcome.NO_ANSWER:
            yield from _future(form.next_try_on, today, "next_try_on", required=False)
        case Outcome.OTHER:
            yield from _required(form.text, "text", "Write what came out of it.")
        case _:
            assert_never(form.outcome)


def _day_problems(form: FollowUpForm, today: date) -> Iterator[InvalidInput]:
    """Yield what is wrong with the day of a promise, or with the payments of its plan."""
    if not form.instalments:
        yield from _future(form.promised_on, today, "promised_on", required=True)
        return
    try:
        total = amount_of(form)
    except InvalidInput:  # said at its own field
        total = None
    yield from read_plan(form.instalments, form.currency, total, today)[1]


def _amount_problems(form: FollowUpForm, *, required: bool) -> Iterator[InvalidInput]:
    try:
        amount = amount_of(form)
        if amount is not None:
            check_amount(amount)
        elif required:
            yield InvalidInput("Enter an amount above 0.", field="amount")
    except InvalidInput as problem:
        yield problem


def _future(day: date | None, today: date, field: str, *, required: bool) -> Iterator[InvalidInput]:
    if day is None:
        if required:
            yield InvalidInput("Enter a date from today on.", field=field)
    elif day < today:
        yield InvalidInput("Enter a date from today on.", field=field)
    elif day > today + timedelta(days=FURTHEST_DAYS):
        yield InvalidInput("Enter a date within a year.", field=field)


def _required(text: str, field: str, message: str) -> Iterator[InvalidInput]:
    if not text.strip():
        yield InvalidInput(message, field=field)
