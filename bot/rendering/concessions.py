"""More time and gestures for a client: their forms, finance's message and its answer."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.extensions import Beyond
from bot.domain.lifecycle import ConcessionState
from bot.rendering import ids
from bot.rendering.answers import answer_buttons
from bot.rendering.concession_views import BeyondView, ConcessionView
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, dotted
from bot.rendering.fields import dated, modal, ticked, typed
from bot.rendering.form_views import ClientFormView
from bot.rendering.modals import about, carried_ids, item_options, stakes
from bot.rendering.parts import Block, Message, actions, button, context, lines, message, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice

_A_WEEK = timedelta(days=7)


def extension_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw more time for a client: until when, for which invoices, why."""
    said = speech(voice)
    told = section(sentences("concession", voice).giving())
    fields = [
        dated(ids.UNTIL, said.words("New day"), initial=view.today + _A_WEEK),
        *_items(view, _until_then(said), said),
        typed(ids.REASON, said.words("Why?"), long=True),
    ]
    blocks = [about(view, voice), told, *fields]
    return _form(ids.GIVE_TIME_FORM, carried_ids(view), blocks, said, said.words("Save"))


def beyond_form(view: BeyondView, voice: Voice) -> Block:
    """Draw the same form once it is known what goes beyond; sent again, finance is asked."""
    said = speech(voice)
    reasons = _reasons(view.beyond, voice)
    passed = section(sentences("concession", voice).beyond(reasons, view.is_finance))
    fields = [
        dated(ids.UNTIL, said.words("New day"), initial=view.until),
        *_items(view.about, _until_then(said), said, view.item_ids),
        typed(ids.REASON, said.words("Why?"), long=True, initial=view.reason),
    ]
    blocks = [about(view.about, voice), passed, *fields]
    carried = ids.value(do=ids.INSIST, client_id=view.about.client_id, alert_id=view.about.alert_id)
    submit = said.words("Agree anyway") if view.is_finance else said.addressed("Ask finance")
    return _form(ids.GIVE_TIME_FORM, carried, blocks, said, submit)


def gesture_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw a gesture asked of finance: how much, for which dispute, why."""
    said = speech(voice)
    label = said.words("Amount or percentage ({currency} or %)", currency=view.currency)
    blocks = [
        about(view, voice),
        section(sentences("concession", voice).asking_gesture()),
        *stakes(view, voice),
        typed(ids.GESTURE, label),
        *_items(view, said.words("Which invoices? (none: all that is overdue)"), said),
        typed(ids.REASON, said.words("Why?"), long=True),
    ]
    title = said.words("Commercial gesture")
    submit, close = said.addressed("Ask finance"), said.words("Cancel")
    return modal(title, submit, close, ids.GESTURE_FORM, carried_ids(view), blocks)


def refuse_concession_form(view: ConcessionView, voice: Voice) -> Block:
    """Draw finance's no: why."""
    said = speech(voice)
    asked = section(sentences("concession", voice).asked(view))
    blocks = [asked, typed(ids.REASON, said.words("Why?"), long=True)]
    carried = ids.value(concession_id=view.concession_id)
    title, close = said.words("Refuse"), said.words("Cancel")
    return modal(title, said.words("Refuse"), close, ids.REFUSE_CONCESSION_FORM, carried, blocks)


def concession(view: ConcessionView, voice: Voice) -> Message:
    """Draw a request in the finance channel with its answers; once answered, a line less."""
    tell = sentences("concession", voice)
    asked = tell.asked(view)
    if view.state is not ConcessionState.ASKED:
        decided = tell.decided(view)
        return message(decided, [section(lines(asked, decided))])
    why = tell.why(_reasons(view.beyond, voice)) if view.beyond else Mrkdwn()
    said = speech(voice)
    carried = ids.value(concession_id=view.concession_id, client_id=view.client_id)
    buttons = [
        button(said.words("Agree"), ids.GRANT_CONCESSION, carried),
        button(said.words("Refuse"), ids.REFUSE_CONCESSION, carried),
        *answer_buttons((ids.BALANCE,), None, view.client_id, voice),
    ]
    weighs = context(sentences("form", voice).stakes(view.stakes, view.today))
    first = section(lines(asked, tell.reason(view), why))
    return message(asked, [first, *([weighs] if weighs else []), actions(buttons)])


def concession_answer(view: ConcessionView, voice: Voice) -> Message:
    """Draw finance's decision for who asked."""
    decided = sentences("concession", voice).decided(view)
    return message(decided, [section(decided)])


def _reasons(passed: Sequence[Beyond], voice: Voice) -> Mrkdwn:
    tell = sentences("concession", voice)
    return dotted(tell.passed(one) for one in passed)


def _until_then(said: Speech) -> str:
    return said.words("Which invoices? (none: all those due by then)")


def _items(
    view: ClientFormView, label: str, said: Speech, chosen: Sequence[int] = ()
) -> list[Block]:
    options = item_options(view, said)
    if not options:
        return []
    ticks = [str(id) for id in chosen]
    return [ticked(ids.ITEMS, label, options, initial=ticks, optional=True)]


def _form(
    callback_id: str, carried: str, blocks: Sequence[Block], said: Speech, submit: str
) -> Block:
    title = said.words("More time for a client")
    return modal(title, submit, said.words("Cancel"), callback_id, carried, blocks)
