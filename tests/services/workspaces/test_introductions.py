"""Slack says who people are; somebody it does not know stays as the file has them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.errors import NotFound
from bot.services.importing.service import ImportService
from bot.services.workspaces.introductions import IntroductionService
from bot.services.workspaces.people import PeopleService
from bot.services.workspaces.service import WorkspaceService
from storage.unit_of_work import Database
from tests.acting import actor_of

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def _now() -> datetime:
    return NOW


@dataclass(frozen=True)
class Known:
    """Somebody as Slack describes them."""

    id: str
    name: str
    locale: str = "en-GB"
    time_zone: str = "Europe/London"


class Directory:
    """A Slack that knows Anne by her address, and nobody by id."""

    async def person(self, slack_user_id: str) -> Known:
        raise NotFound(f"no {slack_user_id}")

    async def person_by_email(self, email: str) -> Known:
        return Known("U1", "Anne")


@pytest.fixture
def workspace_id(database: Database, tmp_path: Path) -> int:
    chosen = WorkspaceService(database, _now).choose()
    people = tmp_path / "people.csv"
    people.write_text(
        "email,slack_user_id,name,roles\n"
        "anne@deuxrives.example,,Anne Delorme,sales\n"
        "karim@deuxrives.example,UWRONG,Karim Benali,sales\n",
        encoding="utf-8",
    )
    ImportService(database, _now).import_file(chosen, people, today=NOW.date())
    return chosen


async def test_an_address_brings_the_slack_id_the_language_and_the_hour(
    database: Database, workspace_id: int
) -> None:
    assert await IntroductionService(database, _now).learn(workspace_id, Directory()) == 1
    actor = actor_of(database, workspace_id, "U1")
    assert (actor.locale, actor.time_zone) == ("en-GB", "Europe/London")


async def test_somebody_slack_does_not_know_stops_nobody(
    database: Database, workspace_id: int
) -> None:
    await IntroductionService(database, _now).learn(workspace_id, Directory())
    assert PeopleService(database, _now).get_person(workspace_id, "UWRONG").name == "Karim Benali"
