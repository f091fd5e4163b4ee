"""A company whose alerts are on, and the scan of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.services.alerts.scan_report import ScanReport
from bot.services.alerts.service import AlertService
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.services.alerts.scanning import NOW


@pytest.fixture
def books(database: Database) -> Books:
    """An active company whose finance channel is set."""
    return open_books(database, finance_channel="CFINANCE", activated_at=NOW)


@pytest.fixture
def scan(books: Books) -> Callable[..., ScanReport]:
    """A scan of the company, today at 10:00 in Paris unless said."""

    def run(today: date = TODAY, now: datetime | None = None, **how: Any) -> ScanReport:
        at = now or NOW + timedelta(days=(today - TODAY).days)
        return AlertService(books.database).scan(books.workspace_id, today=today, now=at, **how)

    return run
