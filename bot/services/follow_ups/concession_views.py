"""What finance and the person who asked read of more time and gestures, as they stand."""

from datetime import date

from bot.rendering.concession_views import ConcessionView
from bot.services.follow_ups.stakes import find_stakes
from bot.services.follow_ups.views import person_view
from storage import client_files, concessions
from storage.sessions import Session


def concession_view(
    session: Session, *, workspace_id: int, concession_id: int, today: date
) -> ConcessionView | None:
    """Return a concession as it is shown, None when it is not known."""
    line = concessions.get_concession(session, workspace_id=workspace_id, id=concession_id)
    if line is None:
        return None
    client = client_files.find_client(session, workspace_id=workspace_id, id=line.client_id)
    if client is None:
        return None
    return ConcessionView(
        concession_id=line.id,
        kind=line.kind,
        state=line.state,
        client_id=client.id,
        client=client.name,
        minor=line.minor,
        currency=line.currency,
        reason=line.reason,
        today=today,
        by=person_view(session, workspace_id, line.by_id),
        until=line.until,
        beyond=line.beyond,
        decided_by=person_view(session, workspace_id, line.decided_by_id),
        answer=line.answer,
        stakes=find_stakes(session, workspace_id, client.id, today),
    )
