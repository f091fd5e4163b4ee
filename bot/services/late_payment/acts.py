"""Acts that interrupt the limitation, taken down by finance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.late_payment.limitation import Interruption
from storage import events, interruptions, late_items
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class ActService:
    """Takes acts down; each click is safe twice."""

    database: Database
    clock: Callable[[], datetime]

    def interrupt(
        self,
        actor: Actor,
        client_id: int,
        *,
        kind: Interruption,
        on: date | None,
        key: str,
        today: date,
    ) -> None:
        """Take an act of a day down; raise `NotAllowed`, or `InvalidInput` at `interrupted_on`."""
        allow(actor, Action.NOTICE)
        if on is None or on > today:
            raise InvalidInput("Enter a date up to today.", field="interrupted_on")
        tenant = actor.workspace_id
        with self.database.write(interactive=True) as uow:
            known = late_items.find_client(uow.session, workspace_id=tenant, client_id=client_id)
            if known is None:
                raise NotFound("This client is not known here.")
            write_act(uow.session, actor, client_id, kind, on, key, self.clock())
            uow.commit()


def write_act(
    session: Session,
    actor: Actor,
    client_id: int,
    kind: Interruption,
    on: date,
    key: str,
    now: datetime,
) -> None:
    """Keep an act once, with its line in the client's history."""
    tenant = actor.workspace_id
    made = interruptions.add_act(
        session,
        workspace_id=tenant,
        key=key,
        client_id=client_id,
        kind=kind,
        on=on,
        by_id=actor.person_id,
        at=now,
    )
    if made is None:
        return
    events.append(
        session,
        workspace_id=tenant,
        key=f"interruption:{made}",
        kind="limitation_interrupted",
        at=now,
        client_id=client_id,
        person_id=actor.person_id,
        source="slack" if actor.person_id else "cli",
        body={"kind": kind.value, "day": on.isoformat()},
    )
