"""An alert changes hands: the old thread says so, the new owner is shown it, the clock is new."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import NotFound
from bot.domain.lifecycle import AlertState
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.alerts.judging import read_rules
from bot.services.alerts.leaving import leave_old_channel
from bot.services.alerts.posts import Poster
from bot.services.alerts.values import new_owner_values
from bot.services.follow_ups.news import write_event
from bot.services.workspaces.working_days import Day
from storage import alert_posts, alerts, client_files, messages
from storage.unit_of_work import UnitOfWork


def give_alert(
    uow: UnitOfWork,
    actor: Actor,
    alert_id: int,
    owner_id: int | None,
    day: Day,
    now: datetime,
    key: str,
    body: dict[str, str],
) -> None:
    """Close the alert's chapter in the old channel, and post it to its new owner."""
    tenant = actor.workspace_id
    alert = client_files.lock_alert(uow.session, workspace_id=tenant, id=alert_id)
    if alert is None:
        raise NotFound("This alert is not known here.")
    write_event(
        uow.session,
        workspace_id=tenant,
        key=key,
        kind=EventKind.REASSIGNED,
        now=now,
        client_id=alert.client_id,
        alert=alert,
        by_id=actor.person_id,
        body=body,
        mention_id=alert.owner_id,
    )
    leave_old_channel(
        uow.session,
        workspace_id=tenant,
        alert=alert,
        owner_id=owner_id,
        by_id=actor.person_id,
        now=now,
    )
    values: dict[str, object] = {"owner_id": owner_id}
    if is_with_owner(alert.state):
        values |= new_owner_values()
    if alert.state in (AlertState.SNOOZED, AlertState.ACKNOWLEDGED):
        values |= {"state": AlertState.OPEN.value, "state_ends_on": None, "state_reason_sealed": ""}
    alerts.change_alert(uow.session, workspace_id=tenant, id=alert_id, **values)
    if alert.owner_id is None:
        _redraw_unowned(uow, tenant, day, now, key)
    rules = read_rules(uow, workspace_id=tenant, today=day.today, now=now)
    if rules.is_active(owner_id):
        Poster(uow, rules).post([], backlog=False)


def _redraw_unowned(uow: UnitOfWork, tenant: int, day: Day, now: datetime, key: str) -> None:
    """Have the list of clients nobody looks after say who is left on it."""
    waiting = alert_posts.list_unposted(uow.session, workspace_id=tenant)
    messages.tell(
        uow.session,
        workspace_id=tenant,
        kind=Told.UNOWNED,
        subject="unowned",
        key=f"unowned:edit:{key}",
        now=now,
        channel=day.house.finance_channel,
        body={"alert_ids": [one.alert_id for one in waiting if one.owner_id is None]},
        method=messages.EDIT,
    )


def is_with_owner(state: AlertState) -> bool:
    """Say whether the file is still the salesperson's."""
    return not (state.is_closed or state.is_with_finance)
