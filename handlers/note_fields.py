"""The fields of a note as typed, made into the form the service takes."""

from datetime import date, timedelta

from bot.domain.errors import InvalidInput
from bot.domain.follow_ups import FollowUpForm
from bot.domain.instalments import Instalment, TypedInstalment, monthly
from bot.domain.lifecycle import Means, Outcome
from bot.domain.typed_amounts import read_amount
from bot.rendering import ids
from handlers.payloads import Body, Submission, parse_view, read_values

_A_WEEK = timedelta(days=7)


def note_fields(view: Body) -> tuple[Outcome | None, bool, Submission]:
    """Return the outcome chosen so far, whether the contact is a new one, and the whole form."""
    values = read_values(view)
    chosen = values.get(ids.OUTCOME_FIELD)
    new_contact = values.get(ids.CONTACT) == ids.NEW_CONTACT
    return (Outcome(chosen) if chosen else None), new_contact, parse_view(view)


def proposed_plan(form: Submission, currency: str, today: date) -> tuple[Instalment, ...]:
    """Return monthly payments of the amount typed so far; none for a single payment."""
    times = int(form.text(ids.TIMES) or 1)
    if times < 2:
        return ()
    try:
        minor = read_amount(form.text(ids.AMOUNT), currency)
    except InvalidInput:  # said when the form is submitted
        minor = 0
    return monthly(minor, form.day(ids.PROMISED_ON) or today + _A_WEEK, times)


def _instalments(form: Submission) -> tuple[TypedInstalment, ...]:
    times = int(form.text(ids.TIMES) or 1)
    if times < 2:
        return ()
    fields = [ids.payment_fields(times, number) for number in range(1, times + 1)]
    return tuple(
        TypedInstalment(amount, day, form.text(amount), form.day(day)) for day, amount in fields
    )


def follow_up_form(form: Submission, currency: str, outcome: Outcome | None) -> FollowUpForm:
    """Return a submitted note; `outcome` is given by the forms that ask for one only.

    Raise `InvalidInput` at the outcome when none was chosen.
    """
    chosen = form.text(ids.OUTCOME_FIELD)
    if outcome is None and not chosen:
        raise InvalidInput("Choose what came out of it.", field=ids.OUTCOME_FIELD)
    contact, settler = form.text(ids.CONTACT), form.text(ids.PERSON)
    return FollowUpForm(
        key=form.key,
        client_id=form.number("client_id"),
        outcome=outcome or Outcome(chosen),
        means=Means(form.text(ids.MEANS) or Means.PHONE),
        alert_id=form.find_number("alert_id"),
        contact_id=int(contact) if contact.isdigit() else None,
        contact_name=form.text(ids.CONTACT_NAME),
        contact_function=form.text(ids.CONTACT_FUNCTION),
        contact_phone=form.text(ids.CONTACT_PHONE),
        amount_text=form.text(ids.AMOUNT),
        currency=currency,
        promised_on=form.day(ids.PROMISED_ON),
        instalments=_instalments(form),
        paid_on=form.day(ids.PAID_ON),
        paid_means=form.text(ids.PAID_MEANS),
        paid_reference=form.text(ids.PAID_REFERENCE),
        send_to=form.text(ids.SEND_TO),
        document=form.text(ids.DOCUMENT),
        reason=form.text(ids.REASON),
        item_ids=form.several(ids.ITEMS),
        settle_by=form.day(ids.DUE_ON),
        settler_id=int(settler) if settler.isdigit() else None,
        said=form.text(ids.SAID),
        next_try_on=form.day(ids.NEXT_TRY_ON),
        orders=form.text(ids.ORDERS),
        gesture=form.text(ids.GESTURE),
        text=form.text(ids.TEXT),
    )
