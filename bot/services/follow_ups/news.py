"""What follow-ups tell: edits of the alert and of the handover, lines in their threads.

A thread line's body holds ids and figures; the words are read, unsealed, when it is drawn.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.workspaces.working_days import Day
from storage import client_files, events, handovers, messages
from storage.client_files import AlertTurn
from storage.handovers import HandoverLine
from storage.sessions import Session


def alert_subject(alert_id: int) -> str:
    """Return the subject of everything said of an alert; its thread has the same name."""
    return f"alert:{alert_id}"


def handover_subject(handover_id: int) -> str:
    """Return the subject of a handover's message."""
    return f"handover:{handover_id}"


def tell_alert_changed(
    session: Session, *, workspace_id: int, alert: AlertTurn, now: datetime
) -> None:
    """Have the alert's message edited in place, silently."""
    subject = alert_subject(alert.id)
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.ALERT,
        subject=subject,
        key=f"{subject}:edit:{alert.version}",
        now=now,
        version=alert.version,
        channel=alert.channel,
        thread=alert.ts,
        person_id=alert.owner_id,
        body={"alert_id": alert.id},
        method=messages.EDIT,
    )


def tell_handover_changed(
    session: Session, *, workspace_id: int, handover: HandoverLine, day: Day, now: datetime
) -> None:
    """Have the handover's message edited in place, silently."""
    subject = handover_subject(handover.id)
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.HANDOVER,
        subject=subject,
        key=f"{subject}:edit:{handover.version}",
        now=now,
        version=handover.version,
        channel=handover.channel or day.house.finance_channel,
        thread=handover.ts,
        body={"handover_id": handover.id},
        method=messages.EDIT,
    )


def tell_story_grew(
    session: Session, *, workspace_id: int, alert: AlertTurn, day: Day, now: datetime
) -> None:
    """Have the handover's story redrawn when finance has, or is offered, an alert's file."""
    if not alert.state.is_with_finance:
        return
    latest = handovers.find_latest_handover(session, workspace_id=workspace_id, alert_id=alert.id)
    if latest is not None:
        version = handovers.touch(session, workspace_id=workspace_id, handover=latest)
        changed = replace(latest, version=version)
        tell_handover_changed(
            session, workspace_id=workspace_id, handover=changed, day=day, now=now
        )


def write_event(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    kind: EventKind,
    now: datetime,
    client_id: int,
    alert: AlertTurn | None,
    by_id: int | None,
    body: dict[str, Any],
    mention_id: int | None = None,
    not_before: datetime | None = None,
) -> None:
    """Write what happened, and say it in the thread of an alert that its owner can see.

    `mention_id` is the person who was waiting or must act now; nobody is told of their own act.
    What the clock says waits for working hours (`not_before`).
    """
    added = events.append(
        session,
        workspace_id=workspace_id,
        key=key,
        kind=kind.value,
        at=now,
        client_id=client_id,
        alert_id=alert.id if alert else None,
        person_id=by_id,
        source="slack" if by_id else "clock",
        body=body,
    )
    if added is None or alert is None or not alert.ts:
        return
    mention = mention_id if mention_id != by_id else None
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.ALERT_EVENT,
        subject=f"event:{added}",
        key=f"event:{added}",
        now=now,
        channel=alert.channel,
        thread=alert_subject(alert.id),
        person_id=alert.owner_id,
        body={"event_id": added, "mention_id": mention},
        not_before=not_before,
    )


def working_minute(
    session: Session, *, workspace_id: int, person_id: int | None, day: Day, now: datetime
) -> datetime:
    """Return when a person may next be spoken to: now, or their first working minute."""
    person = client_files.find_person(session, workspace_id=workspace_id, id=person_id)
    zone = (person.time_zone if person else "") or day.house.time_zone
    return day.calendar.next_working_minute(now, zone)
