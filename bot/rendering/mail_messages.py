"""What is read of an e-mail to a client that did not arrive, or perhaps did not, and what to do."""

from dataclasses import dataclass

from bot.domain.mailing import EmailState
from bot.rendering import ids
from bot.rendering.answers import answer_buttons
from bot.rendering.environment import sentences
from bot.rendering.error_words import error_words
from bot.rendering.parts import Element, Message, actions, button, lines, message, section
from bot.rendering.speech import speech
from bot.rendering.views import Voice


@dataclass(frozen=True, slots=True)
class EmailTroubleView:
    """An e-mail that somebody must look at; `error` is the mail server's own words, or ours."""

    email_id: int
    client_id: int
    client: str
    address: str
    state: EmailState
    error: str = ""


def email_trouble(view: EmailTroubleView, voice: Voice) -> Message:
    """Draw what happened to an e-mail, why, and what helps."""
    tell = sentences("mail", voice)
    headline = tell.happened(view)
    error = error_words(view.error, speech(voice)) or view.error
    why = tell.why("" if view.state is EmailState.UNKNOWN else error)
    said = lines(headline, why, tell.what_helps(view.state))
    shown = answer_buttons((ids.BALANCE, ids.NOTE), None, view.client_id, voice)
    return message(headline, [section(said), actions([*_settling(view, voice), *shown])])


def _settling(view: EmailTroubleView, voice: Voice) -> list[Element]:
    """Return the two ends of an e-mail that may have arrived; nobody sends it twice unasked."""
    if view.state is not EmailState.UNKNOWN:
        return []
    words, carried = speech(voice), ids.value(email_id=view.email_id)
    return [
        button(words.words("It arrived"), ids.EMAIL_ARRIVED, carried),
        button(words.words("Send it again"), ids.EMAIL_AGAIN, carried),
    ]
