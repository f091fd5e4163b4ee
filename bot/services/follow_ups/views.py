"""What threads and channels show of follow-ups: events, tasks, promises not kept.

Drawn from the state as it is when the message leaves; None when there is nothing left to say.
"""

from datetime import date

from bot.domain.ageing import days_overdue
from bot.domain.follow_ups import TaskKind
from bot.domain.ledger import SettledBy
from bot.domain.lifecycle import DisputeOutcome, PromiseState
from bot.rendering.follow_up_views import PromiseBrokenView, TaskView
from bot.rendering.views import (
    AlertEventView,
    EventKind,
    NoteView,
    PersonView,
    ResolutionView,
)
from storage import client_files, events, follow_ups, handovers, promises, tasks
from storage.client_files import AlertTurn
from storage.events import EventLine
from storage.follow_ups import NoteLine
from storage.sessions import Session

UNKEPT = (PromiseState.BROKEN, PromiseState.KEPT_IN_PART)


def person_view(session: Session, workspace_id: int, person_id: int | None) -> PersonView | None:
    """Return a colleague as messages show them, None when nobody is meant."""
    person = client_files.find_person(session, workspace_id=workspace_id, id=person_id)
    return None if person is None else PersonView(person.id, person.name, person.slack_user_id)


def resolution_view(alert: AlertTurn) -> ResolutionView | None:
    """Return how an episode ended, None while it lasts."""
    found = alert.resolution
    if found is None or not alert.resolved_by:
        return None
    return ResolutionView(
        by=SettledBy(alert.resolved_by),
        minor=int(found.get("settled_minor", 0)),
        days=int(found.get("days", 0)),
        remaining_minor=int(found.get("left_minor", 0)),
    )


def alert_event_view(
    session: Session, *, workspace_id: int, event_id: int, mention_id: int | None = None
) -> AlertEventView | None:
    """Return one thing that happened, as a line of its alert's thread."""
    event = events.find_event(session, workspace_id=workspace_id, id=event_id)
    if event is None or event.client_id is None:
        return None
    client = client_files.find_client(session, workspace_id=workspace_id, id=event.client_id)
    if client is None:
        return None
    body, day = event.body, event.body.get("day")
    note = _note(session, workspace_id, event)
    return AlertEventView(
        kind=EventKind(event.kind),
        client=client.name,
        at=event.at,
        alert_id=event.alert_id,
        client_id=event.client_id,
        by=client_files.find_person_name(session, workspace_id=workspace_id, id=event.person_id),
        to=str(body.get("to", "")),
        mention=person_view(session, workspace_id, mention_id),
        currency=str(body.get("currency", client.currency)),
        minor=int(body.get("minor", 0)),
        received_minor=int(body.get("received_minor", 0)),
        day=date.fromisoformat(day) if day else None,
        text=_question(session, workspace_id, event),
        note=note,
        task_kind=TaskKind(body["task_kind"]) if body.get("task_kind") else None,
        handover_id=body.get("handover_id"),
        plan=promises.read_plan(body.get("plan", ())),
        part=int(body.get("part", 0)),
        parts=int(body.get("parts", 0)),
        outcome=DisputeOutcome(body["outcome"]) if body.get("outcome") else None,
    )


def task_view(session: Session, *, workspace_id: int, task_id: int) -> TaskView | None:
    """Return a task as finance, or the person who asked, reads it."""
    task = tasks.get_task(session, workspace_id=workspace_id, id=task_id)
    if task is None:
        return None
    client = client_files.find_client(session, workspace_id=workspace_id, id=task.client_id)
    if client is None:
        return None
    return TaskView(
        task_id=task.id,
        client_id=task.client_id,
        client=client.name,
        kind=task.kind,
        side=task.side,
        due_on=task.due_on,
        alert_id=task.alert_id,
        text=task.text,
        owner=person_view(session, workspace_id, task.owner_id),
        asked_by=person_view(session, workspace_id, task.asked_by_id),
        done_by=client_files.find_person_name(
            session, workspace_id=workspace_id, id=task.done_by_id
        ),
        done_at=task.done_at,
    )


def promise_broken_view(
    session: Session, *, workspace_id: int, promise_id: int, to_finance: bool, today: date
) -> PromiseBrokenView | None:
    """Return a promise that was not kept, as its owner or finance reads it."""
    promise = promises.get_promise(session, workspace_id=workspace_id, id=promise_id)
    if promise is None or promise.state not in UNKEPT:
        return None
    client = client_files.find_client(session, workspace_id=workspace_id, id=promise.client_id)
    if client is None:
        return None
    alert_id = client_files.find_open_alert_id(
        session, workspace_id=workspace_id, client_id=client.id
    )
    alert = (
        None
        if alert_id is None
        else client_files.find_alert(session, workspace_id=workspace_id, id=alert_id)
    )
    return PromiseBrokenView(
        client_id=client.id,
        alert_id=alert_id,
        client=client.name,
        currency=promise.currency,
        minor=promise.minor,
        received_minor=promise.received_minor,
        due_on=promise.due_on,
        broken_count=promises.count_broken_promises(
            session, workspace_id=workspace_id, client_id=client.id
        ),
        overdue_minor=alert.overdue_minor if alert else 0,
        oldest_days=oldest_days(alert, today) if alert else 0,
        owner=person_view(session, workspace_id, alert.owner_id if alert else client.owner_id),
        to_finance=to_finance,
    )


def oldest_days(alert: AlertTurn, today: date) -> int:
    """Return how late an alert's oldest item is."""
    return days_overdue(alert.oldest_due_on, today) if alert.oldest_due_on else 0


def note_line_view(session: Session, workspace_id: int, note: NoteLine) -> NoteView:
    """Return a note as it is shown."""
    return NoteView(
        by=client_files.find_person_name(session, workspace_id=workspace_id, id=note.by_id),
        at=note.at,
        outcome=note.outcome,
        means=note.means,
        reached=note.reached,
        text=note.text,
        orders=note.orders,
        gesture=note.gesture,
    )


def _note(session: Session, workspace_id: int, event: EventLine) -> NoteView | None:
    note_id = event.body.get("note_id")
    note = note_id and follow_ups.get_note(session, workspace_id=workspace_id, id=int(note_id))
    return note_line_view(session, workspace_id, note) if note else None


def _question(session: Session, workspace_id: int, event: EventLine) -> str:
    """Return a handover's sealed words: the question of a return, else the opinion."""
    handover_id = event.body.get("handover_id")
    if not handover_id:
        return str(event.body.get("reason", ""))
    handover = handovers.get_handover(session, workspace_id=workspace_id, id=int(handover_id))
    if handover is None:
        return ""
    return handover.question if event.kind == EventKind.RETURNED else handover.opinion
