"""What `/balance` reads is summed right, in order, and only for its own workspace."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from storage import exchanges, lookups, names
from storage.payer_troubles import find_troubles
from storage.unit_of_work import Database
from tests.books import AT, TODAY, Books, open_books


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_full_client(books: Books) -> int:
    """A client with one of everything."""
    anne = books.person("Anne")
    client_id = books.client("C0412", "Menuiserie Roy", owner_id=anne, siren="552100554")
    books.balance(client_id, 10_000)
    books.item(client_id, "FA-007", 10_000)
    books.import_run(as_of=days_ago(1), receipts_until=days_ago(4))
    row: dict[str, Any] = {"client_id": client_id, "key": "one"}
    books.add("contact", **row, name_sealed=books.seal("Mme Roy"), phone_sealed=books.seal("+331"))
    books.add(
        "promise", **row, by_id=anne, minor=5_000, currency="EUR", due_on=TODAY, made_on=TODAY
    )
    books.add(
        "dispute",
        **row,
        currency="EUR",
        minor=300,
        due_on=TODAY,
        opened_at=AT,
        open_item_ids=[],
        reason_sealed=books.seal("prix"),
    )
    books.add(
        "note",
        **row,
        by_id=anne,
        outcome="other",
        means="phone",
        at=AT,
        details={},
        text_sealed=books.seal("rappeler lundi"),
    )
    books.add("event", **row, person_id=anne, kind="note", body={}, at=AT)
    return client_id


QUERIES: list[Callable[[Session, int, int], object]] = [
    lambda s, w, c: lookups.find_account(s, workspace_id=w, client_id=c),
    lambda s, w, c: lookups.list_balances(s, workspace_id=w, client_id=c, today=TODAY),
    lambda s, w, c: lookups.list_open_items(s, workspace_id=w, client_id=c),
    lambda s, w, c: exchanges.list_contacts(s, workspace_id=w, client_id=c),
    lambda s, w, c: exchanges.list_promises(s, workspace_id=w, client_id=c),
    lambda s, w, c: exchanges.list_open_disputes(s, workspace_id=w, client_id=c),
    lambda s, w, c: any(find_troubles(s, workspace_id=w, client_id=c, today=TODAY)),
    lambda s, w, c: exchanges.list_latest_notes(s, workspace_id=w, client_id=c),
    lambda s, w, c: exchanges.list_history(s, workspace_id=w, client_id=c, before=None, most=9),
    lambda s, w, _: names.list_names(s, workspace_id=w),
    lambda s, w, c: names.list_choices(s, workspace_id=w, client_ids=[c]),
    lambda s, w, _: names.list_clients_of_number(s, workspace_id=w, number="FA-007"),
    lambda s, w, _: names.list_numbers_like(s, workspace_id=w, number="FA7"),
]


@pytest.mark.parametrize("query", QUERIES)
def test_only_the_clients_own_workspace_finds_it(
    books: Books, query: Callable[[Session, int, int], object]
) -> None:
    client_id = a_full_client(books)
    stranger = open_books(books.database)
    with books.database.read() as uow:
        assert query(uow.session, books.workspace_id, client_id)
        assert not query(uow.session, stranger.workspace_id, client_id)


def test_a_workspace_that_does_not_exist_has_no_settings(books: Books) -> None:
    with books.database.read() as uow:
        assert names.find_settings(uow.session, workspace_id=1) is None


def test_an_account_says_who_follows_it_and_how_fresh_its_books_are(books: Books) -> None:
    client_id = a_full_client(books)
    with books.database.read() as uow:
        found = lookups.find_account(
            uow.session, workspace_id=books.workspace_id, client_id=client_id
        )
    assert found is not None
    assert (found.owner_name, found.as_of, found.receipts_until) == (
        "Anne",
        days_ago(1),
        days_ago(4),
    )


def test_an_undone_import_and_a_list_of_people_say_nothing_of_freshness(books: Books) -> None:
    client_id = a_full_client(books)
    books.import_run(as_of=TODAY, undone_at=AT)
    books.import_run(as_of=TODAY, kind="people")
    with books.database.read() as uow:
        found = lookups.find_account(
            uow.session, workspace_id=books.workspace_id, client_id=client_id
        )
    assert found is not None
    assert found.as_of == days_ago(1)


def test_each_item_falls_in_its_bucket_and_a_credit_in_that_of_its_issue_date(
    books: Books,
) -> None:
    client_id = books.client("C1", "Roy")
    books.balance(client_id, 0)
    for late, minor in ((0, 1), (1, 10), (30, 20), (31, 100), (60, 200), (61, 1_000), (91, 5_000)):
        books.item(client_id, f"F{late}", minor, due_on=days_ago(late))
    books.item(client_id, "AV1", -7, issued_on=days_ago(40), due_on=TODAY + timedelta(days=9))
    with books.database.read() as uow:
        [balance] = lookups.list_balances(
            uow.session, workspace_id=books.workspace_id, client_id=client_id, today=TODAY
        )
    assert balance.ageing == (1, 30, 293, 1_000, 5_000)


def test_settled_items_count_for_nothing(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    books.balance(client_id, 0)
    books.item(client_id, "F1", 0, minor=500)
    with books.database.read() as uow:
        [balance] = lookups.list_balances(
            uow.session, workspace_id=books.workspace_id, client_id=client_id, today=TODAY
        )
    assert (balance.item_count, sum(balance.ageing)) == (0, 0)


def test_items_come_oldest_due_first(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    for late in (3, 40, 10):
        books.item(client_id, f"F{late}", 100, due_on=days_ago(late))
    with books.database.read() as uow:
        items = lookups.list_open_items(
            uow.session, workspace_id=books.workspace_id, client_id=client_id, most=2
        )
    assert [item.number for item in items] == ["F40", "F10"]


def test_personal_words_come_back_unsealed(books: Books) -> None:
    client_id = a_full_client(books)
    of_client = {"workspace_id": books.workspace_id, "client_id": client_id}
    with books.database.read() as uow:
        [contact] = exchanges.list_contacts(uow.session, **of_client)
        [dispute] = exchanges.list_open_disputes(uow.session, **of_client)
        [note] = exchanges.list_latest_notes(uow.session, **of_client)
    assert (contact.name, contact.phone, dispute.reason, note.text) == (
        "Mme Roy",
        "+331",
        "prix",
        "rappeler lundi",
    )


def test_a_number_is_found_without_its_separators_and_zeros(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    books.item(client_id, "FA-00 42", 100)
    with books.database.read() as uow:
        found = names.list_numbers_like(uow.session, workspace_id=books.workspace_id, number="fa42")
    assert found == [(client_id, "FA-00 42")]


@pytest.mark.parametrize("number", ["FA-00 42", "Réf. 7/é", "N°42", "000"])
def test_a_number_is_found_as_it_is_written(books: Books, number: str) -> None:
    client_id = books.client("C1", "Roy")
    books.item(client_id, number, 100)
    books.item(books.client("C2", "Lemoine"), "FA-042", 100)
    with books.database.read() as uow:
        found = names.list_clients_of_number(
            uow.session, workspace_id=books.workspace_id, number=number
        )
    assert found == [client_id]


def test_a_number_typed_in_another_form_is_found_by_an_index(sqlite_database: Database) -> None:
    query = "EXPLAIN QUERY PLAN SELECT client_id FROM open_item WHERE workspace_id = 1"
    with sqlite_database.read() as uow:
        plan = uow.session.connection().exec_driver_sql(f"{query} AND bare_number = 'FA42'")
        assert "ix_open_item_bare_number" in str(plan.all())


def test_zeros_alone_are_no_number(books: Books) -> None:
    with books.database.read() as uow:
        found = names.list_numbers_like(uow.session, workspace_id=books.workspace_id, number="0")
    assert found == []
