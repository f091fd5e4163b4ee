"""A person shares a client's figures into a channel."""

import pytest

from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.told import Told
from bot.services.lookups.sharing import SharingService
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import Clock, Company, a_company
from tests.services.outbox import messages_of


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


def test_a_balance_is_shared_into_the_channel_once(books: Books, company: Company) -> None:
    service = SharingService(books.database, Clock())
    done = [
        service.share(company.anne, company.client_id, channel="CTEAM", key="click-1")
        for _ in range(2)
    ]
    told = [(row.kind, row.channel) for row in messages_of(books.database, company)]
    assert (done, told) == ([True, False], [(Told.SHARED_BALANCE, "CTEAM")])


def test_somebody_else_s_balance_is_not_shared(books: Books, company: Company) -> None:
    service = SharingService(books.database, Clock())
    with pytest.raises(NotAllowed):
        service.share(company.karim, company.client_id, channel="CTEAM", key="click-1")


def test_an_unknown_client_s_balance_is_not_shared(books: Books, company: Company) -> None:
    with pytest.raises(NotFound):
        SharingService(books.database, Clock()).share(company.anne, 1, channel="C", key="k")


def test_a_balance_is_not_shared_nowhere(books: Books, company: Company) -> None:
    service = SharingService(books.database, Clock())
    with pytest.raises(InvalidInput):
        service.share(company.anne, company.client_id, channel="", key="k")
