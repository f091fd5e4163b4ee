"""Accounts that imports propose to keep out of alerts: finance says yes or no to each."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.actors import Actor
from bot.domain.errors import NotAllowed
from bot.domain.ledger import ClientKind
from bot.domain.lifecycle import Role
from bot.services.alerts.muting import MutingService
from bot.services.mornings.home import HomeService
from bot.services.workspaces.account_kinds import KindService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.follow_up_rows import Clock


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


@pytest.fixture
def kinds(database: Database) -> KindService:
    return KindService(database, Clock())


@pytest.fixture
def fiona(books: Books) -> Actor:
    person_id = books.person("Fiona", roles="finance")
    return Actor(books.workspace_id, person_id, roles=frozenset({Role.FINANCE}))


def proposed(books: Books, code: str, kind: ClientKind = ClientKind.TILL, **values: Any) -> int:
    """Add an account that an import proposed as a till."""
    return books.client(code, f"Compte {code}", kind=kind.value, **values)


def column(books: Books, table: str, name: str) -> list[Any]:
    """Return one column of a table, in the order of ids."""
    c = metadata.tables[table].c
    with books.database.read() as uow:
        query = select(c[name]).where(c.workspace_id == books.workspace_id).order_by(c.id)
        return list(uow.session.scalars(query))


def test_proposals_come_by_kind_the_largest_first(
    books: Books, kinds: KindService, fiona: Actor
) -> None:
    books.balance(proposed(books, "T1"), 100)
    books.balance(proposed(books, "T2"), -500)
    proposed(books, "C1", ClientKind.COLLECTIVE)
    view = kinds.view(fiona, today=TODAY)
    assert [account.code for account in view.accounts] == ["C1", "T2", "T1"]


def test_ordinary_clients_and_confirmed_accounts_are_not_asked(
    books: Books, kinds: KindService, fiona: Actor
) -> None:
    books.client("O1", "Roy")
    proposed(books, "T1", kind_confirmed=True)
    assert kinds.view(fiona, today=TODAY).accounts == ()


def test_what_is_kept_is_confirmed_and_the_rest_become_clients(
    books: Books, kinds: KindService, fiona: Actor
) -> None:
    till, client = proposed(books, "T1"), proposed(books, "T2")
    assert kinds.settle(fiona, [till, client], {till}, key="k", today=TODAY) == 2
    assert column(books, "client", "kind") == ["till", "ordinary"]
    assert column(books, "client", "kind_confirmed") == [True, True]


def test_an_account_not_shown_waits(books: Books, kinds: KindService, fiona: Actor) -> None:
    till = proposed(books, "T1")
    kinds.settle(fiona, [], {till}, key="k", today=TODAY)
    assert column(books, "client", "kind_confirmed") == [False]


def test_each_answer_is_in_the_history(books: Books, kinds: KindService, fiona: Actor) -> None:
    till, client = proposed(books, "T1"), proposed(books, "T2")
    kinds.settle(fiona, [till, client], {till}, key="k", today=TODAY)
    assert column(books, "event", "kind") == ["kind_confirmed", "kind_rejected"]
    assert column(books, "event", "person_id") == [fiona.person_id] * 2


def test_an_answer_given_twice_changes_nothing_more(
    books: Books, kinds: KindService, fiona: Actor
) -> None:
    till = proposed(books, "T1")
    kinds.settle(fiona, [till], {till}, key="k", today=TODAY)
    assert kinds.settle(fiona, [till], set(), key="k2", today=TODAY) == 0
    assert column(books, "client", "kind") == ["till"]


def test_a_client_that_may_alert_is_judged_at_once(
    books: Books, kinds: KindService, fiona: Actor
) -> None:
    kinds.settle(fiona, [proposed(books, "T1")], set(), key="k", today=TODAY)
    assert column(books, "job", "kind") == ["scan_clients"]


def test_confirming_asks_for_no_scan(books: Books, kinds: KindService, fiona: Actor) -> None:
    till = proposed(books, "T1")
    kinds.settle(fiona, [till], {till}, key="k", today=TODAY)
    assert column(books, "job", "kind") == []


def test_an_import_under_way_starts_over(books: Books, kinds: KindService, fiona: Actor) -> None:
    workspace = metadata.tables["workspace"].c
    till = proposed(books, "T1")
    kinds.settle(fiona, [till], {till}, key="k", today=TODAY)
    with books.database.read() as uow:
        mine = select(workspace.names_version).where(workspace.id == books.workspace_id)
        assert uow.session.scalar(mine) == 1


def test_a_salesperson_may_neither_see_nor_answer(books: Books, kinds: KindService) -> None:
    anne = Actor(books.workspace_id, 1, roles=frozenset({Role.SALES}))
    with pytest.raises(NotAllowed):
        kinds.view(anne, today=TODAY)
    with pytest.raises(NotAllowed):
        kinds.settle(anne, [], set(), key="k", today=TODAY)


def test_another_workspace_settles_nothing(books: Books, kinds: KindService) -> None:
    till = proposed(books, "T1")
    other = Actor(open_books(books.database).workspace_id, None, roles=frozenset({Role.FINANCE}))
    assert kinds.settle(other, [till], {till}, key="k", today=TODAY) == 0


def test_clients_out_of_alerts_are_listed_beside_them(
    books: Books, kinds: KindService, fiona: Actor
) -> None:
    client = books.client("C1", "Roy")
    until = TODAY + timedelta(days=9)
    MutingService(books.database, Clock()).mute(
        fiona, client, until=until, reason="procès", key="k", today=TODAY
    )
    (muted,) = kinds.view(fiona, today=TODAY).muted
    assert (muted.client, muted.mute.until, muted.mute.by) == ("Roy", until, "Fiona")


def test_finance_finds_the_way_there_on_its_page(books: Books, fiona: Actor) -> None:
    proposed(books, "T1")
    assert HomeService(books.database).home(fiona, TODAY).proposed_count == 1
