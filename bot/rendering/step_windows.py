"""The window of a step: the e-mail to read over, the call to make, what there is to do."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.dunning.facts import PauseKind
from bot.rendering import ids, limits
from bot.rendering.client_writing import WrittenText
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.fields import modal, typed
from bot.rendering.form_views import ClientFormView
from bot.rendering.items import item_name
from bot.rendering.modals import about
from bot.rendering.parts import Block, actions, button, lines, section
from bot.rendering.scenario_words import PAUSES
from bot.rendering.speech import Speech, speech
from bot.rendering.step_mail import AskedItem
from bot.rendering.team_views import StepDoing
from bot.rendering.views import ContactView, NoteView, Voice

_CALLS = (StepDoing.CALL, StepDoing.COURTESY_CALL)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step to do, as of now; `written` is its e-mail, when it is one that can leave.

    `void` says that nothing is asked of the client any more: it is neither sent nor done; `pause`
    says what stopped it, when it was no payment.
    """

    step_id: int
    about: ClientFormView
    doing: StepDoing
    items: tuple[AskedItem, ...] = ()
    contact: ContactView | None = None
    written: WrittenText | None = None
    last_note: NoteView | None = None
    void: bool = False
    pause: PauseKind | None = None


def step_form(view: StepView, voice: Voice) -> Block:
    """Draw what a step asks of its reader, with its button; a void one only says so."""
    said = speech(voice)
    blocks = [about(view.about, voice)]
    submit, callback = None, ids.STEP_FORM
    if view.void:
        why = said.say(PAUSES[view.pause]) if view.pause else Mrkdwn()
        blocks.append(section(sentences("step", voice).void(why)))
    else:
        blocks += _asked(view, voice)
        submit = said.words("Done")
    if view.written and not view.void:
        blocks += _mail(view.written, voice, said)
        submit, callback = said.words("Send"), ids.STEP_MAIL_FORM
    blocks += _buttons(view, said)
    title, carried = said.words("Reminder"), ids.value(step_id=view.step_id)
    return modal(title, submit, said.words("Cancel"), callback, carried, blocks)


def skip_form(view: StepView, voice: Voice) -> Block:
    """Ask why a step is left out."""
    said = speech(voice)
    title, carried = said.words("Skip this step"), ids.value(step_id=view.step_id)
    blocks = [about(view.about, voice), typed(ids.REASON, said.words("Why?"), long=True)]
    return modal(
        title, said.words("Skip"), said.words("Cancel"), ids.SKIP_STEP_FORM, carried, blocks
    )


def _asked(view: StepView, voice: Voice) -> list[Block]:
    tell: Callable[..., Mrkdwn] = sentences("step", voice).item
    shown = view.items[: limits.LINES_SHOWN]
    said, today = speech(voice), view.about.today
    items = [
        tell(item, item_name(item.kind, item.number, said), item.days_late(today)) for item in shown
    ]
    left = len(view.items) - len(shown)
    more = sentences("home", voice).others(left) if left else Mrkdwn()
    note = sentences("step", voice).last_note(view.last_note) if view.last_note else Mrkdwn()
    whom = sentences("step", voice).whom(view.contact) if view.contact else Mrkdwn()
    what = sentences("step", voice).what(view.doing, view.about)
    return [section(lines(what, whom)), section(lines(*items, more, note))]


def _mail(written: WrittenText, voice: Voice, said: Speech) -> list[Block]:
    """Return the fields of an e-mail; one too long for a field leaves as it is written."""
    if len(written.body) > limits.INPUT_MAX:
        return [section(sentences("step", voice).too_long(written.subject))]
    return [
        typed(ids.SUBJECT, said.words("Subject"), initial=written.subject),
        typed(ids.TEXT, said.words("Text"), long=True, initial=written.body),
    ]


def _buttons(view: StepView, said: Speech) -> list[Block]:
    carried = ids.value(step_id=view.step_id, client_id=view.about.client_id)
    shown = [button(said.words("Skip"), ids.SKIP_STEP, carried)]
    if view.doing in _CALLS:
        shown.insert(0, button(said.words("Note the exchange"), ids.NOTE, carried))
    row = actions(shown)
    return [row] if row else []
