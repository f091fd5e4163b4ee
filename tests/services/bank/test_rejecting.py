"""A payment the bank takes back: owed again at its first due date, the promise no longer kept."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.lifecycle import PromiseState
from storage.unit_of_work import Database
from tests.import_files import sale
from tests.services.bank.counter import (
    ROY,
    Counter,
    booked,
    facts_of,
    open_counter,
    paid,
    taken_back,
)


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    counter = open_counter(database, tmp_path)
    with database.write() as uow:
        uow.session.connection().exec_driver_sql("UPDATE workspace SET finance_channel = 'CFIN'")
        uow.commit()
    return counter


def told(counter: Counter) -> int:
    found = counter.desk.rows("SELECT count(*) FROM message WHERE kind = 'payment_rejected'")
    return int(found[0][0])


def test_money_seen_and_taken_back_is_seen_no_longer(counter: Counter) -> None:
    counter.statement(paid())
    counter.statement(taken_back())
    assert (counter.seen(), facts_of(counter).overdue_minor) == (0, 200_000)


def test_the_promise_is_no_longer_kept(counter: Counter) -> None:
    promise = counter.promise(120_000, due=date(2026, 12, 1))
    counter.statement(paid())
    counter.statement(taken_back())
    assert counter.state(promise) is PromiseState.LIVE


def test_a_promise_whose_day_has_passed_is_not_kept_at_once(counter: Counter) -> None:
    promise = counter.promise(120_000, due=date(2026, 11, 17))
    counter.statement(paid())
    counter.books(sale(ROY, "FA2026-0499", "20261120", 1_000, name="ATELIER ROY"))
    counter.statement(taken_back())
    assert counter.state(promise) is PromiseState.BROKEN


def test_a_payment_the_books_have_reopens_its_item_at_its_first_due_date(counter: Counter) -> None:
    before = facts_of(counter)
    counter.statement(paid())
    counter.books(booked())
    counter.statement(taken_back(day="23"))
    after = facts_of(counter)
    assert (after.overdue_minor, after.oldest_due_on) == (200_000, before.oldest_due_on)


def test_one_the_bank_never_showed_is_found_by_its_number_and_amount(counter: Counter) -> None:
    counter.books(booked())
    counter.statement(taken_back(day="23"))
    assert counter.seen() == -120_000


def test_the_books_reversing_it_later_do_not_count_twice(counter: Counter) -> None:
    counter.books(booked())
    counter.statement(taken_back(day="23"))
    counter.books()
    assert (counter.seen(), facts_of(counter).overdue_minor) == (0, 200_000)


def test_finance_is_told_once(counter: Counter) -> None:
    counter.statement(paid())
    counter.statement(taken_back())
    counter.statement(taken_back())
    assert told(counter) == 1


def test_the_history_says_it_in_order(counter: Counter) -> None:
    counter.promise(120_000, due=date(2026, 12, 1))
    counter.statement(paid())
    counter.statement(taken_back())
    assert counter.events() == [
        "payment_seen",
        "promise_kept_at_bank",
        "payment_rejected",
        "promise_undone",
    ]


def test_a_reject_nobody_is_named_in_is_told_to_finance(counter: Counter) -> None:
    report = counter.statement(taken_back("?", "33.00", "Inconnu"))
    assert (report.unknown, told(counter)) == (1, 1)


def test_books_that_reverse_a_payment_say_so_once(counter: Counter) -> None:
    promise = counter.promise(120_000, due=date(2026, 12, 1))
    counter.books(booked())
    counter.judge()
    counter.books()
    counter.books()
    assert (counter.state(promise), told(counter)) == (PromiseState.LIVE, 1)


def test_books_that_follow_the_bank_s_reject_are_not_told_again(counter: Counter) -> None:
    counter.books(booked())
    counter.statement(taken_back(day="23"))
    counter.books()
    assert told(counter) == 1
