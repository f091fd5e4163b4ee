"""A client named exactly is answered without a search, once the names were read."""

import pytest

from bot.rendering.card_views import BalanceView, RefusedView
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.asking import finance, sales


@pytest.fixture
def books(database: Database) -> Books:
    opened = open_books(database)
    opened.client("C1", "Menuiserie Roy", siren="552100554", owner_id=opened.person("Anne"))
    opened.client("C2", "Garage Lemoine")
    return opened


@pytest.fixture
def lookups(books: Books) -> LookupService:
    """Return lookups that have read the names."""
    service = LookupService(books.database)
    service.balance(finance(books), "C1", today=TODAY)
    return service


@pytest.mark.parametrize("typed", ["c1", "552 100 554", "MENUISERIE ROY"])
def test_an_exact_code_siren_or_name_is_answered(
    books: Books, lookups: LookupService, typed: str
) -> None:
    answer = lookups.balance_at_hand(finance(books), typed, today=TODAY)
    assert isinstance(answer, BalanceView)
    assert answer == lookups.balance(finance(books), "C1", today=TODAY)


@pytest.mark.parametrize("typed", ["menuserie roi", "men", "FA-2026-0042", "", "…"])
def test_what_must_be_searched_is_not(books: Books, lookups: LookupService, typed: str) -> None:
    assert lookups.balance_at_hand(finance(books), typed, today=TODAY) is None


def test_names_not_read_yet_are_not_waited_for(books: Books) -> None:
    service = LookupService(books.database)
    assert service.balance_at_hand(finance(books), "C1", today=TODAY) is None


def test_names_that_changed_are_read_by_a_search_first(
    books: Books, lookups: LookupService
) -> None:
    books.change("workspace", books.workspace_id, names_version=1)
    assert lookups.balance_at_hand(finance(books), "C1", today=TODAY) is None


def test_a_colleagues_client_is_refused_at_once_as_well(
    books: Books, lookups: LookupService
) -> None:
    karim = books.person("Karim", slack_user_id="U2")
    answer = lookups.balance_at_hand(sales(books, karim), "C1", today=TODAY)
    assert isinstance(answer, RefusedView)
