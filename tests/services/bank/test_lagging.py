"""Books that still lack what the bank showed two weeks before: finance reads it once."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.policy import DEFAULT
from bot.services.bank.lagging import unbooked_view
from storage.unit_of_work import Database
from tests.import_files import sale
from tests.services.bank.counter import ROY, Counter, booked, open_counter, paid

LATER = sale(ROY, "FA2026-0499", "20261130", 1_000, name="ATELIER ROY")
DUE = date(2026, 11, 30)


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    """A payment of 16 November, and a finance channel."""
    counter = open_counter(database, tmp_path)
    with database.write() as uow:
        uow.session.connection().exec_driver_sql("UPDATE workspace SET finance_channel = 'CFIN'")
        uow.commit()
    counter.statement(paid())
    return counter


def told(counter: Counter) -> int:
    query = "SELECT count(*) FROM message WHERE kind = 'payments_unbooked'"
    return int(counter.desk.rows(query)[0][0])


def on(counter: Counter, today: date = DUE) -> int:
    """Look at the bank on a day; return how often finance was told by then."""
    counter.bank.match(counter.desk.workspace_id, today)
    return told(counter)


def test_ten_business_days_are_the_house_s_patience() -> None:
    assert DEFAULT.bank_lag_days == 10


def test_finance_is_told_when_later_books_still_lack_it(counter: Counter) -> None:
    counter.books(LATER)
    assert on(counter) == 1


def test_it_is_told_once(counter: Counter) -> None:
    counter.books(LATER)
    on(counter)
    assert on(counter, date(2026, 12, 1)) == 1


def test_it_is_not_told_before_its_day(counter: Counter) -> None:
    counter.books(LATER)
    assert on(counter, date(2026, 11, 27)) == 0


def test_books_of_before_the_payment_say_nothing(counter: Counter) -> None:
    assert on(counter) == 0


def test_books_that_have_it_say_nothing(counter: Counter) -> None:
    counter.books(booked(), LATER)
    assert on(counter) == 0


def test_what_the_books_have_by_the_time_it_is_read_is_left_out(counter: Counter) -> None:
    counter.books(LATER)
    on(counter)
    ids = [id for (id,) in counter.desk.rows("SELECT id FROM bank_part")]
    counter.books(booked(), LATER)
    with counter.desk.database.read() as uow:
        view = unbooked_view(uow.session, workspace_id=counter.desk.workspace_id, part_ids=ids)
    assert view is None


def test_it_names_the_client_the_amount_and_the_invoice(counter: Counter) -> None:
    ids = [id for (id,) in counter.desk.rows("SELECT id FROM bank_part")]
    with counter.desk.database.read() as uow:
        view = unbooked_view(uow.session, workspace_id=counter.desk.workspace_id, part_ids=ids)
    assert view is not None
    (row,) = view.rows
    assert (row.client, row.paid[0].number, row.paid[0].minor) == (
        "MENUISERIE DUVAL",
        "FA2026-0411",
        120_000,
    )
