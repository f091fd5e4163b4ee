"""What the person at work on a client needs at hand: the client's face, and its open alert, locked.

Every change to an alert's turn goes through `lock_alert` first, so that two clicks at the same
instant are answered one after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.lifecycle import AlertState, Role
from bot.domain.window import Window
from storage import events
from storage.follow_ups import vault_of
from storage.tables.alerts import Alert
from storage.tables.ledger import Client
from storage.tables.workspaces import Person, Workspace

_CLOSED = tuple(state.value for state in AlertState if state.is_closed)


@dataclass(frozen=True, slots=True)
class ClientFace:
    """Who a client is, and whose."""

    id: int
    code: str
    name: str
    owner_id: int | None
    currency: str
    siren: str | None
    credit_limit_minor: int | None = None
    cover_minor: int | None = None


@dataclass(frozen=True, slots=True)
class AlertTurn:
    """An alert as the one whose turn it is finds it. Amounts in minor units of `currency`."""

    id: int
    client_id: int
    owner_id: int | None
    state: AlertState
    level: int
    currency: str
    overdue_minor: int
    oldest_due_on: date | None
    state_ends_on: date | None
    state_by_id: int | None
    state_at: datetime
    window: Window
    version: int
    channel: str
    ts: str
    resolved_by: str = ""
    resolution: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PersonFace:
    """A colleague, as messages address them; `time_zone` is empty for the workspace's."""

    id: int
    name: str
    slack_user_id: str
    time_zone: str
    channel: str
    manager_id: int | None


@dataclass(frozen=True, slots=True)
class House:
    """What telling somebody needs to know of the workspace."""

    finance_channel: str
    finance_name: str
    currency: str
    time_zone: str
    locale: str
    digest_at: str


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """How to speak to somebody: theirs where they said, else the workspace's."""

    locale: str
    formal: bool
    finance_name: str
    time_zone: str


def get_voice(session: Session, *, workspace_id: int, person_id: int | None) -> VoiceFacts:
    """Return how to speak to a person, or to the workspace when it is nobody in particular."""
    house = session.get_one(Workspace, workspace_id)
    person = None if person_id is None else session.get(Person, (workspace_id, person_id))
    locale = (person.locale if person else "") or house.locale
    zone = (person.time_zone if person else "") or house.time_zone
    return VoiceFacts(locale, house.formal, house.finance_name, zone)


def get_house(session: Session, *, workspace_id: int) -> House:
    """Return the workspace's ways; raises when there is no such workspace."""
    row = session.get_one(Workspace, workspace_id)
    return House(
        row.finance_channel,
        row.finance_name,
        row.currency,
        row.time_zone,
        row.locale,
        row.digest_at,
    )


def find_client(session: Session, *, workspace_id: int, id: int) -> ClientFace | None:
    """Return a client's face, or None."""
    row = session.get(Client, (workspace_id, id))
    if row is None:
        return None
    return ClientFace(
        row.id,
        row.code,
        row.name,
        row.owner_id,
        row.currency,
        row.siren,
        row.credit_limit_minor,
        row.cover_minor,
    )


def find_open_alert_id(session: Session, *, workspace_id: int, client_id: int) -> int | None:
    """Return the open alert of a client, or None."""
    query = select(col(Alert.id)).where(
        col(Alert.workspace_id) == workspace_id,
        col(Alert.client_id) == client_id,
        col(Alert.state).not_in(_CLOSED),
    )
    return session.scalars(query).one_or_none()


def lock_alert(session: Session, *, workspace_id: int, id: int) -> AlertTurn | None:
    """Return an alert as it is now, kept from other writers until the unit of work ends."""
    row = session.get(Alert, (workspace_id, id), populate_existing=True, with_for_update=True)
    return None if row is None else _turn(row)


def find_alert(session: Session, *, workspace_id: int, id: int) -> AlertTurn | None:
    """Return an alert without locking it, or None."""
    row = session.get(Alert, (workspace_id, id), populate_existing=True)
    return None if row is None else _turn(row)


