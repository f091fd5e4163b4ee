"""Tokens at rest: sealed for their team, rotated to the newest key."""

import dataclasses

import pytest
from sqlalchemy import text

from storage import installations
from storage.installations import Installed
from storage.unit_of_work import Database
from storage.vault import SealBroken, Vault
from tests.storage.queue_rows import NOW, OTHER, WORKSPACE, two_workspaces

TOKEN = "xoxb-invented"
INSTALLED = Installed(WORKSPACE, "T1", "UBOT", "B1", "A1", "chat:write", TOKEN)


@pytest.fixture(autouse=True)
def _installed(database: Database) -> None:
    two_workspaces(database)
    with database.write() as uow:
        installations.save_installation(uow.session, INSTALLED, now=NOW)
        uow.commit()


def test_a_token_comes_back_by_workspace_and_by_team(database: Database) -> None:
    with database.read() as uow:
        by_workspace = installations.find_installation(uow.session, workspace_id=WORKSPACE)
        by_team = installations.find_installation_of_team(uow.session, team_id="T1")
    assert by_workspace == by_team == INSTALLED


def test_another_workspace_finds_nothing(database: Database) -> None:
    with database.read() as uow:
        assert installations.find_installation(uow.session, workspace_id=OTHER) is None


def test_a_token_is_unreadable_at_rest_and_unprinted(database: Database) -> None:
    with database.read() as uow:
        kept = uow.session.execute(text("SELECT bot_token_sealed FROM installation")).scalar_one()
    assert TOKEN not in kept
    assert TOKEN not in repr(INSTALLED)


def test_a_token_moved_to_another_team_does_not_open(database: Database) -> None:
    with database.write() as uow:
        uow.session.execute(text("UPDATE installation SET team_id = 'T2'"))
        with pytest.raises(SealBroken):
            installations.find_installation_of_team(uow.session, team_id="T2")


def test_rotation_seals_with_the_newest_key(database: Database) -> None:
    newer = Database(database.url, Vault(("newer-key", "test-key")))
    try:
        with newer.write() as uow:
            assert installations.rotate_installations(uow.session) == 1
            assert installations.rotate_installations(uow.session) == 0
            uow.commit()
    finally:
        newer.close()
    only_newest = Database(database.url, Vault(("newer-key",)))
    try:
        with only_newest.read() as uow:
            found = installations.find_installation(uow.session, workspace_id=WORKSPACE)
    finally:
        only_newest.close()
    assert found == INSTALLED


def test_saving_again_replaces_the_token(database: Database) -> None:
    with database.write() as uow:
        changed = dataclasses.replace(INSTALLED, bot_token="xoxb-other")
        installations.save_installation(uow.session, changed, now=NOW)
        found = installations.find_installation(uow.session, workspace_id=WORKSPACE)
    assert found == changed


def test_a_team_that_removes_the_app_is_forgotten(database: Database) -> None:
    with database.write() as uow:
        installations.delete_installation(uow.session, team_id="T1")
        assert installations.find_installation(uow.session, workspace_id=WORKSPACE) is None
