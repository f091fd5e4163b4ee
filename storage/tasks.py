"""Tasks and holds: what somebody owes by a day, and pauses with an author and an end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, select, update
from sqlmodel import Session, col

from bot.domain.follow_ups import NewTask, TaskKind
from bot.domain.lifecycle import HoldKind, TaskOwner
from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.tables.follow_ups import Hold, Task


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it stands, its text open. `owner_id` is None when a whole side owes it."""

    id: int
    client_id: int
    alert_id: int | None
    kind: TaskKind
    side: TaskOwner
    owner_id: int | None
    asked_by_id: int | None
    text: str
    due_on: date
    made_at: datetime
    done_at: datetime | None
    done_by_id: int | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A pause on a client."""

    id: int
    client_id: int
    kind: HoldKind
    reason: str
    by_id: int | None
    until_on: date
    made_at: datetime


def add_task(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    alert_id: int | None,
    note_id: int | None,
    asked_by_id: int | None,
    task: NewTask,
    at: datetime,
) -> int | None:
    """Write a task down; what sales owes is its author's. None when its key was there."""
    return insert_once(
        session,
        Task,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "alert_id": alert_id,
            "note_id": note_id,
            "kind": task.kind.value,
            "side": task.side.value,
            "owner_id": asked_by_id if task.side is TaskOwner.SALES else None,
            "asked_by_id": asked_by_id,
            "text_sealed": vault_of(session).seal(workspace_id, task.text),
            "due_on": task.due_on,
            "made_at": at,
        },
    )


def get_task(session: Session, *, workspace_id: int, id: int) -> TaskLine | None:
    """Return one task, or None."""
    row = session.get(Task, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def list_tasks(
    session: Session,
    *,
    workspace_id: int,
    side: TaskOwner | None = None,
    owner_ids: Collection[int] | None = None,
    client_id: int | None = None,
    until: date | None = None,
) -> tuple[TaskLine, ...]:
    """Return the tasks not done, soonest due first, narrowed by what is given."""
    query = select(Task).where(col(Task.workspace_id) == workspace_id, col(Task.done_at).is_(None))
    return tuple(
        _line(session, row)
        for row in session.scalars(
            _narrowed(query, side, owner_ids, client_id, until).order_by(
                col(Task.due_on), col(Task.id)
            )
        )
    )


def complete_task(
    session: Session, *, workspace_id: int, id: int, by_id: int | None, at: datetime
) -> bool:
    """Mark a task done; return False when it was done before."""
    statement = (
        update(Task)
        .where(
            col(Task.workspace_id) == workspace_id, col(Task.id) == id, col(Task.done_at).is_(None)
        )
        .values(done_at=at, done_by_id=by_id)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def reopen_task(session: Session, *, workspace_id: int, id: int) -> None:
    """Have a task wait again: what it asked for was there, and is there no more."""
    session.execute(
        update(Task)
        .where(col(Task.workspace_id) == workspace_id, col(Task.id) == id)
        .values(done_at=None, done_by_id=None)
    )


def add_hold(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    kind: HoldKind,
    reason: str,
    by_id: int | None,
    until_on: date,
    at: datetime,
) -> int | None:
    """Write a pause down; return its id, or None when its key was there."""
    return insert_once(
        session,
        Hold,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "kind": kind.value,
            "reason_sealed": vault_of(session).seal(workspace_id, reason),
            "by_id": by_id,
            "until_on": until_on,
            "made_at": at,
        },
    )


def list_holds(
    session: Session, *, workspace_id: int, client_id: int, today: date
) -> tuple[HoldLine, ...]:
    """Return the pauses in force on `today` (their last day included), soonest end first."""
    query = (
        select(Hold)
        .where(
            col(Hold.workspace_id) == workspace_id,
            col(Hold.client_id) == client_id,
            col(Hold.lifted_at).is_(None),
            col(Hold.until_on) >= today,
        )
        .order_by(col(Hold.until_on), col(Hold.id))
    )
    return tuple(
        HoldLine(
            row.id,
            row.client_id,
            HoldKind(row.kind),
            vault_of(session).unseal(workspace_id, row.reason_sealed),
            row.by_id,
            row.until_on,
            row.made_at,
        )
        for row in session.scalars(query)
    )


def lift_hold(session: Session, *, workspace_id: int, id: int, at: datetime) -> bool:
    """End a pause early; return False when it was lifted before."""
    statement = (
        update(Hold)
        .where(
            col(Hold.workspace_id) == workspace_id,
            col(Hold.id) == id,
            col(Hold.lifted_at).is_(None),
        )
        .values(lifted_at=at)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _narrowed(
    query: Select[Task],
    side: TaskOwner | None,
    owner_ids: Collection[int] | None,
    client_id: int | None,
    until: date | None,
) -> Select[Task]:
    if side is not None:
        query = query.where(col(Task.side) == side.value)
    if owner_ids is not None:
        query = query.where(col(Task.owner_id).in_(owner_ids))
    if client_id is not None:
        query = query.where(col(Task.client_id) == client_id)
    return query if until is None else query.where(col(Task.due_on) <= until)


def _line(session: Session, row: Task) -> TaskLine:
    return TaskLine(
        row.id,
        row.client_id,
        row.alert_id,
        TaskKind(row.kind),
        TaskOwner(row.side),
        row.owner_id,
        row.asked_by_id,
        vault_of(session).unseal(row.workspace_id, row.text_sealed),
        row.due_on,
        row.made_at,
        row.done_at,
        row.done_by_id,
        row.key,
    )
