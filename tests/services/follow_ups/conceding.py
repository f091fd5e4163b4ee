"""What is read back of concessions: what was told, what happened, what waits for an answer."""

from sqlmodel import col, select

from storage.tables.alerts import Event
from storage.tables.follow_ups import Concession
from storage.tables.queue import Message
from storage.unit_of_work import Database


def told(database: Database, kind: str) -> list[str]:
    """Return them, oldest first."""
    with database.read() as work:
        return list(
            work.session.scalars(select(Message.dedupe_key).where(col(Message.kind) == kind))
        )


def happened(database: Database) -> list[str]:
    """Return them, oldest first."""
    with database.read() as work:
        return list(work.session.scalars(select(Event.kind).order_by(col(Event.id))))


def asked_id(database: Database) -> int:
    """Return the one concession's id."""
    with database.read() as work:
        return work.session.scalars(select(Concession.id)).one()
