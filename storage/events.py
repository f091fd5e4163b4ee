"""The append-only history: who did what to which client, when, and from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from storage.once import insert_once
from storage.sealed_words import open_words, seal_words
from storage.tables.alerts import Event


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of a client's or an alert's history."""

    id: int
    kind: str
    at: datetime
    client_id: int | None
    alert_id: int | None
    person_id: int | None
    source: str
    body: Mapping[str, Any]


def append(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    kind: str,
    at: datetime,
    client_id: int | None = None,
    alert_id: int | None = None,
    person_id: int | None = None,
    source: str = "",
    body: Mapping[str, Any] | None = None,
) -> int | None:
    """Add an event, typed words sealed; return its id, or None when its key was there."""
    return insert_once(
        session,
        Event,
        {
            "workspace_id": workspace_id,
            "key": key,
            "kind": kind,
            "at": at,
            "client_id": client_id,
            "alert_id": alert_id,
            "person_id": person_id,
            "source": source,
            "body": seal_words(session, workspace_id, body or {}),
        },
    )


def find_event(session: Session, *, workspace_id: int, id: int) -> EventLine | None:
    """Return one event, or None."""
    row = session.get(Event, (workspace_id, id))
    return None if row is None else _line(session, row)


def list_events(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    before_id: int | None = None,
    limit: int = 20,
) -> tuple[EventLine, ...]:
    """Return a client's events, newest first; `before_id` is the last one of the page before."""
    query = select(Event).where(
        col(Event.workspace_id) == workspace_id, col(Event.client_id) == client_id
    )
    if before_id is not None:
        query = query.where(col(Event.id) < before_id)
    query = query.order_by(col(Event.id).desc()).limit(limit)
    return tuple(_line(session, row) for row in session.scalars(query))


def _line(session: Session, row: Event) -> EventLine:
    body = open_words(session, row.workspace_id, row.body)
    return EventLine(
        row.id, row.kind, row.at, row.client_id, row.alert_id, row.person_id, row.source, body
    )
