"""What a person does with an alert: take it up, pause it, give it away, ask for more time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import window as window_rules
from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.lifecycle import AlertState
from bot.domain.window import Window
from bot.rendering.views import EventKind
from bot.services.alerts.owners import give_alert, is_with_owner
from bot.services.follow_ups.news import tell_alert_changed, write_event
from bot.services.workspaces.working_days import Day, day_of
from storage import alerts, client_files
from storage.client_files import AlertTurn
from storage.sessions import Session
from storage.unit_of_work import Database

_LONGEST_PAUSE_DAYS = 366
_REASON_MAX = 500


@dataclass(frozen=True, slots=True)
class Handled:
    """Where an alert stands after a click; the same answer when it is clicked twice."""

    alert_id: int | None
    client_id: int
    state: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Click:
    """A click being carried out on a locked alert; `key` makes it safe twice."""

    session: Session
    actor: Actor
    alert: AlertTurn
    day: Day
    now: datetime
    key: str

    def handled(self) -> Handled:
        alert = client_files.find_alert(
            self.session, workspace_id=self.actor.workspace_id, id=self.alert.id
        )
        alert = alert or self.alert
        return Handled(alert.id, alert.client_id, alert.state.value, alert.state_ends_on)


class AlertActions:
    """Carries out clicks on alerts; stale ones are told who was first, and when."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def acknowledge(
        self, actor: Actor, alert_id: int, *, key: str, today: date | None = None
    ) -> Handled:
        """Take an alert up; it comes back after three business days without a note.

        Raise `AlreadyHandled` when somebody else did, or when it is closed or with finance.
        """
        with self._click(actor, alert_id, Action.ACKNOWLEDGE, key, today) as click:
            if click is None:
                return self._as_it_is(actor, alert_id)
            mine = click.alert.state_by_id == actor.person_id
            if click.alert.state is not AlertState.ACKNOWLEDGED or not mine:
                _refuse_unless(click, AlertState.OPEN, AlertState.RETURNED)
                until = click.day.after(click.day.policy.acknowledgement_days)
                _move(click, AlertState.ACKNOWLEDGED, until)
                _note(click, EventKind.ACKNOWLEDGED, until=until)
            return click.handled()

    def snooze(
        self,
        actor: Actor,
        alert_id: int,
        *,
        until: date,
        reason: str,
        key: str,
        today: date | None = None,
    ) -> Handled:
        """Pause an alert until a day, inclusive, with a reason; finance alone may exceed 14 days.

        Raise `InvalidInput` naming `reason` or `until`.
        """
        reason = checked_reason(reason)
        with self._click(actor, alert_id, Action.SNOOZE, key, today) as click:
            if click is None:
                return self._as_it_is(actor, alert_id)
            most = _LONGEST_PAUSE_DAYS if actor.is_finance else click.day.policy.snooze_days
            if not 0 < (until - click.day.today).days <= most:
                raise InvalidInput(f"Enter a date within {most} days.", field="until")
            _refuse_unless(
                click,
                AlertState.OPEN,
                AlertState.ACKNOWLEDGED,
                AlertState.RETURNED,
                AlertState.SNOOZED,
            )
            _move(click, AlertState.SNOOZED, until, reason=reason)
            _note(click, EventKind.SNOOZED, until=until, reason=reason)
            return click.handled()

    def extend_window(
        self, actor: Actor, alert_id: int, *, reason: str, key: str, today: date | None = None
    ) -> Handled:
        """Give the owner five more business days, once; for their manager, with a reason."""
        reason = checked_reason(reason)
        with self._click(actor, alert_id, Action.EXTEND_WINDOW, key, today) as click:
            if click is None:
                return self._as_it_is(actor, alert_id)
            window = click.alert.window
            if window.extended:
                raise Conflict("This window was already extended once.", code="already_extended")
            if window.ends_on is None or not is_with_owner(click.alert.state):
                raise _already(click)
            longer = window_rules.extend(window, click.day.policy, click.day.calendar)
            _move(click, click.alert.state, click.alert.state_ends_on, window=longer)
            alerts.mark_posted(
                click.session,
                workspace_id=actor.workspace_id,
                id=alert_id,
                window_extended_at=click.now,
            )
            _note(click, EventKind.WINDOW_EXTENDED, until=longer.ends_on, reason=reason)
            return click.handled()

    def reassign(
        self,
        actor: Actor,
        client_id: int,
        owner_id: int | None,
        *,
        key: str,
        reason: str = "",
        today: date | None = None,
    ) -> Handled:
        """Give a client, and its alert, to another person; pauses drop, the clock starts anew."""
        tenant, now = actor.workspace_id, self._clock()
        with self._database.write(interactive=True) as uow:
            client = client_files.find_client(uow.session, workspace_id=tenant, id=client_id)
            if client is None:
                raise NotFound("This client is not known here.")
            allow(actor, Action.REASSIGN, owner_id=client.owner_id)
            owner = client_files.find_person(uow.session, workspace_id=tenant, id=owner_id)
            if owner_id is not None and owner is None:
                raise NotFound("This person is not known here.")
            alert_id = client_files.find_open_alert_id(
                uow.session, workspace_id=tenant, client_id=client_id
            )
            if client.owner_id != owner_id:
                day = day_of(uow.session, workspace_id=tenant, now=now, today=today)
                alerts.set_owner(
                    uow.session, workspace_id=tenant, client_id=client_id, owner_id=owner_id
                )
                if alert_id is not None:
                    body = {"to": owner.name if owner else "", "reason": reason.strip()}
                    give_alert(uow, actor, alert_id, owner_id, day, now, key, body)
                uow.commit()
        return Handled(alert_id, client_id, AlertState.OPEN.value)

    @contextmanager
    def _click(
        self, actor: Actor, alert_id: int, action: Action, key: str, today: date | None
    ) -> Iterator[_Click | None]:
        """Lock an alert for a click; None when this very click was already carried out."""
        tenant, now = actor.workspace_id, self._clock()
        with self._database.write(interactive=True) as uow:
            alert = client_files.lock_alert(uow.session, workspace_id=tenant, id=alert_id)
            if alert is None:
                raise NotFound("This alert is not known here.")
            allow(actor, action, owner_id=alert.owner_id)
            if alerts.has_event(uow.session, workspace_id=tenant, key=key):
                yield None
                return
            day = day_of(uow.session, workspace_id=tenant, now=now, today=today)
            yield _Click(uow.session, actor, alert, day, now, key)
            uow.commit()

    def _as_it_is(self, actor: Actor, alert_id: int) -> Handled:
        with self._database.read() as uow:
            alert = client_files.find_alert(
                uow.session, workspace_id=actor.workspace_id, id=alert_id
            )
        if alert is None:
            raise NotFound("This alert is not known here.")
        return Handled(alert.id, alert.client_id, alert.state.value, alert.state_ends_on)


