"""What a person notes of an exchange, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from bot.domain.calendar import Calendar
from bot.domain.errors import Conflict, InvalidInput
from bot.domain.instalments import Instalment, TypedInstalment, read_plan
from bot.domain.lifecycle import AlertState, Means, Outcome, TaskOwner
from bot.domain.typed_amounts import read_amount

TEXT_MAX = 3000
FURTHEST_DAYS = 366
ACKNOWLEDGED_DAYS = 3
DISPUTE_DAYS = 10


class AlreadyHandled(Conflict):
    """Somebody else answered first: `name` did, at the instant `at` (ISO 8601)."""

    def __init__(self, name: str, at: str) -> None:
        super().__init__(f"already handled by {name} at {at}", code="already_handled")
        self.name = name
        self.at = at


class InvalidForm(InvalidInput):
    """A form with one or more fields to mend; `errors` is field -> message, in form order."""

    def __init__(self, problems: tuple[InvalidInput, ...]) -> None:
        super().__init__(problems[0].message, field=problems[0].field)
        self.errors = {problem.field or "": problem.message for problem in problems}


class TaskKind(StrEnum):
    """What somebody owes after an exchange."""

    CHECK_PAYMENT = "check_payment"
    SEND_INVOICE = "send_invoice"
    PROVIDE_DOCUMENT = "provide_document"
    ADVISE = "advise"
    CALL_AGAIN = "call_again"


class AwaitedDocument(StrEnum):
    """The documents a client waits for before paying; other words are taken as they are."""

    CREDIT_NOTE = "credit_note"
    PURCHASE_ORDER = "purchase_order"
    ACCEPTANCE_REPORT = "acceptance_report"
    BANK_DETAILS = "bank_details"


# The salesperson gets these from the client's own people; finance issues the others.
_FROM_SALES = frozenset({AwaitedDocument.PURCHASE_ORDER, AwaitedDocument.ACCEPTANCE_REPORT})


@dataclass(frozen=True, slots=True)
class FollowUpForm:
    """A submitted note. Only the fields its outcome asks for are read; `key` makes it safe twice.

    A dispute without `settle_by` is to be settled in ten business days, by its author unless
    `settler_id` names a colleague.
    `amount_text` is the amount as typed, read when `amount_minor` is None.
    """

    key: str
    client_id: int
    outcome: Outcome
    means: Means = Means.PHONE
    alert_id: int | None = None
    contact_id: int | None = None
    contact_name: str = ""
    contact_function: str = ""
    contact_phone: str = ""
    amount_minor: int | None = None
    amount_text: str = ""
    currency: str = "EUR"
    promised_on: date | None = None
    instalments: tuple[TypedInstalment, ...] = ()
    paid_on: date | None = None
    paid_means: str = ""
    paid_reference: str = ""
    send_to: str = ""
    document: str = ""
    reason: str = ""
    item_ids: tuple[int, ...] = ()
    settle_by: date | None = None
    settler_id: int | None = None
    said: str = ""
    next_try_on: date | None = None
    orders: str = ""
    gesture: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewPromise:
    """A promise to write down: how much, by when; a plan's first day when it is paid in parts."""

    minor: int
    currency: str
    due_on: date
    plan: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True)
class NewDispute:
    """A dispute to open. `minor` is 0 when neither an amount nor an item was named."""

    reason: str
    item_ids: tuple[int, ...]
    minor: int
    currency: str
    due_on: date


