"""The note: whom one reached, what came out of it, and only the fields this asks for."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.instalments import PRESETS, Instalment
from bot.domain.lifecycle import Means, Outcome
from bot.rendering import formats, ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.fields import chosen, dated, modal, ticked, typed
from bot.rendering.form_views import ClientFormView, NoteFormView
from bot.rendering.parts import Block, Element, context, lines, option, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import ContactView, ItemView, Voice
from bot.rendering.vocabulary import DOCUMENTS, MEANS, OUTCOMES


def note_form(view: NoteFormView, voice: Voice) -> Block:
    """Draw the note; drawn again when the outcome changes, Slack keeps what was typed."""
    said = speech(voice)
    carried = carried_ids(view.about)
    blocks = [
        about(view.about, voice),
        *_reached(view, said),
        how(said),
        _outcome(view.outcome, said),
        *_asked(view, said),
        *_commercial(view, said),
        _free(view, said),
    ]
    title, submit = said.words("Note an exchange"), said.words("Save")
    return modal(title, submit, said.words("Cancel"), ids.NOTE_FORM, carried, blocks)


def carried_ids(view: ClientFormView) -> str:
    """Return the ids a client's form carries back."""
    return ids.value(client_id=view.client_id, alert_id=view.alert_id, handover_id=view.handover_id)


def about(view: ClientFormView, voice: Voice) -> Block:
    """Return the first block of a form: the client's name, what is overdue, and the clock."""
    clock = sentences("alert", voice).clock(view.clock, view.today) if view.clock else Mrkdwn()
    return section(lines(sentences("form", voice).about(view), clock))


def stakes(view: ClientFormView, voice: Voice) -> list[Block]:
    """Return what weighs in a dispute or a gesture, where something is known."""
    known = context(sentences("form", voice).stakes(view.stakes, view.today))
    return [known] if known else []


def _reached(view: NoteFormView, said: Speech) -> list[Block]:
    known = [
        contact
        for contact in view.about.contacts
        if not contact.do_not_contact and contact.id is not None
    ]
    blocks = []
    if known:
        options = [option(_named(contact, said), str(contact.id)) for contact in known[:99]]
        options.append(option(said.words("Somebody else"), ids.NEW_CONTACT))
        label = said.words("Who was reached?")
        blocks.append(chosen(ids.CONTACT, label, options, optional=True, redraws=True))
    if view.new_contact or not known:
        blocks += [
            typed(ids.CONTACT_NAME, said.words("Name of the person"), optional=True),
            typed(ids.CONTACT_FUNCTION, said.words("What they do"), optional=True),
            typed(ids.CONTACT_PHONE, said.words("Their number"), optional=True),
        ]
    return blocks


def _named(contact: ContactView, said: Speech) -> str:
    function = str(said.function(contact.function)) if contact.function else ""
    return " · ".join(part for part in (contact.name, function) if part) or "—"


def how(said: Speech) -> Block:
    """Return how somebody was reached, the telephone unless another way is chosen."""
    options = [option(said.words(words), means.value) for means, words in MEANS.items()]
    return chosen(ids.MEANS, said.words("How?"), options, initial=Means.PHONE.value)


def _outcome(outcome: Outcome | None, said: Speech) -> Block:
    options = [option(said.words(words), one.value) for one, words in OUTCOMES.items()]
    return chosen(
        ids.OUTCOME_FIELD,
        said.words("What came out of it?"),
        options,
        initial=outcome.value if outcome else None,
        action_id=ids.OUTCOME,
        redraws=True,
    )


def _asked(view: NoteFormView, said: Speech) -> list[Block]:
    """Return the fields of the chosen outcome. Source: the owner's table in MESSAGES."""
    match view.outcome:
        case Outcome.PROMISES:
            return promise_fields(view.about, said, view.plan)
        case Outcome.SAYS_PAID:
            means = said.words("transfer, cheque, card…")
            return [
                dated(ids.PAID_ON, said.words("Paid on"), initial=view.about.today),
                typed(ids.PAID_MEANS, said.words("By"), optional=True, placeholder=means),
                typed(ids.PAID_REFERENCE, said.words("Reference"), optional=True),
            ]
        case Outcome.NO_INVOICE:
            label = said.words("To whom to send it")
            return [typed(ids.SEND_TO, label, placeholder=said.words("name or e-mail"))]
        case Outcome.WAITS_DOCUMENT:
            options = [option(said.words(words), one.value) for one, words in DOCUMENTS.items()]
            return [chosen(ids.DOCUMENT, said.words("Which document?"), options)]
        case Outcome.DISPUTES:
            return dispute_fields(view.about, said)
        case Outcome.CASH_TROUBLE:
            label = said.words("What was said? A plan?")
            return [typed(ids.SAID, label, long=True)]
        case Outcome.NO_ANSWER:
            return [dated(ids.NEXT_TRY_ON, said.words("Next try"), optional=True)]
        case Outcome.OTHER | None:
            return []
    assert_never(view.outcome)


