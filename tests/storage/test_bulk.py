"""Rows written many at a time come back as they were given, on either engine."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.ledger import ClientKind
from storage.bulk import insert_rows
from storage.ids import new_id
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import Books, open_books

AT = datetime(2026, 11, 24, 9, 30, 0, 125, tzinfo=UTC)
ODD = "tab\tline\nreturn\rslash\\N é € ''\u2028"


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def written(books: Books, table: str, **values: Any) -> dict[str, Any]:
    """Insert one row in bulk and read it back."""
    row = {"workspace_id": books.workspace_id, "id": new_id(), **values}
    columns = metadata.tables[table].c
    with books.database.write() as uow:
        insert_rows(uow.session, table, [row])
        uow.commit()
    with books.database.read() as uow:
        found = uow.session.execute(select(*columns).where(columns.id == row["id"])).one()
    return dict(found._mapping)


def an_event(**values: Any) -> dict[str, Any]:
    return {"key": "k", "kind": "opened", "source": "", "body": {}, "at": AT, **values}


def test_a_text_keeps_its_tabs_lines_and_backslashes(books: Books) -> None:
    assert written(books, "event", **an_event(source=ODD))["source"] == ODD


def test_a_document_keeps_what_it_holds(books: Books) -> None:
    body = {"text": ODD, "none": None, "yes": True, "minor": -12_000_000_000}
    assert written(books, "event", **an_event(body=body))["body"] == body


def test_an_instant_keeps_its_microseconds(books: Books) -> None:
    assert written(books, "event", **an_event())["at"] == AT


def test_an_absent_value_stays_absent(books: Books) -> None:
    assert written(books, "event", **an_event(client_id=None))["client_id"] is None


def test_a_word_of_an_enum_is_written_as_the_word(books: Books) -> None:
    client = books.client("C1", "Roy")
    row = {
        **_client_row(books, client),
        "code": "C2",
        "kind": ClientKind.TILL,
        "kind_confirmed": True,
    }
    found = written(books, "client", **row)
    assert (found["kind"], found["kind_confirmed"]) == ("till", True)


def _client_row(books: Books, client: int) -> dict[str, Any]:
    columns = metadata.tables["client"].c
    with books.database.read() as uow:
        row = uow.session.execute(select(*columns).where(columns.id == client)).one()
    return {
        name: value for name, value in row._mapping.items() if name not in ("id", "workspace_id")
    }
