"""Sharing a client's figures into a channel, in the name of whoever asked."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.told import Told
from bot.services.journal.writing import write_action
from storage import client_files, messages
from storage.unit_of_work import Database


class SharingService:
    """Queues a client's figures for a channel; the same key is shared once."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def share(self, actor: Actor, client_id: int, *, channel: str, key: str) -> bool:
        """Queue the balance of a client for `channel`; return False when `key` was told before.

        Raise `NotFound` for an unknown client, `NotAllowed` unless the actor may see it,
        `InvalidInput` without a channel.
        """
        if not channel:
            raise InvalidInput("Choose a channel.", field="channel")
        if actor.person_id is None:
            raise NotAllowed("A person shares a balance, goodcop does not.")
        with self._database.write(interactive=True) as uow:
            client = client_files.find_client(
                uow.session, workspace_id=actor.workspace_id, id=client_id
            )
            if client is None:
                raise NotFound("no such client")
            allow(actor, Action.SEE, owner_id=client.owner_id)
            told = messages.tell(
                uow.session,
                workspace_id=actor.workspace_id,
                kind=Told.SHARED_BALANCE,
                subject=f"balance:{client_id}",
                key=f"share:{key}",
                now=self._clock(),
                channel=channel,
                body={"client_id": client_id, "by_id": actor.person_id},
            )
            if told:
                body = {"channel": channel}
                write_action(
                    uow.session, actor, "balance_shared", self._clock(), body, client_id=client_id
                )
            uow.commit()
        return told
