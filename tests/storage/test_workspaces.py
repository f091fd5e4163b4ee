"""The workspace, its team, its companies and their years."""

from datetime import date

import pytest

from bot.domain.errors import Conflict, NotFound
from bot.domain.import_guards import Year
from storage import entities, workspaces
from storage.ids import new_id
from storage.unit_of_work import Database
from tests.books import AT, open_books
from tests.storage.import_rows import hold


def test_a_new_database_gets_one_workspace(database: Database) -> None:
    for _ in range(2):
        with database.write() as uow:
            workspaces.ensure_workspace(uow.session, now=AT)
            uow.commit()
    with database.read() as uow:
        assert [row.team_id for row in workspaces.list_workspaces(uow.session)] == [None]


def test_several_workspaces_must_be_told_apart(database: Database) -> None:
    hold(database)
    with database.write() as uow, pytest.raises(Conflict):
        workspaces.ensure_workspace(uow.session, now=AT)


def test_a_team_is_bound_once(database: Database) -> None:
    books = open_books(database)
    for _ in range(2):
        with database.write() as uow:
            workspaces.bind_team(
                uow.session, workspace_id=books.workspace_id, team_id="T1", name="Acme"
            )
            uow.commit()
    with database.read() as uow:
        found = workspaces.find_workspace(uow.session, team_id="T1")
        name = workspaces.get_workspace(uow.session, workspace_id=books.workspace_id).name
    assert (found, name) == (books.workspace_id, "Acme")


def test_another_team_is_refused(database: Database) -> None:
    books = open_books(database, team_id="T1")
    with database.write() as uow, pytest.raises(Conflict) as refused:
        workspaces.bind_team(uow.session, workspace_id=books.workspace_id, team_id="T2")
    assert refused.value.code == "other_team"


def test_an_unknown_workspace_is_not_found(database: Database) -> None:
    with database.read() as uow, pytest.raises(NotFound):
        workspaces.get_workspace(uow.session, workspace_id=1)


def test_an_unknown_workspace_cannot_be_locked(database: Database) -> None:
    with database.write() as uow, pytest.raises(NotFound):
        workspaces.lock_books(uow.session, workspace_id=1)


def test_the_newest_year_is_found_with_what_it_carries(database: Database) -> None:
    books = open_books(database)
    years = [Year(new_id(), date(year, 1, 1), date(year, 12, 31)) for year in (2025, 2026)]
    with database.write() as uow:
        for year in years:
            entities.add_year(
                uow.session,
                workspace_id=books.workspace_id,
                entity_id=books.entity_id,
                year=year,
                carried={7: 150},
            )
        uow.commit()
    with database.read() as uow:
        newest = entities.find_newest_year(
            uow.session, workspace_id=books.workspace_id, entity_id=books.entity_id
        )
    assert newest == entities.YearRow(years[1], {7: 150}, follows=True)


def test_an_iban_is_sealed_and_comes_opened(database: Database) -> None:
    books = open_books(database)
    with database.write() as uow:
        entities.set_entity(
            uow.session,
            workspace_id=books.workspace_id,
            id=books.entity_id,
            values={"iban": "FR7630006000011234567890189"},
        )
        uow.commit()
    with database.read() as uow:
        found = entities.list_entities(uow.session, workspace_id=books.workspace_id)
        kept = uow.session.connection().exec_driver_sql("SELECT iban_sealed FROM entity")
        clear = "FR7630006000011234567890189"
        assert (clear in str(kept.all()), found[0].iban) == (False, clear)


def test_a_second_tenant_finds_no_company(database: Database) -> None:
    held = hold(database)
    owned = {"workspace_id": held.stranger, "entity_id": held.books.entity_id}
    with database.read() as uow:
        own = entities.list_entities(uow.session, workspace_id=held.stranger)
        found = [
            [each for each in own if each.id == held.books.entity_id],
            entities.find_newest_year(uow.session, **owned),
            entities.find_mapping(uow.session, **owned, kind="clients"),
        ]
    assert not any(found)
