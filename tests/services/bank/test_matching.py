"""Receipts meet promises and items: seen before the books, and never counted twice."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.actors import Actor
from bot.domain.lifecycle import PromiseState, Role
from bot.rendering.card_views import BalanceView
from bot.services.lookups.names import Names
from bot.services.lookups.service import LookupService
from storage.unit_of_work import Database
from tests.import_files import AT, TODAY
from tests.services.bank.counter import (
    DUVAL,
    NUMBER,
    ROY,
    SECOND,
    Counter,
    booked,
    facts_of,
    open_counter,
    paid,
)


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    return open_counter(database, tmp_path)


def test_a_receipt_that_names_its_invoice_is_matched(counter: Counter) -> None:
    assert (counter.statement(paid()).matched, counter.seen()) == (1, 120_000)


def test_one_that_names_it_without_its_letters_is_matched(counter: Counter) -> None:
    assert counter.statement(paid("reglement 2026-0411")).matched == 1


def test_one_transfer_for_two_invoices_is_matched(counter: Counter) -> None:
    assert counter.statement(paid(f"FA2026-0411 {SECOND}", "2000.00")).matched == 1


def test_a_receipt_nobody_owes_is_left_to_the_books(counter: Counter) -> None:
    assert counter.statement(paid("loyer", "77.00", "Bailleur")).unknown == 1


def test_the_payer_s_name_alone_is_only_a_proposal(counter: Counter) -> None:
    assert (counter.statement(paid("merci", "310.00")).suggested, counter.seen()) == (1, 0)


def test_an_amount_alone_is_only_a_proposal(counter: Counter) -> None:
    assert counter.statement(paid("virement", "1200.00", "Holding Inconnue")).suggested == 1


def test_a_part_payment_is_only_a_proposal(counter: Counter) -> None:
    assert counter.statement(paid(amount="700.00")).suggested == 1


def test_a_promise_is_kept_the_day_the_money_is_seen(counter: Counter) -> None:
    promise = counter.promise(120_000)
    counter.statement(paid("virement"))
    assert (counter.state(promise), counter.events()) == (
        PromiseState.KEPT,
        ["payment_seen", "promise_kept_at_bank"],
    )


def test_a_promise_of_another_client_is_not_kept_by_this_payer(counter: Counter) -> None:
    promise = counter.promise(120_000, code=ROY)
    counter.statement(paid())
    assert counter.state(promise) is PromiseState.LIVE


def test_a_part_of_the_promise_leaves_it_live(counter: Counter) -> None:
    promise = counter.promise(200_000)
    counter.statement(paid())
    assert counter.state(promise) is PromiseState.LIVE


def test_the_books_coming_later_do_not_count_the_money_twice(counter: Counter) -> None:
    promise = counter.promise(200_000)
    counter.statement(paid())
    counter.books(booked())
    counter.judge()
    assert (counter.seen(), counter.state(promise)) == (0, PromiseState.LIVE)


def test_two_payments_keep_one_promise_though_the_books_have_only_the_first(
    counter: Counter,
) -> None:
    promise = counter.promise(200_000)
    counter.statement(paid())
    counter.books(booked())
    counter.statement(paid(SECOND, "800.00", day="20"))
    assert (counter.seen(), counter.state(promise)) == (80_000, PromiseState.KEPT)


def test_a_receipt_the_books_do_not_attribute_is_not_counted_twice(counter: Counter) -> None:
    counter.statement(paid())
    counter.books(booked("", 120_000))
    assert counter.seen() == 0


def test_looking_twice_changes_nothing(counter: Counter) -> None:
    counter.statement(paid())
    counter.bank.match(counter.desk.workspace_id, TODAY)
    assert (counter.seen(), counter.events()) == (120_000, ["payment_seen"])


def test_the_same_money_in_another_statement_is_seen_once(counter: Counter) -> None:
    counter.statement(paid())
    counter.statement(paid(), paid("loyer", "77.00", "Bailleur"))
    assert counter.seen() == 120_000


def test_an_invoice_paid_twice_leaves_the_second_payment_to_finance(counter: Counter) -> None:
    counter.statement(paid(), paid())
    assert counter.seen(DUVAL) == 120_000


def test_what_the_bank_shows_is_overdue_no_longer(counter: Counter) -> None:
    counter.statement(paid())
    facts = facts_of(counter)
    assert (facts.overdue_minor, facts.oldest_due_on) == (80_000, date(2026, 11, 4))


def test_a_client_paid_in_full_at_the_bank_owes_nothing_to_alerts(counter: Counter) -> None:
    counter.statement(paid(f"{NUMBER} {SECOND}", "2000.00"))
    assert (facts_of(counter).overdue_minor, facts_of(counter).oldest_due_on) == (0, None)


def test_once_in_the_books_facts_are_the_books_own(counter: Counter) -> None:
    counter.statement(paid())
    counter.books(booked())
    assert (facts_of(counter).overdue_minor, counter.seen()) == (80_000, 0)


def test_taking_the_books_back_shows_the_bank_s_money_again(counter: Counter) -> None:
    counter.statement(paid())
    counter.books(booked())
    counter.desk.imports.undo_last(counter.desk.workspace_id, by="fiona", now=AT)
    assert (counter.seen(), facts_of(counter).overdue_minor) == (120_000, 80_000)


def test_the_balance_says_what_the_bank_shows_and_keeps_the_books_figures(
    counter: Counter,
) -> None:
    counter.statement(paid())
    asked = LookupService(counter.desk.database, Names()).balance_of(
        Actor(counter.desk.workspace_id, None, roles=frozenset({Role.FINANCE})),
        counter.client_id(),
        today=TODAY,
    )
    assert isinstance(asked, BalanceView)
    (euros,) = asked.balances
    assert (euros.net_minor, euros.seen_minor) == (200_000, 120_000)
