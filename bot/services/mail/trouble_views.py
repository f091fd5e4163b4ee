"""An e-mail that somebody must look at, as it stands when its message leaves."""

from bot.rendering.mail_messages import EmailTroubleView
from storage import emails
from storage.sessions import Session


def email_trouble_view(
    session: Session, *, workspace_id: int, email_id: int
) -> EmailTroubleView | None:
    """Return it, or None once it needs nobody any more."""
    email = emails.find_email(session, workspace_id=workspace_id, id=email_id)
    if email is None or not email.state.needs_somebody:
        return None
    return EmailTroubleView(
        email.id, email.client_id, email.client, email.to, email.state, email.error
    )
