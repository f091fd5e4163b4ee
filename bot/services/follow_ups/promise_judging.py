"""One promise before the ledger and the calendar, and who hears of the verdict."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain import window as clock_rules
from bot.domain.instalments import count_paid
from bot.domain.lifecycle import AlertState, PromiseState
from bot.domain.promises import LivePromise, Verdict, judge
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import (
    alert_subject,
    tell_alert_changed,
    tell_story_grew,
    working_minute,
    write_event,
)
from bot.services.follow_ups.plan_progress import say_progress
from bot.services.workspaces.working_days import Day
from storage import client_files, events, messages, promise_receipts, promises
from storage.client_files import AlertTurn
from storage.sessions import Session

_EVENTS = {
    PromiseState.KEPT: EventKind.PROMISE_KEPT,
    PromiseState.KEPT_IN_PART: EventKind.PROMISE_KEPT_IN_PART,
    PromiseState.BROKEN: EventKind.PROMISE_BROKEN,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a promise."""

    promise_id: int
    client_id: int
    state: PromiseState
    minor: int
    received_minor: int
    currency: str


def judge_promise(
    session: Session, workspace_id: int, promise_id: int, day: Day, now: datetime
) -> Judged | None:
    """Judge a promise once, in the caller's unit of work; None while it stays live.

    The alert is locked first, as everywhere, so that a click and a judgement never cross.
    """
    known = promises.get_promise(session, workspace_id=workspace_id, id=promise_id)
    if known is None:
        return None
    alert = _lock_alert(session, workspace_id, known.client_id)
    live = promises.list_live_promises(session, workspace_id=workspace_id, ids=[promise_id])
    if not live:
        return None
    promise = live[0]
    grace = day.policy.broken_promise_grace_days
    verdict = judge(promise, day.today, day.calendar, grace)
    if verdict is None:
        say_progress(session, workspace_id, promise, alert, day, now)
        return None
    promises.close_promise(
        session,
        workspace_id=workspace_id,
        id=promise.id,
        state=verdict.state,
        received_minor=verdict.received_minor,
        at=now,
        paid_on=_paid_on(session, workspace_id, promise, verdict, day),
    )
    if alert is not None:
        alert = _give_back(session, workspace_id, alert, day, now)
    _say(session, workspace_id, promise, verdict, alert, day, now)
    return Judged(
        promise.id,
        promise.client_id,
        verdict.state,
        promise.minor,
        verdict.received_minor,
        promise.currency,
    )


def _lock_alert(session: Session, workspace_id: int, client_id: int) -> AlertTurn | None:
    alert_id = client_files.find_open_alert_id(
        session, workspace_id=workspace_id, client_id=client_id
    )
    if alert_id is None:
        return None
    return client_files.lock_alert(session, workspace_id=workspace_id, id=alert_id)


def _give_back(
    session: Session, workspace_id: int, alert: AlertTurn, day: Day, now: datetime
) -> AlertTurn:
    """Return a promised alert to its owner, its clock running again; redraw it in any case."""
    state, ends_on, window = alert.state, alert.state_ends_on, alert.window
    if state is AlertState.PROMISED:
        window = clock_rules.resume(window, day.today, day.calendar)
        state, ends_on = AlertState.OPEN, window.ends_on
    moved = client_files.move_alert(
        session,
        workspace_id=workspace_id,
        alert=alert,
        state=state,
        ends_on=ends_on,
        window=window,
        by_id=None,
        at=now,
    )
    tell_alert_changed(session, workspace_id=workspace_id, alert=moved, now=now)
    tell_story_grew(session, workspace_id=workspace_id, alert=moved, day=day, now=now)
    return moved


def _say(
    session: Session,
    workspace_id: int,
    promise: LivePromise,
    verdict: Verdict,
    alert: AlertTurn | None,
    day: Day,
    now: datetime,
) -> None:
    """Keep the verdict in the history; a promise not kept speaks to its owner and to finance."""
    kind = _EVENTS.get(verdict.state)
    if kind is None:
        return
    body, key = _verdict_body(promise, verdict), f"promise:{promise.id}:judged"
    if verdict.state is PromiseState.KEPT:
        kind = EventKind.PROMISE_KEPT_AT_BANK if promise.seen_minor > 0 else kind
        owner_id = alert.owner_id if alert else None
        minute = working_minute(
            session, workspace_id=workspace_id, person_id=owner_id, day=day, now=now
        )
        write_event(
            session,
            workspace_id=workspace_id,
            key=key,
            kind=kind,
            now=now,
            client_id=promise.client_id,
            alert=alert,
            by_id=None,
            body=body,
            not_before=minute,
        )
        return
    events.append(
        session,
        workspace_id=workspace_id,
        key=key,
        kind=kind.value,
        at=now,
        client_id=promise.client_id,
        alert_id=alert.id if alert else promise.alert_id,
        source="clock",
        body=body,
    )
    _say_broken(session, workspace_id, promise, alert, day, now)


def _verdict_body(promise: LivePromise, verdict: Verdict) -> dict[str, Any]:
    """Return what the history keeps; of a broken plan, the payment that is missing."""
    body = {
        "promise_id": promise.id,
        "minor": promise.minor,
        "received_minor": verdict.received_minor,
        "currency": promise.currency,
        "day": promise.due_on.isoformat(),
    }
    paid = count_paid(promise.plan, promise.counted_minor)
    if verdict.state is PromiseState.BROKEN and paid < len(promise.plan):
        missing = promise.plan[paid]
        body |= {"minor": missing.minor, "day": missing.due_on.isoformat()}
        body |= {"part": paid + 1, "parts": len(promise.plan)}
    return body


def _paid_on(
    session: Session, workspace_id: int, promise: LivePromise, verdict: Verdict, day: Day
) -> date | None:
    """Return when a kept promise was paid: by the books, else today, as seen at the bank."""
    if verdict.state is not PromiseState.KEPT:
        return None
    if promise.seen_minor > 0:
        return day.today
    days = promise_receipts.last_receipts(session, workspace_id=workspace_id, ids=[promise.id])
    return days.get(promise.id, day.today)


def _say_broken(
    session: Session,
    workspace_id: int,
    promise: LivePromise,
    alert: AlertTurn | None,
    day: Day,
    now: datetime,
) -> None:
    client = client_files.find_client(session, workspace_id=workspace_id, id=promise.client_id)
    owner_id = alert.owner_id if alert else client.owner_id if client else promise.by_id
    subject = f"promise:{promise.id}"
    for_owner = working_minute(
        session, workspace_id=workspace_id, person_id=owner_id, day=day, now=now
    )
    if owner_id is not None:
        messages.tell(
            session,
            workspace_id=workspace_id,
            kind=Told.PROMISE_BROKEN,
            subject=subject,
            key=f"{subject}:broken",
            now=now,
            channel=alert.channel if alert else "",
            thread=alert_subject(alert.id) if alert and alert.ts else "",
            person_id=owner_id,
            body={"promise_id": promise.id, "to_finance": False},
            proactive=True,
            pierces=True,
            not_before=for_owner,
        )
    messages.tell(
        session,
        workspace_id=workspace_id,
        kind=Told.PROMISE_BROKEN,
        subject=subject,
        key=f"{subject}:broken:finance",
        now=now,
        channel=day.house.finance_channel,
        body={"promise_id": promise.id, "to_finance": True},
        pierces=True,
        not_before=day.calendar.next_working_minute(now, day.house.time_zone),
    )
