"""Every action ever taken in a workspace, in the order they were written."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlmodel import Session, col

from storage.tables.alerts import Event
from storage.tables.ledger import Client
from storage.tables.workspaces import Person


class JournalLine(NamedTuple):
    """One action: who (empty: goodcop itself, a file or a script), what, on whom, from where."""

    id: int
    at: datetime
    person: str
    slack_user_id: str
    kind: str
    client_code: str
    client: str
    source: str
    body: dict[str, Any]


def list_lines(session: Session, *, workspace_id: int) -> list[JournalLine]:
    """Return the whole journal, oldest first."""
    who = and_(
        col(Person.workspace_id) == col(Event.workspace_id), col(Person.id) == col(Event.person_id)
    )
    whom = and_(
        col(Client.workspace_id) == col(Event.workspace_id), col(Client.id) == col(Event.client_id)
    )
    query = (
        select(
            col(Event.id),
            col(Event.at),
            col(Person.name),
            col(Person.slack_user_id),
            col(Event.kind),
            col(Client.code),
            col(Client.name),
            col(Event.source),
            col(Event.body),
        )
        .outerjoin(Person, who)
        .outerjoin(Client, whom)
        .where(col(Event.workspace_id) == workspace_id)
        .order_by(col(Event.id))
    )
    return [
        JournalLine(id, at, name or "", slack or "", kind, code or "", client or "", source, body)
        for id, at, name, slack, kind, code, client, source, body in session.execute(query)
    ]
