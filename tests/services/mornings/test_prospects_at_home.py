"""Prospects on a person's page: one's own and nobody's, in the order a manager gives them."""

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.solvency.flags import FlagForm
from bot.rendering.prospect_views import ProspectsView
from bot.services.mornings.home import HomeService
from bot.services.solvency.flags import FlagService
from bot.services.solvency.prospects import ProspectService
from storage.unit_of_work import Database
from tests.books import AT, TODAY, Books, open_books
from tests.services.asking import finance, sales
from tests.storage.rated_rows import a_prospect

OURS, KARIMS, FREE = "552032534", "428268023", "732829320"


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def seen_by(books: Books, actor: Actor) -> ProspectsView | None:
    return HomeService(books.database).home(actor, TODAY).prospects


def sirens(books: Books, actor: Actor) -> list[str]:
    view = seen_by(books, actor)
    return [one.siren for one in view.prospects] if view else []


def prioritise(books: Books, actor: Actor, siren: str, priority: int) -> None:
    ProspectService(books.database, lambda: AT).prioritise(actor, siren, priority)


@pytest.fixture
def anne(books: Books) -> int:
    anne, karim = books.person("Anne"), books.person("Karim")
    for siren, owner in ((OURS, anne), (KARIMS, karim), (FREE, None)):
        a_prospect(books.database, books.workspace_id, siren, owner_id=owner)
    return anne


def test_a_salesperson_sees_their_own_and_those_of_nobody(books: Books, anne: int) -> None:
    assert sirens(books, sales(books, anne)) == [OURS, FREE]


def test_finance_sees_everybodys_with_whose_they_are(books: Books, anne: int) -> None:
    view = seen_by(books, finance(books))
    assert view is not None
    assert {one.siren: one.person for one in view.prospects} == {
        OURS: "Anne",
        KARIMS: "Karim",
        FREE: "",
    }
    assert (view.count, view.may_prioritise) == (3, True)


def test_a_manager_puts_their_teams_prospects_in_order(books: Books, anne: int) -> None:
    manager = sales(books, books.person("Nadia"), anne)
    prioritise(books, manager, FREE, 1)
    assert sirens(books, sales(books, anne)) == [FREE, OURS]


@pytest.mark.parametrize("times", [1, 2])
def test_a_priority_said_again_is_the_same(books: Books, anne: int, times: int) -> None:
    for _ in range(times):
        prioritise(books, finance(books), OURS, 2)
    view = seen_by(books, sales(books, anne))
    assert view is not None
    assert view.prospects[0].priority == 2


def test_a_salesperson_orders_nothing(books: Books, anne: int) -> None:
    view = seen_by(books, sales(books, anne))
    assert view is not None
    assert not view.may_prioritise
    with pytest.raises(NotAllowed):
        prioritise(books, sales(books, anne), OURS, 1)


def test_a_manager_does_not_order_another_teams(books: Books, anne: int) -> None:
    manager = sales(books, books.person("Nadia"), anne)
    with pytest.raises(NotAllowed):
        prioritise(books, manager, KARIMS, 1)


def test_a_company_that_is_no_prospect_has_no_priority(books: Books, anne: int) -> None:
    with pytest.raises(NotFound):
        prioritise(books, finance(books), "005520325", 1)


def test_a_page_without_prospects_says_nothing_of_them(books: Books) -> None:
    assert seen_by(books, finance(books)) is None


def test_a_flag_put_in_since_the_rating_is_the_verdict_at_home(books: Books, anne: int) -> None:
    FlagService(books.database, lambda: AT).flag(
        finance(books), OURS, FlagForm("chèque rejeté"), today=TODAY
    )
    view = seen_by(books, sales(books, anne))
    assert view is not None
    assert {one.siren: one.verdict.value for one in view.prospects}[OURS] == "ask_finance"
