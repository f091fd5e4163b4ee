"""The credit note that a client was told of, seen in the books: nobody has to say so by hand."""

from datetime import datetime

from bot.domain.actors import system
from bot.domain.credit_notes import ArrivedCredit, arrived
from bot.rendering.views import EventKind
from bot.services.follow_ups.dispute_closing import end_awaited
from bot.services.follow_ups.task_telling import tell_task_done
from bot.services.workspaces.working_days import Day
from storage import awaited_credits, tasks
from storage.sessions import Session


def take_in(session: Session, workspace_id: int, day: Day, now: datetime) -> None:
    """Do the tasks of credit notes that have arrived; their disputes end, once."""
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
    kind = EventKind.CREDIT_NOTE_ARRIVED
    tell_task_done(session, workspace_id, task, day, now, by_id=None, kind=kind, body=body)
    end_awaited(session, system(workspace_id), task.key, now)
