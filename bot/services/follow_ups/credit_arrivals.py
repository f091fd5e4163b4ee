"""The credit note that a client was told of, seen in the books: nobody has to say so by hand."""

from datetime import datetime

from bot.domain.actors import system
from bot.domain.credit_notes import ArrivedCredit, arrived
from bot.rendering.views import EventKind
from bot.services.follow_ups.dispute_closing import end_awaited, lock_open_alert, wait_again
from bot.services.follow_ups.news import working_minute, write_event
from bot.services.follow_ups.task_telling import tell_task_done
from bot.services.workspaces.working_days import Day
from storage import awaited_credits, messages, tasks
from storage.awaited_credits import GoneCredit
from storage.sessions import Session


def take_in(session: Session, workspace_id: int, day: Day, now: datetime) -> None:
    """Do the tasks of credit notes that have arrived; their disputes end, once.

    Those that left the books with an import taken back are awaited again, first of all.
    """
    gone = awaited_credits.list_gone_credit_notes(
        session, workspace_id=workspace_id, told_as=EventKind.CREDIT_NOTE_ARRIVED.value
    )
    for left in gone:
        _wait_again(session, workspace_id, left, day, now)
    awaited = awaited_credits.list_awaited_credits(session, workspace_id=workspace_id)
    if not awaited:
        return
    notes = awaited_credits.list_unused_credit_notes(
        session,
        workspace_id=workspace_id,
        client_ids={one.client_id for one in awaited},
        since=min(one.since for one in awaited),
        used_by=EventKind.CREDIT_NOTE_ARRIVED.value,
    )
    for found in arrived(awaited, notes):
        _end(session, workspace_id, found, day, now)


def _end(
    session: Session, workspace_id: int, found: ArrivedCredit, day: Day, now: datetime
) -> None:
    task = tasks.get_task(session, workspace_id=workspace_id, id=found.awaited.task_id)
    if task is None or not tasks.complete_task(
        session, workspace_id=workspace_id, id=task.id, by_id=None, at=now
    ):
        return
    body = {
        "item_ids": [note.id for note in found.notes],
        "to": ", ".join(note.number for note in found.notes),
        "minor": found.awaited.minor,
        "currency": found.awaited.currency,
    }
    kind, key = EventKind.CREDIT_NOTE_ARRIVED, f"task:{task.id}:{found.notes[0].id}"
    tell_task_done(session, workspace_id, task, day, now, by_id=None, kind=kind, body=body, key=key)
    end_awaited(session, system(workspace_id), task.key, now)


def _wait_again(
    session: Session, workspace_id: int, left: GoneCredit, day: Day, now: datetime
) -> None:
    """Have a task, and its dispute, wait again for a credit note that left the books."""
    tasks.reopen_task(session, workspace_id=workspace_id, id=left.task_id)
    task = tasks.get_task(session, workspace_id=workspace_id, id=left.task_id)
    if task is None:
        return
    wait_again(session, system(workspace_id), task, day, now)
    asker, tenant = task.asked_by_id, workspace_id
    write_event(
        session,
        workspace_id=tenant,
        key=f"credit_left:{left.event_id}",
        kind=EventKind.CREDIT_NOTE_LEFT,
        now=now,
        client_id=task.client_id,
        alert=lock_open_alert(session, tenant, task.client_id),
        by_id=None,
        body={"to": left.numbers, "minor": left.minor, "currency": left.currency},
        mention_id=asker,
        not_before=working_minute(session, workspace_id=tenant, person_id=asker, day=day, now=now),
    )
    messages.tell_again(session, workspace_id=tenant, key=f"task:{task.id}:done", at=now)
