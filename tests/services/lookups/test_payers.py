"""`/balance` says what sort of payer a client is, from what is known at that moment."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.policy_document import policy_from_document
from bot.domain.profiles import Because, PayerProfile, Profile
from bot.rendering.card_views import BalanceView
from bot.services.lookups.service import LookupService
from storage import policies
from storage.unit_of_work import Database
from tests.books import AT, TODAY, Books, open_books
from tests.services.asking import balance_of, days_ago, finance, json_of

PUNCTUAL = PayerProfile(Profile.PUNCTUAL, Because.USUAL_DELAY, 8, 2)


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


@pytest.fixture
def quick_books(sqlite_database: Database) -> Books:
    return open_books(sqlite_database)


def a_good_payer(books: Books, **changes: Any) -> int:
    """Add a client that paid eight invoices, two days late as a rule."""
    client_id = books.client("C1", "Roy")
    habit = {
        "paid_count": 8,
        "usual_delay_days": 2,
        "least_delay_days": 0,
        "most_delay_days": 4,
        "settled_count": 8,
        "recent_delay_days": 2,
        "earlier_delay_days": 2,
        "early_quartile_days": 1,
        "late_quartile_days": 3,
    }
    books.balance(client_id, 0, **(habit | changes))
    return client_id


def because(books: Books) -> Because | None:
    payer = balance_of(books, "c1").payer
    return payer.because if payer else None


def break_promises(books: Books, client_id: int, *days: int) -> None:
    for late in days:
        due_on = days_ago(late)
        row = {"minor": 100, "currency": "EUR", "due_on": due_on, "made_on": due_on}
        books.add("promise", client_id=client_id, key=f"p{late}", state="broken", **row)


def dispute(books: Books, client_id: int, *days: int, state: str = "resolved") -> None:
    for ago in days:
        opened_at = AT - timedelta(days=ago)
        row = {"currency": "EUR", "due_on": TODAY, "opened_at": opened_at, "open_item_ids": []}
        books.add("dispute", client_id=client_id, key=f"d{ago}", state=state, **row)


def test_the_card_says_what_sort_of_payer_a_client_is(books: Books) -> None:
    a_good_payer(books)
    assert balance_of(books, "c1").payer == PUNCTUAL


def test_a_client_never_billed_is_new(quick_books: Books) -> None:
    quick_books.client("C1", "Roy")
    assert balance_of(quick_books, "c1").payer == PayerProfile(Profile.NEW, Because.FEW_INVOICES)


def test_recent_invoices_against_earlier_ones_are_read_as_stored(quick_books: Books) -> None:
    a_good_payer(quick_books, recent_delay_days=25, earlier_delay_days=1)
    drifting = PayerProfile(Profile.DRIFTING, Because.LATER_THAN_BEFORE, 4, 25, 1)
    assert balance_of(quick_books, "c1").payer == drifting


def test_a_good_payer_with_an_old_unpaid_invoice_is_not_called_good(books: Books) -> None:
    books.item(a_good_payer(books), "F1", 50_000, due_on=days_ago(45))
    unpaid = PayerProfile(Profile.DRIFTING, Because.UNPAID, 1, 45, 2)
    assert balance_of(books, "c1").payer == unpaid


@pytest.mark.parametrize(
    "items",
    [
        [("F1", 50_000, 12)],
        [("F1", 999, 45), ("F2", 50_000, 12)],
        [("F1", 50_000, 45), ("AV1", -50_000, 1)],
    ],
    ids=["a few days late", "a few cents left", "covered by a credit note"],
)
def test_what_hardly_counts_leaves_a_good_payer_good(
    quick_books: Books, items: list[tuple[str, int, int]]
) -> None:
    client_id = a_good_payer(quick_books)
    for number, minor, days in items:
        on = days_ago(days)
        quick_books.item(client_id, number, minor, due_on=on, issued_on=on)
    assert because(quick_books) is Because.USUAL_DELAY


def test_an_invoice_in_dispute_is_no_drift(quick_books: Books) -> None:
    client_id = a_good_payer(quick_books)
    quick_books.item(client_id, "F1", 50_000, due_on=days_ago(45))
    dispute(quick_books, client_id, 9, state="open")
    assert because(quick_books) is Because.USUAL_DELAY


def test_broken_promises_count_for_a_year(books: Books) -> None:
    client_id = a_good_payer(books)
    break_promises(books, client_id, 10, 365)
    assert because(books) is Because.USUAL_DELAY
    break_promises(books, client_id, 364)
    payer = PayerProfile(Profile.IN_DIFFICULTY, Because.BROKEN_PROMISES, 2)
    assert balance_of(books, "c1").payer == payer


def test_disputes_count_once_settled_too_for_a_year(books: Books) -> None:
    client_id = a_good_payer(books)
    dispute(books, client_id, 1, 200, 400)
    assert because(books) is Because.USUAL_DELAY
    dispute(books, client_id, 300)
    payer = PayerProfile(Profile.DISPUTING, Because.DISPUTES, 3)
    assert balance_of(books, "c1").payer == payer


def test_a_proceeding_is_said_while_it_lasts(books: Books) -> None:
    row = {"kind": "proceeding", "until_on": TODAY, "made_at": AT}
    hold = books.add("hold", client_id=a_good_payer(books), key="h", **row)
    assert because(books) is Because.PROCEEDING
    books.change("hold", hold, lifted_at=AT)
    assert because(books) is Because.USUAL_DELAY


def test_a_doubtful_account_is_in_difficulty(quick_books: Books) -> None:
    quick_books.change("client", a_good_payer(quick_books), kind="doubtful")
    assert because(quick_books) is Because.DOUBTFUL_ACCOUNT


def test_a_change_of_policy_is_seen_at_the_next_lookup(books: Books) -> None:
    client_id = a_good_payer(books)
    lookups, by = LookupService(books.database), finance(books)
    lookups.balance_of(by, client_id, today=TODAY)
    policy = policy_from_document({"payers": {"punctual_days": 1}})
    with books.database.write() as uow:
        policies.set_policy(
            uow.session, workspace_id=books.workspace_id, policy=policy, by="Fiona", now=AT
        )
        uow.commit()
    view = lookups.balance_of(by, client_id, today=TODAY)
    assert isinstance(view, BalanceView)
    assert view.payer == replace(PUNCTUAL, profile=Profile.LATE_BY_HABIT)


def test_a_script_reads_the_profile_and_its_evidence(quick_books: Books) -> None:
    a_good_payer(quick_books)
    assert json_of(quick_books, "c1")["profile"] == {
        "name": "punctual",
        "because": "usual_delay",
        "count": 8,
        "days": 2,
        "against_days": 0,
    }
