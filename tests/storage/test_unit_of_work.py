"""Units of work: what a reader sees while somebody writes."""

from pathlib import Path

import pytest
from sqlalchemy import func, literal, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.prepared import Prepared
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


def test_what_is_written_in_a_reading_is_undone_on_sqlite(sqlite_database: Database) -> None:
    open_books(sqlite_database).client("C1", "Roy")
    with sqlite_database.read() as uow:
        uow.session.execute(metadata.tables["client"].update().values(name="Other"))
    with sqlite_database.read() as uow:
        assert names(uow) == ["Roy"]


def test_prepared_and_ordinary_queries_of_a_reading_see_one_instant(database: Database) -> None:
    books = open_books(database)
    books.client("C1", "Roy")
    prepared = Prepared(select(_client.name).order_by(_client.id))
    with database.read() as uow:
        before = prepared.rows(uow.session)
        books.client("C2", "Garage Lemoine")
        assert names(uow) == [name for (name,) in before] == ["Roy"]


def test_a_reading_that_failed_gives_its_connection_back(database: Database) -> None:
    def fail() -> None:
        with database.read():
            raise KeyError

    for _ in range(40):
        with pytest.raises(KeyError):
            fail()
    with database.read() as uow:
        assert names(uow) == []


def test_a_database_that_cannot_be_opened_is_an_operational_error(
    tmp_path: Path, vault: Vault
) -> None:
    database = Database(f"sqlite:///{tmp_path}/missing/books.sqlite3", vault)
    with pytest.raises(OperationalError), database.read() as uow:
        names(uow)


def test_after_the_server_cut_a_reading_off_the_next_one_works(
    postgres_url: str, vault: Vault
) -> None:
    database = Database(postgres_url, vault)
    with database.read() as uow:
        pid = uow.session.scalar(select(func.pg_backend_pid()))
        with database.write() as other:
            other.session.execute(select(func.pg_terminate_backend(pid)))
        with pytest.raises(OperationalError):
            names(uow)
    with database.read() as uow:
        assert uow.session.scalar(select(literal(1))) == 1
    database.close()


def test_a_reading_that_failed_on_a_query_gives_a_usable_connection_back(
    database: Database,
) -> None:
    with pytest.raises(DBAPIError), database.read() as uow:
        uow.session.execute(text("SELECT no_such_column"))
    with database.read() as uow:
        assert names(uow) == []


def test_an_error_of_the_database_keeps_its_values_to_itself(database: Database) -> None:
    with pytest.raises(DBAPIError) as raised, database.read() as uow:
        uow.session.execute(text("SELECT no_such_column, :who"), {"who": "Mme Roy"})
    assert "Roy" not in str(raised.value)
