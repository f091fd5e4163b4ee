"""Units of work: what a reader sees while somebody writes."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from storage.schema import metadata
from storage.unit_of_work import Database, UnitOfWork
from storage.vault import Vault
from tests.books import open_books

_client = metadata.tables["client"].c


def names(uow: UnitOfWork) -> list[str]:
    """Return the names of every client."""
    return list(uow.session.scalars(select(_client.name).order_by(_client.id)))


def test_a_reader_sees_one_instant_while_somebody_writes(database: Database) -> None:
    books = open_books(database)
    books.client("C1", "Roy")
    with database.read() as uow:
        before = names(uow)
        books.client("C2", "Garage Lemoine")
        assert names(uow) == before


def test_the_next_reader_sees_what_was_written_meanwhile(database: Database) -> None:
    books = open_books(database)
    with database.read() as uow:
        names(uow)
        books.client("C1", "Roy")
    with database.read() as uow:
        assert names(uow) == ["Roy"]


def test_a_unit_of_work_left_without_commit_changes_nothing(database: Database) -> None:
    open_books(database).client("C1", "Roy")
    with database.write() as uow:
        uow.session.execute(metadata.tables["client"].update().values(name="Other"))
    with database.read() as uow:
        assert names(uow) == ["Roy"]


def test_a_reader_cannot_write_on_postgresql(postgres_url: str, vault: Vault) -> None:
    database = Database(postgres_url, vault)
    with pytest.raises(DBAPIError), database.read() as uow:
        uow.session.execute(metadata.tables["client"].delete())
    database.close()
