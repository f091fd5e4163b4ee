"""Clients that finance keeps out of alerts: until a day, for a reason, and back before it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.domain import window as window_rules
from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.job_kinds import JobKind
from bot.domain.lifecycle import AlertState
from bot.rendering.views import EventKind
from bot.services.alerts.actions import checked_reason
from bot.services.follow_ups.news import tell_alert_changed, write_event
from bot.services.workspaces.working_days import Day, day_of
from storage import alert_posts, alerts, client_files, clients, jobs, muting
from storage.client_files import AlertTurn
from storage.unit_of_work import Database, UnitOfWork

LONGEST_DAYS = 366
_AGREED = (AlertState.PROMISED, AlertState.DISPUTED)


class MutingService:
    """Takes clients out of alerts and puts them back; each click is safe twice.

    Their amounts stay in every total. The good-cop window stops meanwhile (DESIGN, section 3).
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def find_by_code(self, actor: Actor, code: str) -> int:
        """Return the client of a code; raise `NotFound`, or `Conflict` when companies share it."""
        allow(actor, Action.MUTE)
        with self._database.read() as uow:
            found = clients.list_ids(uow.session, workspace_id=actor.workspace_id, code=code)
        if not found:
            raise NotFound("This client is not known here.")
        if len(found) > 1:
            raise Conflict("Several companies have a client of this code.", code="ambiguous")
        return found[0]

    def mute(
        self,
        actor: Actor,
        client_id: int,
        *,
        until: date | None,
        reason: str,
        key: str,
        today: date | None = None,
    ) -> None:
        """Keep a client out of alerts until a day, inclusive, a year ahead at most.

        Raise `InvalidInput` naming `until` or `reason`, `NotAllowed` unless finance asks.
        """
        allow(actor, Action.MUTE)
        reason, now = checked_reason(reason), self._clock()
        with self._database.write(interactive=True) as uow:
            alert = _locked(uow, actor, client_id)
            day = day_of(uow.session, workspace_id=actor.workspace_id, now=now, today=today)
            if until is None or not 0 < (until - day.today).days <= LONGEST_DAYS:
                raise InvalidInput(f"Enter a date within {LONGEST_DAYS} days.", field="until")
            if alerts.has_event(uow.session, workspace_id=actor.workspace_id, key=key):
                return
            muting.set_mute(
                uow.session,
                workspace_id=actor.workspace_id,
                client_id=client_id,
                until=until,
                reason=reason,
                by_id=actor.person_id,
            )
            body = {"day": until.isoformat(), "reason": reason}
            stopped = _stopped(alert, day, until) if alert else None
            _write(uow, actor, client_id, stopped, EventKind.MUTED, key, now, body)
            uow.commit()

    def unmute(self, actor: Actor, client_id: int, *, key: str, today: date | None = None) -> None:
        """Put a client back before its day; what it crossed meanwhile is judged at once."""
        allow(actor, Action.MUTE)
        now, tenant = self._clock(), actor.workspace_id
        with self._database.write(interactive=True) as uow:
            alert = _locked(uow, actor, client_id)
            day = day_of(uow.session, workspace_id=tenant, now=now, today=today)
            held = muting.find_mute(
                uow.session, workspace_id=tenant, client_id=client_id, today=day.today
            )
            if held is None:
                return
            muting.set_mute(uow.session, workspace_id=tenant, client_id=client_id, until=None)
            running = _running(alert, day) if alert else None
            _write(uow, actor, client_id, running, EventKind.UNMUTED, key, now, {})
            ask_for_scan(uow, workspace_id=tenant, key=key, today=day.today, now=now)
            uow.commit()


def ask_for_scan(
    uow: UnitOfWork, *, workspace_id: int, key: str, today: date, now: datetime
) -> None:
    """Have clients judged again in the background, once per `key`."""
    jobs.add_job(
        uow.session,
        workspace_id=workspace_id,
        key=f"{JobKind.SCAN}:{key}",
        kind=JobKind.SCAN,
        run_at=now,
        body={"day": today.isoformat()},
    )


def _locked(uow: UnitOfWork, actor: Actor, client_id: int) -> AlertTurn | None:
    """Lock a client's open alert if it has one, then the client, as a scan does.

    Raise `NotFound` when there is no such client.
    """
    tenant = actor.workspace_id
    alert_id = client_files.find_open_alert_id(
        uow.session, workspace_id=tenant, client_id=client_id
    )
    alert = None
    if alert_id is not None:
        alert = client_files.lock_alert(uow.session, workspace_id=tenant, id=alert_id)
    if muting.lock_client(uow.session, workspace_id=tenant, id=client_id) is None:
        raise NotFound("This client is not known here.")
    return alert


def _stopped(alert: AlertTurn, day: Day, until: date) -> AlertTurn:
    """Return the alert with its window stopped until a day."""
    window = window_rules.suspend(alert.window, day.today, until, day.calendar)
    return replace(alert, window=window)


def _running(alert: AlertTurn, day: Day) -> AlertTurn:
    """Return the alert with its window running, unless a promise or a dispute stops it."""
    window = window_rules.resume(alert.window, day.today, day.calendar)
    until = alert.state_ends_on
    if alert.state in _AGREED and until is not None and until >= day.today:
        window = window_rules.suspend(window, day.today, until, day.calendar)
    return replace(alert, window=replace(window, warned=False))


def _write(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    alert: AlertTurn | None,
    kind: EventKind,
    key: str,
    now: datetime,
    body: dict[str, str],
) -> None:
    """Write the event; an open alert has its message edited and its thread told."""
    tenant = actor.workspace_id
    if alert is not None:
        alert_posts.drop_unsent(uow.session, workspace_id=tenant, alert_id=alert.id)
        alert = client_files.move_alert(
            uow.session,
            workspace_id=tenant,
            alert=alert,
            state=alert.state,
            ends_on=alert.state_ends_on,
            window=alert.window,
            by_id=actor.person_id,
            at=now,
        )
        if alert.ts:
            tell_alert_changed(uow.session, workspace_id=tenant, alert=alert, now=now)
    write_event(
        uow.session,
        workspace_id=tenant,
        key=key,
        kind=kind,
        now=now,
        client_id=client_id,
        alert=alert,
        by_id=actor.person_id,
        body=body,
        mention_id=alert.owner_id if alert else None,
    )
