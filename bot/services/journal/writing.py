"""What somebody did, written into the journal that an auditor reads."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.actors import Actor
from storage import events
from storage.ids import new_id
from storage.sessions import Session


def write_action(
    session: Session,
    actor: Actor,
    kind: str,
    at: datetime,
    body: Mapping[str, object] | None = None,
    *,
    client_id: int | None = None,
) -> None:
    """Write an action that was taken just now, in the same unit of work.

    `body` holds ids, days and figures: never what people typed, nor who a sole trader is.
    """
    events.append(
        session,
        workspace_id=actor.workspace_id,
        key=f"{kind}:{new_id()}",
        kind=kind,
        at=at,
        client_id=client_id,
        person_id=actor.person_id,
        source="slack" if actor.person_id else "cli",
        body=body,
    )
