"""`/balance` finds the client meant, or offers the near ones."""

import pytest

from bot.rendering.card_views import (
    BalanceView,
    ChoicesView,
)
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.asking import asked, balance_of, finance


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


@pytest.mark.parametrize(
    "typed",
    [
        "C0412",
        "c 0412",
        "552 100 554",
        "Établissements Dupont &amp; Fils",
        "DUPONT FILS",
        "dupon",
        "dupnot fils",
        "etablisement dupon",
        "FA-2026-0042",
        "fa 2026 42",
        "2026-0042",
        "“dupont”",
    ],
)
def test_a_client_is_found_however_it_is_typed(books: Books, typed: str) -> None:
    client_id = books.client("C0412", "Éts Dupont & Fils", siren="552100554")
    books.client("C0413", "Garage Lemoine")
    books.item(client_id, "FA-2026-0042", 100)
    assert balance_of(books, typed).client_id == client_id


def test_near_names_are_offered_and_not_guessed(books: Books) -> None:
    books.client("C1", "Dupont", town="Lyon")
    books.client("C2", "Dupond", town="Metz")
    answer = asked(books, "dupnod")
    assert isinstance(answer, ChoicesView)
    assert {(choice.client, choice.town) for choice in answer.choices} == {
        ("Dupont", "Lyon"),
        ("Dupond", "Metz"),
    }


def test_an_invoice_number_of_two_clients_is_a_choice(books: Books) -> None:
    for code, name in (("C1", "Roy"), ("C2", "Lemoine")):
        books.item(books.client(code, name), "1234", 100)
    answer = asked(books, "1234")
    assert isinstance(answer, ChoicesView)
    assert len(answer.choices) == 2


def test_a_few_digits_are_no_number_of_their_own(books: Books) -> None:
    books.item(books.client("C1", "Roy"), "FA 042", 100)
    assert asked(books, "042") == ChoicesView("042")


def test_what_looks_like_nothing_is_said_back(books: Books) -> None:
    books.client("C1", "Dupont")
    assert asked(books, "xylophone") == ChoicesView("xylophone")


def test_an_empty_query_asks_for_help(books: Books) -> None:
    assert asked(books, '  "" ') == ChoicesView("")


@pytest.mark.parametrize(
    "typed", ["z" * 10_000, "<!channel>", "'; DROP TABLE client; --", "%_\x00"]
)
def test_hostile_text_finds_nothing_and_stays_short(books: Books, typed: str) -> None:
    books.client("C1", "Dupont")
    answer = asked(books, typed)
    assert isinstance(answer, ChoicesView)
    assert (answer.choices, len(answer.query) <= 60) == ((), True)


def test_a_client_renamed_by_an_import_is_found_once_the_version_rises(books: Books) -> None:
    service = LookupService(books.database)
    assert service.balance(finance(books), "roy", today=TODAY) == ChoicesView("roy")
    client_id = books.client("C1", "Menuiserie Roy")
    books.change("workspace", books.workspace_id, names_version=1)
    answer = service.balance(finance(books), "roy", today=TODAY)
    assert isinstance(answer, BalanceView)
    assert answer.client_id == client_id
