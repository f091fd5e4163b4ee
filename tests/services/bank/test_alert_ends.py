"""An alert that ends with what the bank shows says so as it does for the books' receipts."""

from pathlib import Path

import pytest

from bot.domain.actors import system
from bot.services.alerts.service import AlertService
from storage.unit_of_work import Database
from tests.import_files import AT, TODAY, receipt
from tests.services.bank.counter import DUVAL, ROY, SECOND, Counter, open_counter, paid

FRESH = receipt(ROY, "FA2026-0413", "20261123", 100)  # receipts are known up to yesterday


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    """A counter whose clients that are late have their alert."""
    counter = open_counter(database, tmp_path)
    counter.books(FRESH)
    house = system(counter.desk.workspace_id)
    AlertService(database).activate(house, today=TODAY, now=AT)
    scan(counter)
    return counter


def scan(counter: Counter) -> None:
    tenant = counter.desk.workspace_id
    AlertService(counter.desk.database).scan(tenant, today=TODAY, now=AT)


def ends(counter: Counter) -> list[tuple[object, ...]]:
    query = "SELECT resolved_by, resolution FROM alert WHERE state = 'resolved'"
    return counter.desk.rows(query)


def test_an_alert_whose_money_the_bank_shows_ends_with_a_receipt(counter: Counter) -> None:
    counter.statement(paid(f"{SECOND} FA2026-0411", "2000.00"))
    scan(counter)
    assert [by for by, _ in ends(counter)] == ["receipt"]


def test_an_alert_that_books_and_bank_end_together_ends_with_a_receipt(counter: Counter) -> None:
    counter.books(FRESH, receipt(DUVAL, "FA2026-0411", "20261119", 120_000))
    counter.statement(paid(SECOND, "800.00", day="20"))
    scan(counter)
    assert [by for by, _ in ends(counter)] == ["receipt"]