def move_alert(
    session: Session,
    *,
    workspace_id: int,
    alert: AlertTurn,
    state: AlertState,
    ends_on: date | None,
    window: Window,
    by_id: int | None,
    at: datetime,
    reason: str = "",
    noted: bool = False,
) -> AlertTurn:
    """Write where a locked alert stands, under its next version; return it as it is then.

    That its clock stopped, or runs again, goes into the history. A note (`noted`) forgets the
    acknowledgements that ran out without one.
    """
    changed = state is not alert.state or ends_on != alert.state_ends_on
    values: dict[str, object] = {
        "version": alert.version + 1,
        "window_ends_on": window.ends_on,
        "window_left_days": window.left_days,
        "window_suspended_until": window.suspended_until,
    }
    if not window.warned:
        values["window_warned_at"] = None
    if changed:
        values |= {
            "state": state.value,
            "state_ends_on": ends_on,
            "state_by_id": by_id,
            "state_at": at,
            "state_reason_sealed": vault_of(session).seal(workspace_id, reason),
        }
    if noted:
        values["ack_expiries"] = 0
    session.execute(
        update(Alert)
        .where(col(Alert.workspace_id) == workspace_id, col(Alert.id) == alert.id)
        .values(**values)
    )
    _write_clock(session, workspace_id, alert, window, by_id, at)
    moved = find_alert(session, workspace_id=workspace_id, id=alert.id)
    if moved is None:
        raise LookupError(f"alert {alert.id} went away under its lock")
    return moved


def _write_clock(
    session: Session,
    workspace_id: int,
    alert: AlertTurn,
    window: Window,
    by_id: int | None,
    at: datetime,
) -> None:
    """Write that the good-cop window stopped until a day, or runs again, and where it leads."""
    before, ends_on, until = alert.window, window.ends_on, window.suspended_until
    if ends_on is None or ends_on == before.ends_on or until == before.suspended_until:
        return
    stopped = {"day": until.isoformat()} if until else {}
    events.append(
        session,
        workspace_id=workspace_id,
        key=f"window:{alert.id}:{alert.version + 1}",
        kind="window_stopped" if until else "window_runs",
        at=at,
        client_id=alert.client_id,
        alert_id=alert.id,
        person_id=by_id,
        source="slack" if by_id else "clock",
        body={**stopped, "ends_on": ends_on.isoformat()},
    )


def find_person(session: Session, *, workspace_id: int, id: int | None) -> PersonFace | None:
    """Return a colleague, or None."""
    row = None if id is None else session.get(Person, (workspace_id, id))
    return None if row is None else _face(row)


def list_finance(session: Session, *, workspace_id: int) -> tuple[PersonFace, ...]:
    """Return the finance team, in the order of their names."""
    query = select(Person).where(
        col(Person.workspace_id) == workspace_id,
        col(Person.roles).contains(Role.FINANCE.value),
    )
    return tuple(
        _face(row) for row in session.scalars(query.order_by(col(Person.name), col(Person.id)))
    )


def find_person_name(session: Session, *, workspace_id: int, id: int | None) -> str:
    """Return a colleague's name, empty when there is none."""
    person = find_person(session, workspace_id=workspace_id, id=id)
    return "" if person is None else person.name


def _face(row: Person) -> PersonFace:
    return PersonFace(
        row.id,
        row.name or row.email or "",
        row.slack_user_id or "",
        row.time_zone,
        row.channel,
        row.manager_id,
    )


def _turn(row: Alert) -> AlertTurn:
    return AlertTurn(
        id=row.id,
        client_id=row.client_id,
        owner_id=row.owner_id,
        state=AlertState(row.state),
        level=row.level,
        currency=row.currency,
        overdue_minor=row.overdue_minor,
        oldest_due_on=row.oldest_due_on,
        state_ends_on=row.state_ends_on,
        state_by_id=row.state_by_id,
        state_at=row.state_at,
        window=Window(
            row.window_ends_on,
            row.window_left_days,
            row.window_suspended_until,
            row.window_warned_at is not None,
            row.window_extended_at is not None,
        ),
        version=row.version,
        channel=row.channel,
        ts=row.ts,
        resolved_by=row.resolved_by,
        resolution=row.resolution,
    )