@dataclass(frozen=True, slots=True)
class NewTask:
    """Something somebody owes; `side` when no person is named yet."""

    kind: TaskKind
    side: TaskOwner
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a note brings; `agreed_until` is the day until which the good-cop window waits."""

    promise: NewPromise | None = None
    dispute: NewDispute | None = None
    task: NewTask | None = None
    agreed_until: date | None = None


def write_note(
    form: FollowUpForm, today: date, calendar: Calendar, *, items_minor: int = 0
) -> Consequences:
    """Return what a checked note brings; `items_minor` is the open sum of the contested items.

    Due dates count business days. Source: the owner's table of outcomes in MESSAGES.
    """
    match form.outcome:
        case Outcome.PROMISES:
            return _promise(form, today)
        case Outcome.DISPUTES:
            usual = calendar.add_business_days(today, DISPUTE_DAYS)
            return _dispute(form, form.settle_by or usual, items_minor)
        case Outcome.SAYS_PAID:
            said = " · ".join(_filled(_iso(form.paid_on), form.paid_means, form.paid_reference))
            return _agreed(TaskKind.CHECK_PAYMENT, said, calendar.add_business_days(today, 2))
        case Outcome.NO_INVOICE:
            return _agreed(
                TaskKind.SEND_INVOICE, form.send_to, calendar.add_business_days(today, 2)
            )
        case Outcome.WAITS_DOCUMENT:
            side = TaskOwner.SALES if form.document in _FROM_SALES else TaskOwner.FINANCE
            return _agreed(
                TaskKind.PROVIDE_DOCUMENT, form.document, calendar.add_business_days(today, 5), side
            )
        case Outcome.CASH_TROUBLE:
            advise = NewTask(
                TaskKind.ADVISE, TaskOwner.FINANCE, form.said, calendar.add_business_days(today, 2)
            )
            return Consequences(task=advise)
        case Outcome.NO_ANSWER:
            return _next_try(form)
        case Outcome.OTHER:
            return Consequences()
    assert_never(form.outcome)


def state_after(
    state: AlertState, done: Consequences, today: date, calendar: Calendar
) -> tuple[AlertState, date | None] | None:
    """Return the alert's next state and the day it ends, or None when the note changes neither.

    A file with finance stays there; a live promise, dispute or pause outlives a plain note.
    """
    if state.is_closed or state.is_with_finance:
        return None
    if done.promise is not None:
        return AlertState.PROMISED, done.promise.due_on
    if done.dispute is not None:
        return AlertState.DISPUTED, done.dispute.due_on
    if state in (AlertState.PROMISED, AlertState.DISPUTED, AlertState.SNOOZED):
        return None
    restarted = calendar.add_business_days(today, ACKNOWLEDGED_DAYS)
    return AlertState.ACKNOWLEDGED, max(restarted, done.agreed_until or restarted)


def _promise(form: FollowUpForm, today: date) -> Consequences:
    minor = amount_of(form)
    plan, _ = read_plan(form.instalments, form.currency, minor, today)
    due_on = plan[0].due_on if plan else form.promised_on
    if minor is None or due_on is None:
        raise InvalidInput("A promise has an amount and a date.", field="amount")
    promise = NewPromise(minor, form.currency, due_on, plan)
    return Consequences(promise=promise, agreed_until=due_on)


def _dispute(form: FollowUpForm, due_on: date, items_minor: int) -> Consequences:
    minor = amount_of(form) or max(items_minor, 0)
    dispute = NewDispute(form.reason.strip(), form.item_ids, minor, form.currency, due_on)
    return Consequences(dispute=dispute, agreed_until=due_on)


def _agreed(
    kind: TaskKind, text: str, due_on: date, side: TaskOwner = TaskOwner.FINANCE
) -> Consequences:
    return Consequences(task=NewTask(kind, side, text.strip(), due_on), agreed_until=due_on)


def _next_try(form: FollowUpForm) -> Consequences:
    if form.next_try_on is None:
        return Consequences()
    return Consequences(task=NewTask(TaskKind.CALL_AGAIN, TaskOwner.SALES, "", form.next_try_on))


def amount_of(form: FollowUpForm) -> int | None:
    """Return the amount in minor units, None when none was typed; raise `InvalidInput`."""
    if form.amount_minor is None and form.amount_text.strip():
        return read_amount(form.amount_text, form.currency)
    return form.amount_minor


def _filled(*texts: str) -> Iterator[str]:
    return (text.strip() for text in texts if text.strip())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
