"""A plan of payments as it is paid: each payment said once, the alert waiting for the next."""

from datetime import datetime

from bot.domain import window as clock_rules
from bot.domain.instalments import Instalment, count_paid
from bot.domain.lifecycle import AlertState
from bot.domain.promises import LivePromise, next_payment
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import (
    tell_alert_changed,
    tell_story_grew,
    working_minute,
    write_event,
)
from bot.services.workspaces.working_days import Day
from storage import client_files, promises
from storage.client_files import AlertTurn
from storage.sessions import Session


def say_progress(
    session: Session,
    workspace_id: int,
    promise: LivePromise,
    alert: AlertTurn | None,
    day: Day,
    now: datetime,
) -> None:
    """Say once each payment of a plan that came in; the alert then waits for the next one."""
    paid = count_paid(promise.plan, promise.counted_minor)
    if paid <= count_paid(promise.plan, promise.recorded_minor):
        return
    awaited = next_payment(promise)
    promises.await_next(
        session,
        workspace_id=workspace_id,
        id=promise.id,
        awaited=awaited,
        received_minor=promise.counted_minor,
    )
    if alert is not None and alert.state is AlertState.PROMISED:
        alert = _wait_for(session, workspace_id, alert, awaited, day, now)
    owner_id = alert.owner_id if alert else None
    write_event(
        session,
        workspace_id=workspace_id,
        key=f"promise:{promise.id}:paid:{paid}",
        kind=EventKind.INSTALMENT_PAID,
        now=now,
        client_id=promise.client_id,
        alert=alert,
        by_id=None,
        body={
            "promise_id": promise.id,
            "minor": promise.plan[paid - 1].minor,
            "received_minor": promise.counted_minor,
            "currency": promise.currency,
            "day": awaited.due_on.isoformat(),
            "part": paid,
            "parts": len(promise.plan),
        },
        not_before=working_minute(
            session, workspace_id=workspace_id, person_id=owner_id, day=day, now=now
        ),
    )


def _wait_for(
    session: Session,
    workspace_id: int,
    alert: AlertTurn,
    awaited: Instalment,
    day: Day,
    now: datetime,
) -> AlertTurn:
    """Have a promised alert, its clock still stopped, wait for a plan's next payment."""
    moved = client_files.move_alert(
        session,
        workspace_id=workspace_id,
        alert=alert,
        state=alert.state,
        ends_on=awaited.due_on,
        window=clock_rules.suspend(alert.window, day.today, awaited.due_on, day.calendar),
        by_id=alert.state_by_id,
        at=now,
    )
    tell_alert_changed(session, workspace_id=workspace_id, alert=moved, now=now)
    tell_story_grew(session, workspace_id=workspace_id, alert=moved, day=day, now=now)
    return moved
