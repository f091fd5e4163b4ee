"""`/balance` says what a client owes to the cent, currency by currency."""

import pytest

from bot.domain.ledger import DueFrom
from bot.rendering.card_views import (
    BalanceView,
    HistoryView,
    RefusedView,
    SharedBalanceView,
)
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.books import AT, TODAY, Books, open_books
from tests.services.asking import balance_of, days_ago, finance, sales


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


@pytest.fixture
def quick_books(sqlite_database: Database) -> Books:
    return open_books(sqlite_database)


def test_the_balance_says_everything_a_call_needs(books: Books) -> None:
    anne = books.person("Anne", slack_user_id="U1")
    client_id = books.client("C1", "Roy", owner_id=anne, credit_limit_minor=20_000)
    books.balance(
        client_id,
        12_000,
        unattributed_minor=-500,
        last_receipt_on=days_ago(20),
        last_receipt_minor=3_100,
        paid_count=18,
        usual_delay_days=12,
        least_delay_days=5,
        most_delay_days=31,
    )
    books.item(client_id, "F1", 13_500, due_on=days_ago(31), due_from=DueFrom.ESTIMATED.value)
    books.item(client_id, "AC1", -1_000, kind="payment_on_account", issued_on=days_ago(2))
    books.import_run(receipts_until=days_ago(4))
    view = balance_of(books, "c1")
    [balance] = view.balances
    assert view.usual is not None
    assert view.owner is not None
    assert (balance.net_minor, balance.overdue_minor, balance.deposits_minor) == (
        12_000,
        12_500,
        1_000,
    )
    assert (view.usual.days, view.usual.count, view.owner.slack_user_id) == (12, 18, "U1")
    assert (view.freshness.receipts_until, view.freshness.due_from) == (
        days_ago(4),
        DueFrom.ESTIMATED,
    )


