"""Documents about a client in Slack: the forms that make them, where they are in the post."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.papers import DEADLINE_DAYS, PaperKind, PaperState
from bot.rendering import ids
from bot.rendering.environment import sentences
from bot.rendering.fields import chosen, dated, modal, typed
from bot.rendering.form_views import ClientFormView
from bot.rendering.modals import about, carried_ids
from bot.rendering.parts import Block, Message, button, message, option, section
from bot.rendering.speech import speech
from bot.rendering.views import Voice

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class PaperView:
    """A document and where it stands."""

    paper_id: int
    kind: PaperKind
    reference: str
    state: PaperState
    client: str
    minor: int
    currency: str
    deadline: date | None
    posted_on: date | None = None
    tracking: str = ""
    received_on: date | None = None
    stage: int = 0
    stages: int = 0


def notice_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw what a formal notice asks for, and by when."""
    said = speech(voice)
    last = view.today + timedelta(days=DEADLINE_DAYS)
    answers = [option(said.words("Yes"), YES), option(said.words("No"), NO)]
    blocks = [
        about(view, voice),
        section(sentences("file", voice).noticing()),
        dated(ids.DEADLINE, said.words("To be paid by"), initial=last),
        chosen(ids.WITH_INTEREST, said.words("With interest and fees?"), answers, initial=YES),
    ]
    title, make = said.words("Formal notice"), said.words("Make it")
    return modal(title, make, said.words("Cancel"), ids.NOTICE_FORM, carried_ids(view), blocks)


def post_form(view: PaperView, voice: Voice) -> Block:
    """Draw when a formal notice was posted, its number, when it was received or came back."""
    said = speech(voice)
    ends = [
        option(said.words("received, or on its way"), NO),
        option(said.words("came back: refused, not claimed, unknown there"), YES),
    ]
    came_back = YES if view.state is PaperState.RETURNED else NO
    blocks = [
        section(sentences("file", voice).paper(view)),
        dated(ids.POSTED_ON, said.words("Posted on"), initial=view.posted_on),
        typed(ids.TRACKING, said.words("Tracking number"), optional=True, initial=view.tracking),
        dated(
            ids.RECEIVED_ON,
            said.words("Received or back on"),
            optional=True,
            initial=view.received_on,
        ),
        chosen(ids.CAME_BACK, said.words("What became of it?"), ends, initial=came_back),
    ]
    title, save, cancel = said.words("Registered post"), said.words("Save"), said.words("Cancel")
    return modal(title, save, cancel, ids.POST_FORM, ids.value(paper_id=view.paper_id), blocks)


def paper_section(view: PaperView, voice: Voice) -> Block:
    """Draw a document in finance's file; a formal notice has a button for the post."""
    said = sentences("file", voice).paper(view)
    if view.kind is not PaperKind.FORMAL_NOTICE:
        return section(said)
    posted = button(
        speech(voice).words("Registered post"), ids.POST, ids.value(paper_id=view.paper_id)
    )
    return section(said, posted)


def case_file(view: PaperView, voice: Voice) -> Message:
    """Draw how far the file for the lawyer is."""
    said = sentences("file", voice).case_file(view)
    return message(said, [section(said)])
