"""E-mails to clients that somebody must look at, in each of their states."""

from bot.domain.mailing import EmailState
from bot.rendering.mail_messages import EmailTroubleView, email_trouble
from tests.rendering.sample import Sample

ERRORS = {
    EmailState.BOUNCED: "5.1.1 550 no such user",
    EmailState.REFUSED: "550 5.7.1 policy",
    EmailState.UNKNOWN: "the mail server's answer was lost",
    EmailState.DEAD: "",
}


def mails() -> dict[str, Sample]:
    """Return every sample of the room."""
    return {
        f"email_{state}": Sample(
            email_trouble,
            EmailTroubleView(7, 203, "Garage Lemoine", "compta@lemoine.example", state, error),
        )
        for state, error in ERRORS.items()
    }