def _move(
    click: _Click,
    state: AlertState,
    until: date | None,
    *,
    reason: str = "",
    window: Window | None = None,
) -> None:
    """Write the new state and have the message edited."""
    tenant = click.actor.workspace_id
    moved = client_files.move_alert(
        click.session,
        workspace_id=tenant,
        alert=click.alert,
        state=state,
        ends_on=until,
        window=window or click.alert.window,
        by_id=click.actor.person_id,
        at=click.now,
        reason=reason,
    )
    if moved.ts:
        tell_alert_changed(click.session, workspace_id=tenant, alert=moved, now=click.now)


def _note(click: _Click, kind: EventKind, *, until: date | None, reason: str = "") -> None:
    body = {"day": until.isoformat() if until else "", "reason": reason}
    write_event(
        click.session,
        workspace_id=click.actor.workspace_id,
        key=click.key,
        kind=kind,
        now=click.now,
        client_id=click.alert.client_id,
        alert=click.alert,
        by_id=click.actor.person_id,
        body=body,
        mention_id=click.alert.owner_id,
    )


def _refuse_unless(click: _Click, *states: AlertState) -> None:
    if click.alert.state not in states:
        raise _already(click)


def _already(click: _Click) -> AlreadyHandled:
    alert = click.alert
    name = client_files.find_person_name(
        click.session, workspace_id=click.actor.workspace_id, id=alert.state_by_id
    )
    return AlreadyHandled(name or "goodcop", alert.state_at.isoformat())


def checked_reason(reason: str) -> str:
    """Return a reason without its ends; raise `InvalidInput` at `reason` when it says nothing."""
    reason = reason.strip()
    if not reason:
        raise InvalidInput("Say why.", field="reason")
    if len(reason) > _REASON_MAX:
        raise InvalidInput(f"Enter at most {_REASON_MAX} characters.", field="reason")
    return reason
