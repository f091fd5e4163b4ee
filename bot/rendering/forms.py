"""The short forms: promise, dispute, pause, handover, return, more time, assign, share."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.instalments import Instalment
from bot.rendering import formats, ids, limits
from bot.rendering.card_views import ChoiceView
from bot.rendering.environment import sentences
from bot.rendering.fields import chosen, dated, modal, searched, ticked, typed
from bot.rendering.form_views import AssignFormView, ClientFormView, ClientPickerView
from bot.rendering.modals import about, carried_ids, dispute_fields, how, promise_fields, stakes
from bot.rendering.parts import Block, Element, option, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import DisputeView, Voice
from bot.rendering.vocabulary import WHO_IS_RIGHT

_A_WEEK = timedelta(days=7)
_A_MONTH = timedelta(days=30)


def promise_form(view: ClientFormView, voice: Voice, plan: Sequence[Instalment] = ()) -> Block:
    """Draw a promise: how much, by when, in how many times, and how it was said."""
    said = speech(voice)
    blocks = [about(view, voice), *promise_fields(view, said, plan), how(said)]
    return _form(said.words("Promise to pay"), ids.PROMISE_FORM, carried_ids(view), blocks, said)


def dispute_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw a dispute: what is contested, who settles it by when, and how it was said."""
    said = speech(voice)
    blocks = [about(view, voice), *dispute_fields(view, said), how(said)]
    return _form(said.words("Dispute"), ids.DISPUTE_FORM, carried_ids(view), blocks, said)


def close_dispute_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw the end of a dispute: which one, who was right, how much is credited."""
    said = speech(voice)
    options = [option(_disputed(one, said), str(id)) for id, one in view.disputes]
    right = [option(said.words(words), outcome.value) for outcome, words in WHO_IS_RIGHT.items()]
    hint = said.words("Only when it is settled in part")
    label = said.words("Amount to credit ({currency})", currency=view.currency)
    blocks = [about(view, voice)]
    if options:
        blocks += stakes(view, voice)
        first = str(options[0]["value"])
        blocks += [
            chosen(ids.OPEN_DISPUTE, said.words("Which dispute?"), options, initial=first),
            chosen(ids.WHO_IS_RIGHT, said.words("Who is right?"), right),
            typed(ids.AMOUNT, label, optional=True, hint=hint),
        ]
    else:
        blocks.append(section(sentences("card", voice).no_dispute()))
    title = said.words("Close the dispute")
    if not options:
        return modal(title, None, said.words("Close"), ids.CLOSE_DISPUTE_FORM, "", blocks)
    return _form(title, ids.CLOSE_DISPUTE_FORM, carried_ids(view), blocks, said)


def _disputed(dispute: DisputeView, said: Speech) -> str:
    amount = ""
    if dispute.minor:
        amount = formats.exact(dispute.minor, dispute.currency, said.language) + " · "
    return f"{amount}{dispute.reason}"


def snooze_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw a pause: until when and why (14 days at most without finance)."""
    said = speech(voice)
    hint = said.words("14 days at most")
    blocks = [
        about(view, voice),
        dated(ids.UNTIL, said.words("Until"), initial=view.today + _A_WEEK, hint=hint),
        typed(ids.REASON, said.words("Why?")),
    ]
    return _form(said.words("Pause the alert"), ids.SNOOZE_FORM, carried_ids(view), blocks, said)


def hand_over_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw a handover: what finance will get, and the salesperson's opinion."""
    said = speech(voice)
    told = section(sentences("form", voice).handing(view))
    label = said.addressed("Your opinion: what would work?")
    blocks = [about(view, voice), told, typed(ids.OPINION, label, long=True, optional=True)]
    title = said.words("Hand over the file")
    return _form(
        title, ids.HAND_OVER_FORM, carried_ids(view), blocks, said, said.words("Hand over")
    )


def return_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw a return: the question that would unlock the file."""
    said = speech(voice)
    label = said.addressed("Your question")
    blocks = [about(view, voice), typed(ids.QUESTION, label, long=True)]
    title = said.words("Return with a question")
    return _form(title, ids.RETURN_FORM, carried_ids(view), blocks, said, said.words("Return it"))


def extend_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw a manager's one extension of the window."""
    said = speech(voice)
    told = section(sentences("form", voice).extending())
    blocks = [about(view, voice), told, typed(ids.REASON, said.words("Why?"))]
    return _form(said.words("Give more time"), ids.EXTEND_FORM, carried_ids(view), blocks, said)


def mute_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw what keeping a client out of alerts means: until when and why, a year at most."""
    said = speech(voice)
    initial = view.today + _A_MONTH
    blocks = [
        about(view, voice),
        section(sentences("form", voice).muting()),
        dated(ids.UNTIL, said.words("Until"), initial=initial, hint=said.words("a year at most")),
        typed(ids.REASON, said.words("Why?")),
    ]
    return _form(said.words("Out of alerts"), ids.MUTE_FORM, carried_ids(view), blocks, said)


def assign_form(view: AssignFormView, voice: Voice) -> Block:
    """Draw who looks after which clients."""
    said = speech(voice)
    people = [option(person.name, str(person.id)) for person in view.people]
    clients = [option(name, str(client_id)) for client_id, name in view.clients]
    ticks = [str(client_id) for client_id in view.chosen]
    blocks = [
        ticked(ids.CLIENTS, said.words("Clients"), clients, initial=ticks),
        chosen(ids.PERSON, said.words("Looked after by"), people),
    ]
    carried = ids.value(alert_id=view.alert_id)
    return _form(said.words("Assign clients"), ids.ASSIGN_FORM, carried, blocks, said)


def share_form(view: ClientFormView, channel: str, voice: Voice) -> Block:
    """Draw what sharing a balance shows, and to whom."""
    said = speech(voice)
    blocks = [about(view, voice), section(sentences("form", voice).sharing())]
    carried = ids.value(client_id=view.client_id, channel=channel)
    title = said.words("Share the balance")
    return _form(title, ids.SHARE_FORM, carried, blocks, said, said.words("Share"))


def pick_client_form(view: ClientPickerView, voice: Voice) -> Block:
    """Draw the choice of a client for a note that starts from a Slack message."""
    said = speech(voice)
    blocks = [
        searched(ids.CLIENT, said.words("Client")),
        typed(ids.TEXT, said.words("Note"), long=True, initial=view.text),
    ]
    title = said.words("Choose the client")
    return _form(title, ids.PICK_CLIENT_FORM, ids.value(), blocks, said, said.words("Next"))


def client_options(found: Sequence[ChoiceView]) -> list[Element]:
    """Return the options of a search for a client: name, code and town."""
    return [
        option(
            f"{one.client} ({one.code})" + (f", {one.town}" if one.town else ""),
            str(one.client_id),
        )
        for one in found[: limits.OPTIONS_MAX]
    ]


def _form(
    title: str,
    callback_id: str,
    carried: str,
    blocks: Sequence[Block],
    said: Speech,
    submit: str | None = None,
) -> Block:
    close = said.words("Cancel")
    return modal(title, submit or said.words("Save"), close, callback_id, carried, blocks)
