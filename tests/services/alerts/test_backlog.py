"""The backlog list is owed to whoever was never shown it, whatever cut activation short."""

from datetime import timedelta

from sqlalchemy import select

from bot.services.alerts.service import AlertService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.conftest import NOW


def five_late_clients(books: Books) -> None:
    """Give Anne more late clients than she may be told of in a day."""
    anne = books.person("Anne", channel="CANNE")
    for number in range(5):
        client = books.client(f"C{number}", f"Client {number}", owner_id=anne)
        books.item(client, f"F{number}", 100_000, due_on=TODAY - timedelta(days=10))


def kinds(books: Books) -> list[str]:
    """Return the kinds of message queued, in order."""
    c = metadata.tables["message"].c
    with books.database.read() as uow:
        query = select(c.kind).where(c.workspace_id == books.workspace_id).order_by(c.id)
        return list(uow.session.scalars(query))


def test_the_first_scan_after_an_activation_cut_short_lists_the_backlog(
    database: Database,
) -> None:
    books = open_books(database, activated_at=NOW - timedelta(minutes=5))
    five_late_clients(books)
    AlertService(database).scan(books.workspace_id, today=TODAY, now=NOW)
    assert kinds(books) == ["backlog", "alert", "alert", "alert"]


def test_an_ordinary_scan_lists_no_backlog(database: Database) -> None:
    before = NOW - timedelta(days=3)
    books = open_books(database, activated_at=before, scanned_at=before + timedelta(days=2))
    five_late_clients(books)
    AlertService(database).scan(books.workspace_id, today=TODAY, now=NOW)
    assert kinds(books) == ["alert", "alert", "alert"]
