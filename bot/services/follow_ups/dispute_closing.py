"""A dispute settled: its credit note asked, its alert given back, everybody told once."""

from datetime import datetime

from bot.domain import window as clock_rules
from bot.domain.actors import Actor
from bot.domain.disputes import CREDIT_NOTE_DAYS, Closing
from bot.domain.follow_ups import NewTask
from bot.domain.lifecycle import AlertState
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import tell_alert_changed, write_event
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, disputes, messages, tasks
from storage.client_files import AlertTurn
from storage.disputes import DisputeLine
from storage.sessions import Session
from storage.tasks import TaskLine


def settle(
    session: Session,
    actor: Actor,
    dispute: DisputeLine,
    closing: Closing,
    alert: AlertTurn | None,
    now: datetime,
) -> None:
    """Write how an open dispute ends, once, in the caller's unit of work."""
    tenant = actor.workspace_id
    if closing.task is None:
        if not disputes.resolve_dispute(
            session, workspace_id=tenant, id=dispute.id, at=now, outcome=closing.outcome
        ):
            return
        _say(session, actor, dispute, closing, alert, now)
        if alert is not None:
            give_back(session, actor, alert, now)
        return
    day = day_of(session, workspace_id=tenant, now=now)
    if not disputes.await_credit_note(
        session,
        workspace_id=tenant,
        id=dispute.id,
        outcome=closing.outcome,
        minor=closing.minor,
        due_on=closing.task.due_on,
    ):
        return
    ask_credit_note(
        session,
        actor,
        closing.task,
        key=f"dispute:{dispute.id}",
        client_id=dispute.client_id,
        alert_id=dispute.alert_id,
        day=day,
        now=now,
    )
    _say(session, actor, dispute, closing, alert, now)
    if alert is not None:
        _wait(session, actor, alert, closing.task, day, now)


def end_awaited(session: Session, actor: Actor, task_key: str, now: datetime) -> None:
    """Resolve the dispute whose credit note was just made; nothing for any other task."""
    tenant = actor.workspace_id
    prefix, _, id = task_key.partition(":")
    if prefix != "dispute" or not id.isdigit():
        return
    dispute = disputes.get_dispute(session, workspace_id=tenant, id=int(id))
    if dispute is None or not disputes.resolve_dispute(
        session, workspace_id=tenant, id=dispute.id, at=now, outcome=None
    ):
        return
    alert = lock_open_alert(session, tenant, dispute.client_id)
    if alert is not None:
        give_back(session, actor, alert, now)


def wait_again(session: Session, actor: Actor, task: TaskLine, day: Day, now: datetime) -> None:
    """Reopen the dispute whose credit note left the books; nothing for any other task."""
    tenant, (prefix, _, id) = actor.workspace_id, task.key.partition(":")
    if prefix != "dispute" or not id.isdigit():
        return
    disputes.reopen_dispute(session, workspace_id=tenant, id=int(id))
    alert = lock_open_alert(session, tenant, task.client_id)
    if alert is not None and alert.state is AlertState.OPEN:
        due_on = max(task.due_on, day.after(CREDIT_NOTE_DAYS))
        window = clock_rules.suspend(alert.window, day.today, due_on, day.calendar)
        moved = client_files.move_alert(
            session,
            workspace_id=tenant,
            alert=alert,
            state=AlertState.DISPUTED,
            ends_on=due_on,
            window=window,
            by_id=None,
            at=now,
        )
        tell_alert_changed(session, workspace_id=tenant, alert=moved, now=now)


def lock_open_alert(session: Session, workspace_id: int, client_id: int) -> AlertTurn | None:
    """Return a client's open alert, kept from other writers until the unit of work ends."""
    alert_id = client_files.find_open_alert_id(
        session, workspace_id=workspace_id, client_id=client_id
    )
    if alert_id is None:
        return None
    return client_files.lock_alert(session, workspace_id=workspace_id, id=alert_id)


def give_back(session: Session, actor: Actor, alert: AlertTurn, now: datetime) -> None:
    """Return a disputed alert to its owner, its clock running again, unless something is live."""
    tenant = actor.workspace_id
    pending = disputes.count_open_disputes(session, workspace_id=tenant, client_id=alert.client_id)
    state, ends_on, window = alert.state, alert.state_ends_on, alert.window
    if state is AlertState.DISPUTED and not pending:
        day = day_of(session, workspace_id=tenant, now=now)
        window = clock_rules.resume(window, day.today, day.calendar)
        state, ends_on = AlertState.OPEN, window.ends_on
    moved = client_files.move_alert(
        session,
        workspace_id=tenant,
        alert=alert,
        state=state,
        ends_on=ends_on,
        window=window,
        by_id=actor.person_id,
        at=now,
    )
    tell_alert_changed(session, workspace_id=tenant, alert=moved, now=now)


def _wait(
    session: Session, actor: Actor, alert: AlertTurn, task: NewTask, day: Day, now: datetime
) -> None:
    """Have a disputed alert wait for the credit note."""
    window, ends_on = alert.window, alert.state_ends_on
    if alert.state is AlertState.DISPUTED:
        window = clock_rules.suspend(window, day.today, task.due_on, day.calendar)
        ends_on = max(task.due_on, ends_on or task.due_on)
    moved = client_files.move_alert(
        session,
        workspace_id=actor.workspace_id,
        alert=alert,
        state=alert.state,
        ends_on=ends_on,
        window=window,
        by_id=alert.state_by_id,
        at=now,
    )
    tell_alert_changed(session, workspace_id=actor.workspace_id, alert=moved, now=now)


def ask_credit_note(
    session: Session,
    actor: Actor,
    task: NewTask,
    *,
    key: str,
    client_id: int,
    alert_id: int | None,
    day: Day,
    now: datetime,
) -> None:
    """Give finance the task of a credit note, once per `key`, and say so in its channel."""
    made = tasks.add_task(
        session,
        workspace_id=actor.workspace_id,
        key=key,
        client_id=client_id,
        alert_id=alert_id,
        note_id=None,
        asked_by_id=actor.person_id,
        task=task,
        at=now,
    )
    if made is not None:
        messages.tell(
            session,
            workspace_id=actor.workspace_id,
            kind=Told.TASK,
            subject=f"task:{made}",
            key=f"task:{made}",
            now=now,
            channel=day.house.finance_channel,
            body={"task_id": made},
        )


def _say(
    session: Session,
    actor: Actor,
    dispute: DisputeLine,
    closing: Closing,
    alert: AlertTurn | None,
    now: datetime,
) -> None:
    body: dict[str, object] = {
        "minor": closing.minor,
        "currency": dispute.currency,
        "outcome": closing.outcome.value,
    }
    if closing.task:
        body["day"] = closing.task.due_on.isoformat()
    write_event(
        session,
        workspace_id=actor.workspace_id,
        key=f"dispute:{dispute.id}:resolved",
        kind=EventKind.DISPUTE_RESOLVED,
        now=now,
        client_id=dispute.client_id,
        alert=alert,
        by_id=actor.person_id,
        body=body,
        mention_id=dispute.by_id,
    )
