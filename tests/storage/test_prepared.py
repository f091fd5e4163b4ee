"""A prepared statement answers what the ordinary way answers, and fails the same way."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Select, bindparam, literal_column, select
from sqlalchemy.exc import DBAPIError

from storage.prepared import Prepared
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books

_WORKSPACE = metadata.tables["workspace"].c


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database, activated_at=datetime(2026, 11, 3, 7, 30, tzinfo=UTC))


def test_days_instants_and_truths_come_back_as_such(books: Books) -> None:
    statement: Select[tuple[datetime | None, date | None, bool]] = select(
        _WORKSPACE.activated_at, _WORKSPACE.scanned_on, _WORKSPACE.formal
    ).where(_WORKSPACE.id == bindparam("workspace_id"), _WORKSPACE.scanned_on <= bindparam("until"))
    books.change("workspace", books.workspace_id, scanned_on=TODAY)
    with books.database.read() as uow:
        found = Prepared(statement).rows(uow.session, workspace_id=books.workspace_id, until=TODAY)
        [ordinary] = uow.session.execute(
            statement, {"workspace_id": books.workspace_id, "until": TODAY}
        )
    assert [tuple(row) for row in found] == [tuple(ordinary)]


def test_it_reads_what_its_own_transaction_wrote(books: Books) -> None:
    prepared = Prepared(select(_WORKSPACE.id).where(_WORKSPACE.name == bindparam("name")))
    with books.database.write() as uow:
        uow.session.execute(metadata.tables["workspace"].update().values(name="Roy"))
        assert prepared.rows(uow.session, name="Roy") == [(books.workspace_id,)]


def test_a_failure_is_the_one_the_ordinary_way_raises(books: Books) -> None:
    prepared = Prepared(select(literal_column("no_such_column")))
    with books.database.read() as uow, pytest.raises(DBAPIError, match="no_such_column"):
        prepared.rows(uow.session)
