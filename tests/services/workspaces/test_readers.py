import pytest
from sqlalchemy import text

from bot.domain.errors import NotFound
from bot.domain.lifecycle import Role
from bot.services.workspaces.readers import ReaderService
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, a_company


@pytest.fixture
def readers(sqlite_database: Database) -> ReaderService:
    a_company(sqlite_database)
    _execute(sqlite_database, "UPDATE workspace SET team_id = 'T1'")
    return ReaderService(sqlite_database, Clock())


def test_person_is_read_with_their_roles(readers: ReaderService) -> None:
    actor, _ = readers.reader("T1", "UANNE")

    assert actor.roles == {Role.SALES}


def test_stranger_has_no_role(readers: ReaderService) -> None:
    actor, _ = readers.reader("T1", "UNOBODY")

    assert not actor.roles


def test_unknown_team_is_refused(readers: ReaderService) -> None:
    with pytest.raises(NotFound):
        readers.reader("T2", "UANNE")


def test_new_role_counts_at_the_next_request(
    readers: ReaderService, sqlite_database: Database
) -> None:
    readers.reader("T1", "UANNE")
    _execute(sqlite_database, "UPDATE person SET roles = 'finance'")
    _execute(sqlite_database, "UPDATE workspace SET people_version = people_version + 1")
    actor, _ = readers.reader("T1", "UANNE")

    assert actor.is_finance


def test_manners_changed_in_the_settings_are_used_at_once(
    readers: ReaderService, sqlite_database: Database
) -> None:
    readers.reader("T1", "UANNE")
    _execute(sqlite_database, "UPDATE workspace SET formal = false")
    _, voice = readers.reader("T1", "UANNE")

    assert not voice.formal


def _execute(database: Database, statement: str) -> None:
    with database.write() as uow:
        uow.session.connection().execute(text(statement))
        uow.commit()