def test_receipts_stated_by_finance_make_the_books_fresher(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    books.import_run(receipts_until=days_ago(9))
    books.change("entity", books.entity_id, receipts_stated_until=days_ago(1))
    view = LookupService(books.database).balance_of(finance(books), client_id, today=TODAY)
    assert isinstance(view, BalanceView)
    assert view.freshness.receipts_until == days_ago(1)


def test_a_client_in_several_currencies_shows_its_own_first_and_no_sum(books: Books) -> None:
    client_id = books.client("C1", "Roy", currency="USD")
    for currency, minor in (("CHF", 300), ("EUR", 100), ("USD", 200)):
        books.balance(client_id, minor, currency=currency)
        books.item(client_id, currency, minor, currency=currency)
    view = balance_of(books, "c1")
    assert [(b.currency, b.net_minor, len(b.items)) for b in view.balances] == [
        ("USD", 200, 1),
        ("CHF", 300, 1),
        ("EUR", 100, 1),
    ]


def test_a_settled_account_in_another_currency_is_left_out(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    books.balance(client_id, 100)
    books.balance(client_id, 0, currency="GBP")
    assert [b.currency for b in balance_of(books, "c1").balances] == ["EUR"]


def test_a_client_never_billed_owes_nothing(books: Books) -> None:
    books.client("C1", "Roy")
    assert [b.net_minor for b in balance_of(books, "c1").balances] == [0]


def test_a_credit_balance_is_negative(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    books.balance(client_id, -300)
    books.item(client_id, "AV1", -300)
    [balance] = balance_of(books, "c1").balances
    assert (balance.net_minor, balance.credit_notes_minor) == (-300, 300)


def test_huge_amounts_stay_exact(books: Books) -> None:
    huge = 4_000_000_000_000_000_001
    client_id = books.client("C1", "Roy")
    books.balance(client_id, huge)
    books.item(client_id, "F1", huge)
    [balance] = balance_of(books, "c1").balances
    assert sum(minor for _, minor in balance.ageing) == huge


def test_only_the_oldest_items_are_shown_and_all_are_counted(quick_books: Books) -> None:
    client_id = quick_books.client("C1", "Roy")
    quick_books.balance(client_id, 60)
    for number in range(60):
        quick_books.item(client_id, f"F{number}", 1)
    [balance] = balance_of(quick_books, "c1").balances
    assert (len(balance.items), balance.item_count) == (50, 60)


def test_a_shared_balance_carries_figures_only(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    books.balance(client_id, 100)
    books.item(client_id, "F1", 100)
    shared = LookupService(books.database).shared(finance(books), client_id, today=TODAY)
    assert isinstance(shared, SharedBalanceView)
    assert [(b.net_minor, b.items) for b in shared.balances] == [(100, ())]


def test_a_colleagues_balance_cannot_be_shared(books: Books) -> None:
    anne = books.person("Anne")
    client_id = books.client("C1", "Roy", owner_id=books.person("Karim"))
    shared = LookupService(books.database).shared(sales(books, anne), client_id, today=TODAY)
    assert isinstance(shared, RefusedView)


def test_the_history_is_paged_newest_first(quick_books: Books) -> None:
    client_id = quick_books.client("C1", "Roy")
    for number in range(20):
        quick_books.add(
            "event",
            client_id=client_id,
            key=str(number),
            kind="promised",
            body={"minor": number, "currency": "EUR", "day": "2026-11-30"},
            at=AT,
        )
    service = LookupService(quick_books.database)
    first = service.history(finance(quick_books), client_id, today=TODAY)
    assert isinstance(first, HistoryView)
    second = service.history(
        finance(quick_books), client_id, today=TODAY, before=first.older_before
    )
    assert isinstance(second, HistoryView)
    assert [event.minor for event in (*first.events, *second.events)] == list(range(19, -1, -1))
    assert second.older_before is None


def test_a_noted_exchange_appears_in_the_history_with_its_words(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    note_id = books.add(
        "note",
        client_id=client_id,
        key="n",
        outcome="other",
        means="visit",
        at=AT,
        details={},
        text_sealed=books.seal("rappeler"),
    )
    event = {"kind": "noted", "body": {"note_id": note_id}, "at": AT}
    books.add("event", client_id=client_id, key="e", **event)
    books.add("event", client_id=client_id, key="f", kind="scanned", body={}, at=AT)
    page = LookupService(books.database).history(finance(books), client_id, today=TODAY)
    assert isinstance(page, HistoryView)
    assert [event.note.text for event in page.events if event.note] == ["rappeler"]


def test_a_colleagues_history_is_refused(books: Books) -> None:
    anne = books.person("Anne")
    client_id = books.client("C1", "Roy", owner_id=books.person("Karim"))
    page = LookupService(books.database).history(sales(books, anne), client_id, today=TODAY)
    assert isinstance(page, RefusedView)


def test_what_was_said_is_beside_the_figures(books: Books) -> None:
    anne = books.person("Anne")
    row = {"client_id": books.client("C1", "Roy", owner_id=anne), "key": "k"}
    books.add("contact", **row, function="accounts", phone_sealed=books.seal("+33100000000"))
    money = {"minor": 500, "currency": "EUR", "due_on": TODAY, "by_id": anne}
    books.add("promise", **row, **money, made_on=TODAY)
    books.add("dispute", **row, **money, owner_id=anne, opened_at=AT, open_item_ids=[])
    view = balance_of(books, "c1")
    assert [contact.phone for contact in view.contacts] == ["+33100000000"]
    assert [(promise.minor, promise.by) for promise in view.promises] == [(500, "Anne")]
    assert [(dispute.minor, dispute.owner) for dispute in view.disputes] == [(500, "Anne")]


def test_only_a_file_that_may_be_offered_can_be_handed_over(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    before = balance_of(books, "c1").may_hand_over
    books.add(
        "alert",
        client_id=client_id,
        episode=1,
        level=1,
        currency="EUR",
        overdue_minor=100,
        opened_at=AT,
        state_at=AT,
        reasons=[],
    )
    assert (before, balance_of(books, "c1").may_hand_over) == (False, True)
