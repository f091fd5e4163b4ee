"""Offering a file to finance, by hand or because the window ended, inside a unit of work."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.lifecycle import HandoverState
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import handover_subject, tell_handover_changed, write_event
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, handovers, messages
from storage.client_files import AlertTurn
from storage.handovers import HandoverLine
from storage.sessions import Session

_WITH_FINANCE = (HandoverState.OFFERED, HandoverState.TAKEN)


def offer(
    session: Session,
    *,
    workspace_id: int,
    alert: AlertTurn,
    by_id: int | None,
    opinion: str,
    key: str,
    day: Day,
    now: datetime,
) -> HandoverLine:
    """Write the handover of a locked alert and tell finance the story; the alert is the caller's.

    Without `by_id` it left by itself: said in working hours, its owner mentioned in the thread.
    """
    made = handovers.add_handover(
        session,
        workspace_id=workspace_id,
        key=key,
        client_id=alert.client_id,
        alert_id=alert.id,
        by_id=by_id,
        automatic=by_id is None,
        opinion=opinion,
        at=now,
        take_by_on=day.after(day.policy.take_days),
    )
    offered = handovers.find_handover(session, workspace_id=workspace_id, key=key)
    if offered is None:
        raise LookupError(f"the handover {key} was not kept")
    if made is not None:
        _tell_offered(session, workspace_id, made, alert, by_id, day, now)
    return offered


def _tell_offered(
    session: Session,
    workspace_id: int,
    handover_id: int,
    alert: AlertTurn,
    by_id: int | None,
    day: Day,
    now: datetime,
) -> None:
    """Queue the story for finance, the line for the alert's thread."""
    subject = handover_subject(handover_id)
    quiet = None if by_id else day.calendar.next_working_minute(now, day.house.time_zone)
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.HANDOVER,
        subject=subject,
        key=subject,
        now=now,
        channel=day.house.finance_channel,
        body={"handover_id": handover_id},
        not_before=quiet,
    )
    write_event(
        session,
        workspace_id=workspace_id,
        key=f"{subject}:offered",
        kind=EventKind.HANDED_OVER if by_id else EventKind.WINDOW_ENDED,
        now=now,
        client_id=alert.client_id,
        alert=alert,
        by_id=by_id,
        body={"handover_id": handover_id},
        mention_id=alert.owner_id,
        not_before=quiet,
    )


def offer_automatically(
    session: Session, *, workspace_id: int, alert_id: int, now: datetime, today: date
) -> int | None:
    """Make the handover of an alert whose window ended, in the caller's unit of work.

    The caller moves the alert. Returns the handover's id, an open one's when there is one already,
    None when there is no such alert.
    """
    alert = client_files.lock_alert(session, workspace_id=workspace_id, id=alert_id)
    if alert is None:
        return None
    latest = handovers.find_latest_handover(session, workspace_id=workspace_id, alert_id=alert_id)
    if latest is not None and latest.state in _WITH_FINANCE:
        return latest.id
    day = day_of(session, workspace_id=workspace_id, now=now, today=today)
    key = f"window:{alert_id}:{latest.id if latest else 0}"
    return offer(
        session,
        workspace_id=workspace_id,
        alert=alert,
        by_id=None,
        opinion="",
        key=key,
        day=day,
        now=now,
    ).id


def close_handover(
    session: Session, *, workspace_id: int, alert_id: int, now: datetime
) -> int | None:
    """Close the handover of an alert that is over and have it redrawn; return its id, if any."""
    latest = handovers.find_latest_handover(session, workspace_id=workspace_id, alert_id=alert_id)
    if latest is None or latest.state not in _WITH_FINANCE:
        return None
    version = handovers.close(session, workspace_id=workspace_id, handover=latest)
    tell_handover_changed(
        session,
        workspace_id=workspace_id,
        handover=replace(latest, version=version),
        day=day_of(session, workspace_id=workspace_id, now=now),
        now=now,
    )
    return latest.id


def note_posted(
    session: Session, *, workspace_id: int, handover_id: int, channel: str, ts: str
) -> None:
    """Remember where a handover's message was posted (delivery calls it in its own commit)."""
    handovers.mark_posted(
        session, workspace_id=workspace_id, id=handover_id, channel=channel, ts=ts
    )
