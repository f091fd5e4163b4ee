"""A team's tokens: asked of the database once a minute, and after each change."""

from datetime import UTC, datetime

import pytest

from bot.services.workspaces.installing import InstallationService
from storage.unit_of_work import Database

TEAM = "T1"


class Stopwatch:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def service(sqlite_database: Database, watch: Stopwatch) -> InstallationService:
    return InstallationService(sqlite_database, _now, watch)


def test_a_team_that_never_wrote_is_not_remembered(service: InstallationService) -> None:
    _install(service, "xoxb-first")
    assert service.recall(TEAM) is None


def test_tokens_read_once_are_remembered(service: InstallationService) -> None:
    _install(service, "xoxb-first")
    read = service.of_team(TEAM)
    assert service.recall(TEAM) is read is not None


def test_what_is_remembered_is_read_again_after_a_minute(
    service: InstallationService, watch: Stopwatch
) -> None:
    _install(service, "xoxb-first")
    service.of_team(TEAM)
    watch.seconds += 60
    assert service.recall(TEAM) is None


def test_a_new_token_is_used_at_once(service: InstallationService) -> None:
    _install(service, "xoxb-first")
    service.of_team(TEAM)
    _install(service, "xoxb-second")
    assert service.recall(TEAM) is None


def test_a_team_that_took_the_app_away_is_forgotten_at_once(service: InstallationService) -> None:
    _install(service, "xoxb-first")
    service.of_team(TEAM)
    service.forget(TEAM)
    assert (service.recall(TEAM), service.of_team(TEAM)) == (None, None)


def test_a_team_that_never_installed_is_asked_for_each_time(service: InstallationService) -> None:
    service.of_team("T2")
    assert service.recall("T2") is None


def _install(service: InstallationService, token: str) -> None:
    service.install(
        team_id=TEAM, team_name="Deux Rives", bot_token=token, bot_user_id="UBOT", bot_id="BBOT"
    )


def _now() -> datetime:
    return datetime(2026, 11, 24, 9, tzinfo=UTC)
