"""`/balance` shows a client only to who may see it."""

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import NotFound
from bot.rendering.card_views import (
    BalanceView,
    ChoicesView,
    RefusedView,
)
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.asking import asked, finance, sales


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def test_a_salesperson_sees_their_own_client(books: Books) -> None:
    anne = books.person("Anne")
    books.client("C1", "Roy", owner_id=anne)
    assert isinstance(asked(books, "roy", sales(books, anne)), BalanceView)


def test_a_manager_sees_the_clients_of_their_team(books: Books) -> None:
    anne, nadia = books.person("Anne"), books.person("Nadia")
    books.client("C1", "Roy", owner_id=anne)
    assert isinstance(asked(books, "roy", sales(books, nadia, anne)), BalanceView)


def test_a_colleagues_client_is_refused_with_its_owners_name_and_nothing_else(
    books: Books,
) -> None:
    anne, karim = books.person("Anne"), books.person("Karim", slack_user_id="U2")
    books.balance(books.client("C1", "Roy", owner_id=karim), 100)
    answer = asked(books, "roy", sales(books, anne))
    assert isinstance(answer, RefusedView)
    assert answer.owner is not None
    assert (answer.owner.name, answer.client, answer.totals) == ("Karim", "", ())


def test_a_client_nobody_follows_is_refused_without_a_name(books: Books) -> None:
    anne = books.person("Anne")
    books.client("C1", "Roy")
    assert asked(books, "roy", sales(books, anne)) == RefusedView(None)


def test_totals_of_others_are_shown_without_items_where_the_workspace_allows(books: Books) -> None:
    anne, karim = books.person("Anne"), books.person("Karim")
    client_id = books.client("C1", "Roy", owner_id=karim)
    books.balance(client_id, 100)
    books.item(client_id, "F1", 100)
    books.change("workspace", books.workspace_id, sales_see_totals=True)
    answer = asked(books, "roy", sales(books, anne))
    assert isinstance(answer, RefusedView)
    assert [(total.net_minor, total.items) for total in answer.totals] == [(100, ())]


def test_somebody_without_a_role_learns_nothing(books: Books) -> None:
    books.client("C1", "Roy", owner_id=books.person("Karim"))
    nobody = Actor(books.workspace_id, None)
    assert asked(books, "roy", nobody) == RefusedView(None)


def test_of_two_namesakes_the_only_one_of_ones_own_is_meant(books: Books) -> None:
    anne, karim = books.person("Anne"), books.person("Karim")
    own = books.client("C1", "Martin Bois", owner_id=anne)
    books.client("C2", "Martin Fer", owner_id=karim)
    answer = asked(books, "martin", sales(books, anne))
    assert isinstance(answer, BalanceView)
    assert answer.client_id == own


def test_a_choice_never_names_a_colleagues_client(books: Books) -> None:
    anne, karim = books.person("Anne"), books.person("Karim")
    for code, name, owner in (("C1", "Martin Bois", anne), ("C2", "Martin Or", anne)):
        books.client(code, name, owner_id=owner)
    books.client("C3", "Martin Fer", owner_id=karim)
    answer = asked(books, "martin", sales(books, anne))
    assert isinstance(answer, ChoicesView)
    assert {choice.client for choice in answer.choices} == {"Martin Bois", "Martin Or"}


def test_a_resemblance_to_ones_own_client_stays_a_choice_when_a_colleagues_is_nearer(
    books: Books,
) -> None:
    anne, karim = books.person("Anne"), books.person("Karim")
    books.client("C1", "Dupont", owner_id=anne)
    books.client("C2", "Dupond", owner_id=karim)
    answer = asked(books, "dupnod", sales(books, anne))
    assert isinstance(answer, ChoicesView)
    assert [choice.client for choice in answer.choices] == ["Dupont"]


def test_several_near_names_of_one_colleague_are_refused_with_their_name(books: Books) -> None:
    anne, karim = books.person("Anne"), books.person("Karim")
    for code, name in (("C1", "Martin Bois"), ("C2", "Martin Or")):
        books.client(code, name, owner_id=karim)
    answer = asked(books, "martin", sales(books, anne))
    assert isinstance(answer, RefusedView)
    assert answer.owner is not None
    assert answer.owner.name == "Karim"


def test_near_names_of_several_colleagues_are_refused_without_a_name(books: Books) -> None:
    anne = books.person("Anne")
    for code, name in (("C1", "Martin Bois"), ("C2", "Martin Or")):
        books.client(code, name, owner_id=books.person(name))
    assert asked(books, "martin", sales(books, anne)) == RefusedView(None)


def test_another_workspaces_client_does_not_exist(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    stranger = open_books(books.database)
    with pytest.raises(NotFound):
        LookupService(books.database).balance_of(finance(stranger), client_id, today=TODAY)
