"""The sums of a client: the aggregate against a naive sum item by item."""

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.alert_facts import ClientFacts, overdue_for_alerts
from bot.domain.policy import DEFAULT, Amounts, Policy
from storage.facts import list_client_facts
from storage.standings import list_standings
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books


def read(
    books: Books, policy: Policy = DEFAULT, client_ids: list[int] | None = None
) -> list[ClientFacts]:
    """Return every client's facts."""
    with books.database.read() as uow:
        said, _ = list_standings(uow.session, workspace_id=books.workspace_id)
        return list(
            list_client_facts(
                uow.session,
                workspace_id=books.workspace_id,
                today=TODAY,
                policy=policy,
                standings=said,
                client_ids=client_ids,
            )
        )


_ITEMS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["EUR", "CHF"]),
        st.integers(-60, 60),
        st.integers(-50_000, 50_000).filter(bool),
    ),
    max_size=12,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(_ITEMS)
def test_the_aggregate_says_what_a_sum_item_by_item_says(
    database: Database, items: list[tuple[int, str, int, int]]
) -> None:
    books = open_books(database)
    clients = [books.client(f"C{n}", "X") for n in range(3)]
    sums: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for n, currency, late, minor in items:
        due_on = TODAY - timedelta(days=late)
        books.item(clients[n], f"F{late}", minor, due_on=due_on, currency=currency)
        sums[clients[n], currency].append((late, minor))
    seen = {(one.client_id, one.currency): one for one in read(books)}
    assert set(seen) == set(sums)
    for key, lines in sums.items():
        debits = sum(minor for late, minor in lines if late > 0 and minor > 0)
        credits = sum(minor for _, minor in lines if minor < 0)
        net = sum(minor for _, minor in lines)
        ages = [late for late, minor in lines if late > 0 and minor >= 1000]
        assert seen[key].overdue_minor == overdue_for_alerts(debits, credits, 0, net)
        assert seen[key].days(TODAY) == max(ages, default=0)
        assert seen[key].exposure_minor == net


def test_unattributed_credits_reduce_what_is_overdue(database: Database) -> None:
    books = open_books(database)
    client = books.client("C1", "Roy")
    books.item(client, "F1", 90_000, due_on=TODAY - timedelta(days=10))
    books.balance(client, 70_000, unattributed_minor=-20_000)
    assert [(one.overdue_minor, one.exposure_minor) for one in read(books)] == [(70_000, 70_000)]


def test_small_items_set_no_age(database: Database) -> None:
    books = open_books(database)
    books.item(books.client("C1", "Roy"), "F1", 999, due_on=TODAY - timedelta(days=10))
    assert read(books)[0].oldest_due_on is None


@pytest.mark.parametrize(("currency", "counts"), [("EUR", False), ("JPY", True)])
def test_each_currency_has_its_own_smallest_amount(
    database: Database, currency: str, counts: bool
) -> None:
    policy = Policy(amounts={"EUR": Amounts(), "JPY": Amounts(de_minimis_minor=100)})
    books = open_books(database)
    client = books.client("C1", "Roy")
    books.item(client, "F1", 500, due_on=TODAY - timedelta(days=10), currency=currency)
    assert (read(books, policy)[0].oldest_due_on is not None) is counts


def test_only_the_clients_asked_for_are_read(database: Database) -> None:
    books = open_books(database)
    clients = [books.client(f"C{n}", "X") for n in range(3)]
    for client in clients:
        books.item(client, "F1", 9000)
    assert [one.client_id for one in read(books, client_ids=clients[1:2])] == clients[1:2]
    assert read(books, client_ids=[]) == []


def test_a_client_at_its_limit_is_seen_when_its_items_are_gone(database: Database) -> None:
    books = open_books(database)
    client = books.client("C1", "Roy", limit_said=90, credit_limit_minor=1000)
    assert [(one.client_id, one.exposure_minor) for one in read(books)] == [(client, 0)]


def test_a_credit_limit_counts_in_its_own_currency_only(database: Database) -> None:
    books = open_books(database)
    client = books.client("C1", "Roy", credit_limit_minor=1000)
    books.item(client, "F1", 9000, currency="CHF")
    assert [one.limit_minor for one in read(books)] == [None]


def test_another_workspace_has_no_facts(database: Database) -> None:
    books = open_books(database)
    books.item(books.client("C1", "Roy"), "F1", 9000)
    assert read(open_books(database)) == []
