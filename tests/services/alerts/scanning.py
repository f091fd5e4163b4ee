"""A small company that is scanned, what is read of it, and the sending of what it says."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.services.alerts.service import on_alert_sent
from storage.ids import new_id
from storage.schema import metadata
from tests.books import TODAY, Books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
EURO = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """A message Slack took."""

    workspace_id: int
    body: dict[str, Any]
    attempted_at: datetime = NOW


def late(books: Books, client_id: int, euros: int, days: int, **values: Any) -> int:
    """Add an invoice `days` late."""
    number = f"F{new_id()}"
    return books.item(
        client_id, number, euros * EURO, due_on=TODAY - timedelta(days=days), **values
    )


def rows(books: Books, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a table's rows, in the order they were made."""
    c = metadata.tables[table].c
    query = select(*(c[name] for name in columns)).order_by(c.id)
    with books.database.read() as uow:
        found = uow.session.execute(query.where(c.workspace_id == books.workspace_id))
        return [tuple(row) for row in found]


def change(books: Books, table: str, row_id: int, **values: Any) -> None:
    """Change a row."""
    target = metadata.tables[table]
    with books.database.write() as uow:
        uow.session.execute(update(target).where(target.c.id == row_id).values(**values))
        uow.commit()


def send_posts(books: Books, now: datetime = NOW) -> None:
    """Do what follows the sending of every alert post in the outbox."""
    c = metadata.tables["message"].c
    with books.database.write() as uow:
        query = select(c.id, c.body).where(
            c.workspace_id == books.workspace_id,
            c.kind == "alert",
            c.method == "chat.postMessage",
            c.state == "pending",
        )
        for id, body in uow.session.execute(query).all():
            on_alert_sent(uow.session, Sent(books.workspace_id, body, now), "CANNE", f"{id}.0")
            uow.session.execute(
                update(metadata.tables["message"]).where(c.id == id).values(state="sent")
            )
        uow.commit()


def everything(books: Books) -> list[Any]:
    """Return all that a scan can write."""
    return [
        rows(books, "alert", "id", "version", "state", "level", "overdue_minor"),
        rows(books, "event", "key"),
        rows(books, "message", "dedupe_key", "state"),
    ]
