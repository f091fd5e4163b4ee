"""The demo's bank statement: money before the books, once, as a file the normal door reads."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.demo import companies
from bot.demo.bank import receive, write_statement
from bot.demo.ledger import DemoLedger, generate
from bot.demo.story import HALF_NAMED, STAR
from bot.sources.bank_statements import read_bank_statement

TODAY = date(2026, 11, 24)


@pytest.fixture
def ledger() -> DemoLedger:
    return generate(TODAY)


def test_what_is_due_comes_in_and_what_is_not_stays(ledger: DemoLedger) -> None:
    star, _ = receive(ledger, STAR, HALF_NAMED)
    assert star.cents == 830_000 + 418_000


def test_one_payer_names_its_invoices_and_the_other_none(ledger: DemoLedger) -> None:
    star, other = receive(ledger, STAR, HALF_NAMED)
    assert "FA-" in star.text
    assert (other.payer, other.text) == ("LEFEBVRE", "REGLEMENT FACTURE")


def test_the_same_money_comes_once(ledger: DemoLedger) -> None:
    receive(ledger, STAR, HALF_NAMED)
    assert receive(ledger, STAR, HALF_NAMED) == []


def test_the_books_have_it_from_the_next_day_on(ledger: DemoLedger) -> None:
    receive(ledger, STAR, HALF_NAMED)
    assert ledger.due_invoices(STAR)
    ledger.advance(TODAY + timedelta(days=1))
    assert not ledger.due_invoices(STAR)


def test_the_file_is_read_as_a_statement_of_the_seller(ledger: DemoLedger, tmp_path: Path) -> None:
    transfers = receive(ledger, STAR, HALF_NAMED)
    read = read_bank_statement(write_statement(transfers, TODAY, tmp_path))
    [statement] = read.statements
    assert (statement.number, statement.last_day) == (companies.SELLER_IBAN, TODAY)
    assert [one.minor for one in statement.movements] == [one.cents for one in transfers]
