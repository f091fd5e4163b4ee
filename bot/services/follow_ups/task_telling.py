"""A task that is done: its message says so, the thread too, and who asked hears of it once."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.lifecycle import TaskOwner
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import working_minute, write_event
from bot.services.workspaces.working_days import Day
from storage import client_files, messages
from storage.sessions import Session
from storage.tasks import TaskLine


def tell_task_done(
    session: Session,
    workspace_id: int,
    task: TaskLine,
    day: Day,
    now: datetime,
    *,
    by_id: int | None,
    kind: EventKind = EventKind.TASK_DONE,
    body: Mapping[str, object] | None = None,
    key: str = "",
) -> None:
    """Tell a task done by somebody, or (`by_id` None, at a working minute) by the books.

    `key` tells apart what is told of one task more than once.
    """
    subject, key = f"task:{task.id}", key or f"task:{task.id}"
    if task.side is TaskOwner.FINANCE:
        _tell_finance(session, workspace_id, task, day, now)
    minute = None if by_id else _minute(session, workspace_id, task, day, now)
    alert = None
    if task.alert_id is not None:
        alert = client_files.lock_alert(session, workspace_id=workspace_id, id=task.alert_id)
    write_event(
        session,
        workspace_id=workspace_id,
        key=f"{key}:event",
        kind=kind,
        now=now,
        client_id=task.client_id,
        alert=alert,
        by_id=by_id,
        body={"task_id": task.id, "task_kind": task.kind.value, **(body or {})},
        mention_id=task.asked_by_id,
        not_before=minute,
    )
    in_thread = alert is not None and bool(alert.ts)
    if not in_thread and task.asked_by_id not in (None, by_id):
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.TASK_DONE,
            subject=subject,
            key=f"{key}:told",
            now=now,
            person_id=task.asked_by_id,
            body={"task_id": task.id},
            not_before=minute,
        )


def _minute(
    session: Session, workspace_id: int, task: TaskLine, day: Day, now: datetime
) -> datetime:
    asker = task.asked_by_id
    return working_minute(session, workspace_id=workspace_id, person_id=asker, day=day, now=now)


def _tell_finance(
    session: Session, workspace_id: int, task: TaskLine, day: Day, now: datetime
) -> None:
    subject = f"task:{task.id}"
    key = f"{subject}:done"
    is_first = messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.TASK,
        subject=subject,
        key=key,
        now=now,
        version=2,
        channel=day.house.finance_channel,
        body={"task_id": task.id},
        method=messages.EDIT,
    )
    if not is_first:
        messages.tell_again(session, workspace_id=workspace_id, key=key, at=now)
