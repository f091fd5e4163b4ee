"""What Slack knows of our people: the id behind an e-mail address, their language, their hour."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.domain.errors import DeliveryError, NotFound
from storage import people
from storage.people import PersonLine
from storage.unit_of_work import Database

log = structlog.get_logger()


class Known(Protocol):
    """A person as Slack describes them."""

    @property
    def id(self) -> str:
        """Their Slack id."""

    @property
    def name(self) -> str:
        """Their name."""

    @property
    def locale(self) -> str:
        """Their language, like fr-FR."""

    @property
    def time_zone(self) -> str:
        """Their time zone, like Europe/Paris."""


class Directory(Protocol):
    """The part of Slack that knows people."""

    async def person(self, slack_user_id: str) -> Known:
        """Return a person by Slack id."""

    async def person_by_email(self, email: str) -> Known:
        """Return a person by e-mail address."""


class IntroductionService:
    """Learns each person's Slack id, language and time zone, and keeps them."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    async def learn(self, workspace_id: int, directory: Directory) -> int:
        """Ask about everybody; return how many were found. Somebody Slack does not know stays."""
        with self._database.read() as uow:
            everybody = people.list_people(uow.session, workspace_id=workspace_id)
        found = [(line, known) for line in everybody if (known := await _ask(directory, line))]
        with self._database.write() as uow:
            for line, known in found:
                people.introduce(
                    uow.session,
                    workspace_id=workspace_id,
                    id=line.id,
                    slack_user_id=known.id,
                    name=line.name or known.name,
                    locale=known.locale,
                    time_zone=known.time_zone,
                )
            uow.commit()
        return len(found)


async def _ask(directory: Directory, line: PersonLine) -> Known | None:
    try:
        if line.slack_user_id:
            return await directory.person(line.slack_user_id)
        if line.email:
            return await directory.person_by_email(line.email)
    except (DeliveryError, NotFound) as unknown:
        log.warning("person_unknown_to_slack", person_id=line.id, why=unknown.message)
    return None
