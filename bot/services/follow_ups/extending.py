"""More time for a client: what bounds it, and what it does once it is granted."""

from datetime import date, datetime

from bot.domain import window as clock_rules
from bot.domain.actors import Actor
from bot.domain.extensions import Bounds, mandate_of
from bot.domain.follow_ups import Consequences, state_after
from bot.domain.lifecycle import AlertState
from bot.rendering.views import EventKind
from bot.services.follow_ups.dispute_closing import lock_open_alert
from bot.services.follow_ups.news import tell_alert_changed, tell_story_grew, write_event
from bot.services.solvency.assessing import solvency_policy
from bot.services.workspaces.working_days import Day
from storage import client_files, concessions, cover_deadlines
from storage.client_files import AlertTurn
from storage.concessions import ConcessionLine
from storage.sessions import Session


def bounds_of(session: Session, actor: Actor, client_id: int, currency: str, day: Day) -> Bounds:
    """Return what an extension of this client by this person is measured against."""
    tenant = actor.workspace_id
    return Bounds(
        mandate_of(actor.roles, day.policy.mandates),
        day.policy.product_family,
        _insured_days(session, tenant, client_id, day.today),
        currency == day.house.currency,
        concessions.list_extended_ids(session, workspace_id=tenant, client_id=client_id),
        not actor.is_finance and _is_taken(session, tenant, client_id),
    )


def _is_taken(session: Session, workspace_id: int, client_id: int) -> bool:
    """Say whether finance took the file: what is agreed with the client is its to agree."""
    alert_id = client_files.find_open_alert_id(
        session, workspace_id=workspace_id, client_id=client_id
    )
    if alert_id is None:
        return False
    alert = client_files.find_alert(session, workspace_id=workspace_id, id=alert_id)
    return alert is not None and alert.state is AlertState.TAKEN


def take_effect(
    session: Session,
    actor: Actor,
    line: ConcessionLine,
    day: Day,
    now: datetime,
) -> AlertTurn | None:
    """Have a client's open alert and its window wait until the new day; return the alert.

    Reminders read the concession itself; the legal due dates stay.
    """
    tenant, until = actor.workspace_id, line.until
    alert = lock_open_alert(session, tenant, line.client_id)
    if alert is None or until is None or until < day.today:
        return alert
    window = alert.window
    if not alert.state.is_with_finance:
        window = clock_rules.suspend(window, day.today, until, day.calendar)
    agreed = Consequences(agreed_until=until)
    state, ends_on = state_after(alert.state, agreed, day.today, day.calendar) or (
        alert.state,
        alert.state_ends_on,
    )
    moved = client_files.move_alert(
        session,
        workspace_id=tenant,
        alert=alert,
        state=state,
        ends_on=ends_on,
        window=window,
        by_id=line.by_id,
        at=now,
    )
    tell_alert_changed(session, workspace_id=tenant, alert=moved, now=now)
    tell_story_grew(session, workspace_id=tenant, alert=moved, day=day, now=now)
    return moved


def say(
    session: Session,
    actor: Actor,
    line: ConcessionLine,
    alert: AlertTurn | None,
    now: datetime,
    *,
    mention_id: int | None = None,
) -> None:
    """Write what was asked, granted or refused into the history and the alert's thread."""
    body: dict[str, object] = {
        "concession_id": line.id,
        "minor": line.minor,
        "currency": line.currency,
    }
    if line.until:
        body["day"] = line.until.isoformat()
    write_event(
        session,
        workspace_id=actor.workspace_id,
        key=f"concession:{line.id}:{line.state.value}",
        kind=EventKind(f"{line.kind.value}_{line.state.value}"),
        now=now,
        client_id=line.client_id,
        alert=alert,
        by_id=actor.person_id,
        body=body,
        mention_id=mention_id,
    )


def _insured_days(session: Session, workspace_id: int, client_id: int, today: date) -> int | None:
    """Return the longest credit that every insurer's policy on a client covers, None without."""
    policy = solvency_policy(session, workspace_id)
    covers = cover_deadlines.list_insured(
        session, workspace_id=workspace_id, today=today, client_id=client_id
    )
    terms = [policy.terms_of_cover(one.insurer, one.policy) for one in covers]
    return min((one.max_credit_days for one in terms if one), default=None)
