"""The windows in which finance reads the texts to clients, changes one and tries it on a client."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.rendering import ids, limits, text_ids
from bot.rendering.client_writing import FIELDS, ITEM_FIELDS, ClientText, WrittenText
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, paragraphs
from bot.rendering.fields import modal, searched, typed
from bot.rendering.parts import (
    Block,
    Element,
    actions,
    button,
    confirmation,
    context,
    lines,
    section,
)
from bot.rendering.scenario_words import TEXT_NAMES
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

_MOST = 40  # texts in a window: Slack takes 100 blocks
_LANGUAGES = {"fr": N_("French"), "en": N_("English")}


@dataclass(frozen=True, slots=True)
class TextView:
    """A text as it leaves, and who wrote it; version 0 is the house's own.

    `wants_client`: a try lacks its client; `written` is how the one chosen would read it.
    """

    text_key: str
    language: str
    text: ClientText
    version: int = 0
    is_own: bool = False
    by: str = ""
    at: datetime | None = None
    written: WrittenText | None = None
    wants_client: bool = False

    @property
    def fits(self) -> bool:
        """Say whether a field of Slack holds it whole; a longer one is changed from a file."""
        return max(len(self.text.subject), len(self.text.body)) <= limits.INPUT_MAX


@dataclass(frozen=True, slots=True)
class TextsView:
    """Every text in every language."""

    texts: tuple[TextView, ...]


def text_list(view: TextsView, voice: Voice) -> Block:
    """Draw each text in each language, with its button."""
    said, tell = speech(voice), sentences("client_text", voice)
    blocks = [section(tell.about())]
    for one in view.texts[:_MOST]:
        opens = button(said.words("Open"), text_ids.CLIENT_TEXT, _carried(one))
        blocks.append(section(_told(one, voice), opens))
    title, close = said.words("Texts to clients"), said.words("Close")
    return modal(title, None, close, text_ids.CLIENT_TEXTS_FORM, ids.value(), blocks)


def text_fields(view: TextView, voice: Voice) -> Block:
    """Draw a text to change, what it may name, and how the client chosen would read it."""
    said, tell = speech(voice), sentences("client_text", voice)
    blocks: list[Block | None] = [section(_told(view, voice))]
    if view.fits:
        blocks += [
            typed(ids.SUBJECT, said.words("Subject"), initial=view.text.subject),
            typed(text_ids.BODY, said.words("Text"), long=True, initial=view.text.body),
            context(tell.fields(_names(FIELDS), _names(f"item.{one}" for one in ITEM_FIELDS))),
            searched(ids.CLIENT, said.words("Client to try it on"), optional=True),
        ]
    else:
        blocks.append(section(tell.too_long()))
    blocks += [actions(_doors(view, said)), *_written(view, voice)]
    title, submit = said.words("Text to clients"), said.words("Save") if view.fits else None
    close, callback = said.words("Back"), text_ids.CLIENT_TEXT_FORM
    return modal(
        title,
        submit,
        close,
        callback,
        _carried(view),
        [block for block in blocks if block is not None],
    )


def text_restored(view: TextView, voice: Voice) -> Block:
    """Draw that the house's own text is in force again: fields would still hold what was typed."""
    said = speech(voice)
    blocks = [section(_told(view, voice))]
    title, close = said.words("Text to clients"), said.words("Back")
    return modal(title, None, close, text_ids.CLIENT_TEXT_FORM, _carried(view), blocks)


def tried(view: TextView, written: WrittenText | None) -> TextView:
    """Return the window of a text with how a client would read it, or the wish for a client."""
    return replace(view, written=written, wants_client=written is None)


def _carried(view: TextView) -> str:
    return ids.value(key=view.text_key, language=view.language, version=view.version)


def _told(one: TextView, voice: Voice) -> Mrkdwn:
    said, tell = speech(voice), sentences("client_text", voice)
    name, language = said.say(TEXT_NAMES[one.text_key]), said.say(_LANGUAGES[one.language])
    return lines(tell.name(name), tell.version(one, language))


def _doors(view: TextView, said: Speech) -> list[Element]:
    doors = []
    if view.fits:
        doors.append(button(said.words("Try it"), text_ids.TRY_TEXT, _carried(view)))
    if view.is_own:
        back = said.words("Back to goodcop’s own text")
        sure = confirmation(
            back,
            said.words("What was written is kept, but no longer sent."),
            said.words("Back to it"),
            said.words("Cancel"),
        )
        doors.append(button(back, text_ids.HOUSE_TEXT, _carried(view), confirm=sure))
    return doors


def _written(view: TextView, voice: Voice) -> list[Block | None]:
    tell = sentences("client_text", voice)
    if view.wants_client:
        return [context(tell.wants_client())]
    if view.written is None:
        return []
    return [section(lines(tell.subject(view.written.subject), paragraphs(view.written.body)))]


def _names(names: Iterable[str]) -> Mrkdwn:
    return Mrkdwn(", ".join(f"`{name}`" for name in names))
