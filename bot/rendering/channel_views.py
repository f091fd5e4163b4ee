"""Channels that client data is kept out of, how to mend them, and the consent to use them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.channel_troubles import Trouble
from bot.rendering import ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.parts import (
    Block,
    Element,
    Message,
    actions,
    button,
    confirmation,
    lines,
    message,
    section,
)
from bot.rendering.refusals import channel_trouble, named_channel
from bot.rendering.speech import speech
from bot.rendering.views import Voice

CHANNELS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class UnsafeChannelView:
    """A channel (its Slack id), what is wrong with it, and who consented to it, when."""

    channel: str
    troubles: tuple[Trouble, ...]
    is_consented: bool = False
    consent_by: str = ""
    consent_at: datetime | None = None
    may_consent: bool = False


def channel_refused(view: UnsafeChannelView, voice: Voice) -> Message:
    """Draw for an administrator a channel in which nothing is posted."""
    tell = sentences("refusal", voice)
    troubles = _troubles(view, voice)
    shown = [_consent(view, voice)] if view.may_consent else []
    return message(
        troubles[0],
        [section(lines(*troubles, tell.channel_waits())), actions(shown)],
    )


def channel_sections(views: Sequence[UnsafeChannelView], voice: Voice) -> list[Block]:
    """Draw those channels in the settings, each with its consent or the way to take it back."""
    return [_section(view, voice) for view in views[:CHANNELS_SHOWN]]


def _section(view: UnsafeChannelView, voice: Voice) -> Block:
    if view.is_consented:
        said = sentences("refusal", voice).consented(view, named_channel(view.channel))
        return section(said, _take_back(view, voice) if view.may_consent else None)
    return section(
        lines(*_troubles(view, voice)), _consent(view, voice) if view.may_consent else None
    )


def _troubles(view: UnsafeChannelView, voice: Voice) -> list[Mrkdwn]:
    return [channel_trouble(trouble, view.channel, voice) for trouble in view.troubles]


def _consent(view: UnsafeChannelView, voice: Voice) -> Element:
    said = speech(voice)
    confirm = confirmation(
        said.words("Post there all the same?"),
        said.words("Everyone who can read this channel will read what clients owe."),
        said.words("I consent"),
        said.words("No"),
    )
    label = said.words("Post there all the same")
    return button(label, ids.CONSENT, ids.value(channel=view.channel), confirm=confirm)


def _take_back(view: UnsafeChannelView, voice: Voice) -> Element:
    label = speech(voice).words("Take the consent back")
    return button(label, ids.TAKE_CONSENT_BACK, ids.value(channel=view.channel))
