"""Reading the outbox and the alert back, for tests that judge what a service did."""

from sqlalchemy import select
from sqlmodel import col

from storage.tables.alerts import Alert
from storage.tables.queue import Message
from storage.unit_of_work import Database
from tests.follow_up_rows import Company


def told(database: Database, company: Company) -> list[tuple[str, str, str]]:
    """Return (kind, channel, method) of every message, in the order they were told."""
    return [(row.kind, row.channel, row.method) for row in messages_of(database, company)]


def messages_of(database: Database, company: Company) -> list[Message]:
    """Return every message of the company, in the order they were told."""
    query = (
        select(Message)
        .where(col(Message.workspace_id) == company.workspace_id)
        .order_by(col(Message.id))
    )
    with database.read() as work:
        return list(work.session.scalars(query))


def alert_of(database: Database, company: Company) -> Alert:
    """Return the company's alert as it is now."""
    with database.read() as work:
        return work.session.get_one(Alert, (company.workspace_id, company.alert_id))
