"""The fields of a note as typed, made into the form the service takes."""

from bot.domain.errors import InvalidInput
from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Means, Outcome
from bot.rendering import ids
from handlers.payloads import Body, Submission, parse_view, read_values


def note_fields(view: Body) -> tuple[Outcome | None, bool, Submission]:
    """Return the outcome chosen so far, whether the contact is a new one, and the whole form."""
    values = read_values(view)
    chosen = values.get(ids.OUTCOME_FIELD)
    new_contact = values.get(ids.CONTACT) == ids.NEW_CONTACT
    return (Outcome(chosen) if chosen else None), new_contact, parse_view(view)


def follow_up_form(form: Submission, currency: str, outcome: Outcome | None) -> FollowUpForm:
    """Return a submitted note; `outcome` is given by the forms that ask for one only.

    Raise `InvalidInput` at the outcome when none was chosen.
    """
    chosen = form.text(ids.OUTCOME_FIELD)
    if outcome is None and not chosen:
        raise InvalidInput("Choose what came out of it.", field=ids.OUTCOME_FIELD)
    contact = form.text(ids.CONTACT)
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
        paid_on=form.day(ids.PAID_ON),
        paid_means=form.text(ids.PAID_MEANS),
        paid_reference=form.text(ids.PAID_REFERENCE),
        send_to=form.text(ids.SEND_TO),
        document=form.text(ids.DOCUMENT),
        reason=form.text(ids.REASON),
        item_ids=form.several(ids.ITEMS),
        said=form.text(ids.SAID),
        next_try_on=form.day(ids.NEXT_TRY_ON),
        orders=form.text(ids.ORDERS),
        gesture=form.text(ids.GESTURE),
        text=form.text(ids.TEXT),
    )
