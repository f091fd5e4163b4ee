"""What is read of an e-mail to a client that did not arrive, or perhaps did not, and what to do."""

from dataclasses import dataclass

from bot.domain.mailing import EmailState
from bot.rendering import ids
from bot.rendering.answers import answer_buttons
from bot.rendering.environment import sentences
from bot.rendering.parts import Message, actions, lines, message, section
from bot.rendering.views import Voice


@dataclass(frozen=True, slots=True)
class EmailTroubleView:
    """An e-mail that somebody must look at; `error` is the mail server's own words."""

    client_id: int
    client: str
    address: str
    state: EmailState
    error: str = ""


def email_trouble(view: EmailTroubleView, voice: Voice) -> Message:
    """Draw what happened to an e-mail, why, and what helps."""
    tell = sentences("mail", voice)
    headline = tell.happened(view)
    why = tell.why("" if view.state is EmailState.UNKNOWN else view.error)
    said = lines(headline, why, tell.what_helps(view.state))
    shown = answer_buttons((ids.BALANCE, ids.NOTE), None, view.client_id, voice)
    return message(headline, [section(said), actions(shown)])
