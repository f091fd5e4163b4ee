"""Builders of outbox rows and of the terms on which they are taken, with defaults."""

import itertools
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from storage import messages
from storage.due_messages import Taken, Terms, take_due
from storage.pace import UNPACED, PaceRules
from storage.tables.workspaces import Person, Workspace
from storage.unit_of_work import Database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORKSPACE, OTHER = 1, 2
_keys = itertools.count(1)


def two_workspaces(database: Database) -> None:
    """Create the tenant of the tests and another one."""
    with database.write() as uow:
        for id in (WORKSPACE, OTHER):
            uow.session.add(Workspace(id=id, created_at=NOW))
        uow.commit()


def a_person(session: Session, id: int, *, channel: str = "", slack_user_id: str = "") -> None:
    """Add a person who can be told things."""
    session.add(
        Person(
            workspace_id=WORKSPACE, id=id, channel=channel, slack_user_id=slack_user_id or f"U{id}"
        )
    )
    session.flush()


def told(
    session: Session,
    key: str = "",
    *,
    kind: str = "alert_event",
    subject: str = "",
    channel: str = "C1",
    thread: str = "",
    method: str = messages.POST,
    version: int = 1,
    person_id: int | None = None,
    not_before: datetime | None = None,
    now: datetime = NOW,
) -> bool:
    """Queue a message of the tests' workspace."""
    key = key or f"key:{next(_keys)}"
    return messages.tell(
        session,
        workspace_id=WORKSPACE,
        kind=kind,
        subject=subject or f"thing:{key}",
        key=key,
        now=now,
        version=version,
        channel=channel,
        thread=thread,
        person_id=person_id,
        method=method,
        not_before=not_before,
    )


def terms(taken_by: str = "one", *, limit: int = 50, pace: PaceRules = UNPACED) -> Terms:
    """Return terms of a minute, unpaced."""
    return Terms(taken_by=taken_by, lease=timedelta(minutes=1), limit=limit, pace=pace)


def taken_now(
    database: Database,
    taken_by: str = "one",
    *,
    now: datetime = NOW,
    workspace_id: int = WORKSPACE,
    pace: PaceRules = UNPACED,
) -> Taken:
    """Take what is due in a unit of work of its own."""
    with database.write() as uow:
        taken = take_due(
            uow.session, workspace_id=workspace_id, now=now, terms=terms(taken_by, pace=pace)
        )
        uow.commit()
    return taken


def keys(taken: Taken) -> list[str]:
    """Return the keys taken, in order."""
    return [message.key for message in taken.messages]


def sent(
    database: Database, taken: Taken, *, channel: str = "C1", ts: str = "1764000000.000100"
) -> None:
    """Mark everything taken as sent."""
    with database.write() as uow:
        for message in taken.messages:
            messages.mark_sent(
                uow.session, message, now=NOW, channel=channel, ts=ts, text=message.key
            )
        uow.commit()
