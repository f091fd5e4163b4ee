"""What becomes of an alert's message in the channel of the person whose client it was."""

from datetime import datetime
from typing import Protocol

from bot.domain.told import Told
from bot.rendering.alert_messages import AlertGivenView
from storage import alert_posts, client_files, messages
from storage.sessions import Session


class ShownAlert(Protocol):
    """An alert and the message that shows it, `ts` empty when none does."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def ts(self) -> str: ...


def leave_old_channel(
    session: Session,
    *,
    workspace_id: int,
    alert: ShownAlert,
    owner_id: int | None,
    by_id: int | None,
    now: datetime,
) -> None:
    """Withdraw what was not sent, and have the old message say who has the client now.

    `by_id` is who gave it, None when an import did.
    """
    alert_posts.drop_unsent(session, workspace_id=workspace_id, alert_id=alert.id)
    if not alert.ts:
        return
    subject = f"alert_given:{alert.id}:{alert.version}"
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.ALERT_GIVEN,
        subject=subject,
        key=subject,
        now=now,
        channel=alert.channel,
        thread=alert.ts,
        method=messages.EDIT,
        body={"alert_id": alert.id, "to_id": owner_id, "by_id": by_id},
    )


def alert_given_view(
    session: Session, *, workspace_id: int, alert_id: int, to_id: int | None, by_id: int | None
) -> AlertGivenView | None:
    """Return whose a client is now, for the channel it left; None when it is gone."""
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=alert_id)
    if alert is None:
        return None
    client = client_files.find_client(session, workspace_id=workspace_id, id=alert.client_id)
    if client is None:
        return None
    to, by = (
        client_files.find_person_name(session, workspace_id=workspace_id, id=one)
        for one in (to_id, by_id)
    )
    return AlertGivenView(client=client.name, to=to, by=by)
