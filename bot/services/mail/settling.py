"""E-mails that may have arrived: a person says which, and only then one leaves again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, NotFound
from bot.domain.mailing import EmailState
from bot.services.mail.drawing import Kinds
from storage import alerts, emails, events
from storage.unit_of_work import Database


class SettlingService:
    """Settles e-mails whose fate nobody knew; each is settled once."""

    def __init__(self, database: Database, clock: Callable[[], datetime], kinds: Kinds) -> None:
        self._database, self._clock, self._kinds = database, clock, kinds

    def settle(self, actor: Actor, email_id: int, *, again: bool) -> None:
        """Write that an e-mail arrived, or have it sent `again`, drawn anew as it leaves.

        Raise `NotFound`, `NotAllowed` for somebody else's client, `Conflict` once it was settled.
        """
        now, workspace_id = self._clock(), actor.workspace_id
        with self._database.write(interactive=True) as uow:
            email = emails.find_email(uow.session, workspace_id=workspace_id, id=email_id)
            if email is None:
                raise NotFound("There is no such e-mail.")
            ids = [email.client_id]
            line = alerts.list_clients(uow.session, workspace_id=workspace_id, ids=ids)[ids[0]]
            allow(actor, Action.NOTE, owner_id=line.owner_id)
            if email.state is not EmailState.UNKNOWN:
                raise Conflict("This e-mail was settled before.")
            emails.release(
                uow.session, workspace_id=workspace_id, id=email_id, again=again, now=now
            )
            state = EmailState.PENDING if again else EmailState.SENT
            kind = self._kinds.get(email.kind)
            if kind is not None and kind.settled is not None:
                kind.settled(uow.session, replace(email, state=state, error=""), now)
            events.append(
                uow.session,
                workspace_id=workspace_id,
                key=f"email_settled:{email_id}:{now:%Y%m%dT%H%M%S%f}",
                kind="email_again" if again else "email_arrived",
                at=now,
                client_id=email.client_id,
                person_id=actor.person_id,
                source="slack",
                body={"email_id": email_id},
            )
            uow.commit()
