"""What somebody reads of an e-mail that did not arrive, or perhaps did not."""

from datetime import datetime

from bot.domain.told import Told
from storage import client_files, events, messages
from storage.emails import EmailLine
from storage.sessions import Session


def tell_trouble(session: Session, email: EmailLine, now: datetime) -> None:
    """Have whose voice it is told, else finance; call it once each time an e-mail ends so."""
    time = f"{now:%Y%m%dT%H%M%S%f}"  # it may end so again, once somebody had it sent again
    events.append(
        session,
        workspace_id=email.workspace_id,
        key=f"email:{email.id}:{email.state}:{time}",
        kind=f"email_{email.state}",
        at=now,
        client_id=email.client_id,
        source="mail",
        body={"email_id": email.id},
    )
    house = client_files.get_house(session, workspace_id=email.workspace_id)
    messages.tell(
        session,
        workspace_id=email.workspace_id,
        kind=Told.EMAIL_TROUBLE,
        subject=f"email:{email.id}",
        key=f"email_trouble:{email.id}:{email.state}:{time}",
        now=now,
        channel="" if email.person_id else house.finance_channel,
        person_id=email.person_id,
        body={"email_id": email.id},
    )
