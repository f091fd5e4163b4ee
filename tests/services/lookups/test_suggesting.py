"""Whom a note may be about: found as one types, of those one may write about."""

import pytest

from bot.domain.actors import Actor
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.asking import days_ago, finance, sales


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def suggested(books: Books, actor: Actor, query: str) -> list[str]:
    found = LookupService(books.database).suggest(actor, query, today=TODAY)
    return [choice.client for choice in found]


def a_client(books: Books, name: str, owner_id: int | None, overdue_minor: int = 0) -> int:
    client_id = books.client(name[-4:].upper(), name, owner_id=owner_id, town="Lyon")
    if overdue_minor:
        books.item(client_id, f"F{client_id}", overdue_minor, due_on=days_ago(10))
    return client_id


def test_any_client_is_found_even_one_who_owes_nothing(books: Books) -> None:
    a_client(books, "Menuiserie Roy", None)
    a_client(books, "Garage Lemoine", None)
    assert suggested(books, finance(books), "lemoi") == ["Garage Lemoine"]


def test_a_choice_says_the_code_and_the_town(books: Books) -> None:
    client_id = a_client(books, "Menuiserie Roys", None)
    (found,) = LookupService(books.database).suggest(finance(books), "roy", today=TODAY)
    assert (found.client_id, found.code, found.town) == (client_id, "ROYS", "Lyon")


def test_a_salesperson_finds_only_clients_they_may_write_about(books: Books) -> None:
    anne, karim = books.person("Anne"), books.person("Karim")
    a_client(books, "Dupont Bois", anne)
    a_client(books, "Dupont Vins", karim)
    assert suggested(books, sales(books, anne), "dupont") == ["Dupont Bois"]


def test_nothing_typed_offers_who_owes_most(books: Books) -> None:
    anne = books.person("Anne")
    a_client(books, "Menuiserie Roy", anne, 100)
    a_client(books, "Garage Lemoine", anne, 900)
    a_client(books, "Atelier Baudry", anne)
    assert suggested(books, sales(books, anne), "") == ["Garage Lemoine", "Menuiserie Roy"]


def test_a_stranger_is_offered_nobody(books: Books) -> None:
    a_client(books, "Menuiserie Roy", None, 100)
    assert suggested(books, Actor(books.workspace_id, None), "roy") == []
