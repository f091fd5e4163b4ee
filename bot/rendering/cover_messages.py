"""Insurers' cover lost, or nearly: what finance reads at the first working minute."""

from dataclasses import dataclass
from datetime import date

from bot.rendering import ids, limits
from bot.rendering.environment import sentences
from bot.rendering.parts import Block, Message, button, context, message, section
from bot.rendering.speech import speech
from bot.rendering.team_views import LineView, Section
from bot.rendering.views import Voice


@dataclass(frozen=True, slots=True)
class CoverLostView:
    """The clients that owe and whose cover is lost or runs out, the soonest first."""

    lines: tuple[LineView, ...]
    today: date


def cover_lost(view: CoverLostView, voice: Voice) -> Message:
    """Draw each client with its deadline and its account behind a button."""
    tell, account = sentences("lists", voice), speech(voice).words("See the account")
    headline = speech(voice).say_count(
        "{n} client owes with its insurance lost or running out.",
        "{n} clients owe with their insurance lost or running out.",
        len(view.lines),
    )
    shown = view.lines[: limits.LINES_SHOWN]
    rows: list[Block | None] = [
        section(
            tell.line(Section.COVER, line, view.today),
            button(account, ids.BALANCE, ids.value(client_id=line.client_id)),
        )
        for line in shown
    ]
    left = len(view.lines) - len(shown)
    more = context(sentences("home", voice).others(left)) if left else None
    return message(headline, [section(headline), *rows, more])