def promise_fields(
    view: ClientFormView, said: Speech, plan: Sequence[Instalment] = ()
) -> list[Block]:
    """Return how much and by when, the overdue amount filled in; of a plan, each payment."""
    plan = plan[: max(PRESETS)]
    label = said.words("Amount promised ({currency})", currency=view.currency)
    amount = max(view.overdue_minor, 0)
    initial = formats.plain_amount(amount, view.currency, said.language) if amount else ""
    blocks = [typed(ids.AMOUNT, label, initial=initial), _times(len(plan), said)]
    if plan:
        blocks += _payments(view, said, plan)
    else:
        due, hint = said.words("Promised for"), said.words("Today or later")
        blocks.append(dated(ids.PROMISED_ON, due, hint=hint))
    record = context(sentences("form", said.voice).records(view))
    return [record, *blocks] if record else blocks


def _times(count: int, said: Speech) -> Block:
    options = [option(said.words("In one payment"), "1")]
    options += [
        option(said.counted("In {n} monthly payment", "In {n} monthly payments", times), str(times))
        for times in PRESETS
    ]
    label = said.words("Paid in how many times?")
    return chosen(ids.TIMES, label, options, initial=str(count or 1), redraws=True)


def _payments(view: ClientFormView, said: Speech, plan: Sequence[Instalment]) -> list[Block]:
    """Return a day and an amount per payment; their names hold how many there are."""
    blocks = []
    for number, one in enumerate(plan, 1):
        day_field, amount_field = ids.payment_fields(len(plan), number)
        amount = formats.plain_amount(one.minor, view.currency, said.language)
        blocks += [
            dated(day_field, said.words("Payment {n}: day", n=number), initial=one.due_on),
            typed(amount_field, said.words("Payment {n}: amount", n=number), initial=amount),
        ]
    return blocks


def dispute_fields(view: ClientFormView, said: Speech) -> list[Block]:
    """Return what is contested, by whom and when it is settled; items and amount when known."""
    what = typed(ids.REASON, said.words("What is contested?"), long=True)
    blocks = [*stakes(view, said.voice), what]
    options = item_options(view, said)
    if options:
        blocks.append(ticked(ids.ITEMS, said.words("Which invoices?"), options, optional=True))
    label = said.words("Amount contested ({currency})", currency=view.currency)
    hint = said.words("Ten business days from today when no date is chosen")
    return [
        *blocks,
        typed(ids.AMOUNT, label, optional=True),
        *_settler(view, said),
        dated(ids.DUE_ON, said.words("To be settled by"), optional=True, hint=hint),
    ]


def _settler(view: ClientFormView, said: Speech) -> list[Block]:
    """Return who settles the dispute: the author, unless a colleague is chosen."""
    people = [option(one.name, str(one.id)) for one in view.team]
    if len(people) < 2:
        return []
    first = str(people[0]["value"])
    return [chosen(ids.PERSON, said.words("Who settles it?"), people, initial=first)]


def item_options(view: ClientFormView, said: Speech) -> list[Element]:
    """Return the client's open invoices to choose from."""
    known = [item for item in view.items if item.id is not None]
    return [option(_item(item, said), str(item.id)) for item in known]


def _item(item: ItemView, said: Speech) -> str:
    amount = formats.exact(item.open_minor, item.currency, said.language)
    room = 75 - len(amount) - 3
    return f"{item.number[:room]} · {amount}"


def _commercial(view: NoteFormView, said: Speech) -> list[Block]:
    if view.outcome is None:
        return []
    return [
        typed(ids.ORDERS, said.words("Are there orders in progress?"), optional=True),
        typed(ids.GESTURE, said.words("Would a commercial gesture help?"), optional=True),
    ]


def _free(view: NoteFormView, said: Speech) -> Block:
    hint = said.addressed("Note facts that help payment; the person quoted may ask to read them.")
    label = said.words("Note")
    optional = view.outcome is not Outcome.OTHER
    return typed(ids.TEXT, label, optional=optional, long=True, initial=view.text, hint=hint)
