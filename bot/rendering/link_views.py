"""Clients without a SIREN and the companies they may be, for finance to say which."""

from dataclasses import dataclass

from bot.domain.solvency.linking import MOST_SUGGESTED, Evidence, NameMatch, TownMatch
from bot.rendering import ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn, dotted
from bot.rendering.fields import modal
from bot.rendering.parts import Block, Element, Message, button, context, message, section
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

CLIENTS_SHOWN = 10
_NAMES = {
    NameMatch.SAME: N_("same name"),
    NameMatch.CLOSE: N_("name that resembles"),
    NameMatch.OTHER: N_("another name"),
}
_TOWNS = {TownMatch.SAME: N_("same town"), TownMatch.OTHER: N_("another town")}


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A company that may be the client, and why."""

    siren: str
    name: str
    town: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class UnlinkedView:
    """A client without a SIREN, and the companies it may be, likeliest first."""

    client_id: int
    code: str
    name: str
    town: str = ""
    candidates: tuple[CandidateView, ...] = ()


@dataclass(frozen=True, slots=True)
class LinksView:
    """The first clients of `count` whose suggestions wait for finance."""

    clients: tuple[UnlinkedView, ...] = ()
    count: int = 0


def links_window(view: LinksView, voice: Voice) -> Block:
    """Draw each client with the companies it may be: one is chosen, or none of them."""
    said, tell = speech(voice), sentences("link", voice)
    blocks: list[Block | None] = [section(tell.ask() if view.clients else tell.nothing())]
    for client in view.clients[:CLIENTS_SHOWN]:
        none = button(said.words("None of these"), ids.LINK_NONE, _of(client.client_id))
        shown = client.candidates[:MOST_SUGGESTED]
        blocks.append(section(tell.client(client), none))
        blocks += [_candidate(client.client_id, one, voice) for one in shown]
    left = view.count - min(len(view.clients), CLIENTS_SHOWN)
    blocks.append(context(tell.left(left)) if left > 0 else None)
    drawn = [block for block in blocks if block is not None]
    title, close = said.words("Link to a SIREN"), said.words("Close")
    return modal(title, None, close, ids.LINKS_VIEW, ids.value(), drawn)


def links_button(voice: Voice) -> Element:
    """Return the button to the clients that wait for a SIREN."""
    return button(speech(voice).words("Link to a SIREN"), ids.LINKS, ids.value())


def link_button(client_id: int, siren: str, voice: Voice) -> Element:
    """Return the button by which finance says which company a client is."""
    label = speech(voice).words("Link the client")
    return button(label, ids.LINK, ids.value(client_id=client_id, siren=siren))


def linked(client: UnlinkedView, siren: str, voice: Voice) -> Message:
    """Draw that a client now has its SIREN, with its card behind a button."""
    said = sentences("link", voice).linked(client, siren)
    carried = ids.value(siren=siren, client_id=client.client_id)
    card = button(speech(voice).words("See the card"), ids.SOLVENCY, carried)
    return message(said, [section(said, card)])


def _candidate(client_id: int, one: CandidateView, voice: Voice) -> Block:
    return section(
        sentences("link", voice).candidate(one, _why(one.evidence, voice)),
        link_button(client_id, one.siren, voice),
    )


def _why(seen: Evidence, voice: Voice) -> Mrkdwn:
    """Return the evidence in words, what speaks against it too."""
    said = speech(voice)
    parts = [said.say(_NAMES[seen.name])]
    if seen.town in _TOWNS:
        parts.append(said.say(_TOWNS[seen.town]))
    if seen.invoice:
        parts.append(said.say("invoice {number}", number=seen.invoice))
    if seen.homonyms:
        parts.append(
            said.say_count("{n} other of that name", "{n} others of that name", seen.homonyms)
        )
    if not seen.is_active:
        parts.append(said.say("closed"))
    return dotted(parts)


def _of(client_id: int) -> str:
    return ids.value(client_id=client_id)
