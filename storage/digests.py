"""What a morning's digest is made of; `owners` None means the whole workspace."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, null, or_, select
from sqlmodel import Session

from bot.domain.ledger import ClientKind, SettledBy
from bot.domain.lifecycle import AlertState, PromiseState
from bot.domain.window import Window
from storage.schema import metadata

Owners = Collection[int] | None
_tables = metadata.tables
_alert, _client, _item = _tables["alert"].c, _tables["client"].c, _tables["open_item"].c
_balance, _promise = _tables["balance"].c, _tables["promise"].c
_settlement, _run = _tables["settlement"].c, _tables["import_run"].c
_person = _tables["person"].c
_CLOSED = tuple(state.value for state in AlertState if state.is_closed)
_MOST = 200


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An open alert, with what decides whether it is for today."""

    alert_id: int
    client_id: int
    client: str
    owner_id: int | None
    owner: str
    state: str
    state_ends_on: date | None
    level: int
    minor: int
    currency: str
    oldest_due_on: date | None
    opened_at: datetime
    shown_at: datetime | None
    window_ends_on: date | None
    window_left_days: int | None
    window_suspended_until: date | None
    channel: str
    ts: str

    @property
    def window(self) -> Window:
        """Return the good-cop window."""
        return Window(self.window_ends_on, self.window_left_days, self.window_suspended_until)


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An amount of one client: an item, a promise, a payment; `on` is its date."""

    client_id: int
    client: str
    minor: int
    currency: str
    on: date | None
    usual_delay_days: int | None = None
    alert_id: int | None = None
    channel: str = ""
    ts: str = ""
    at: datetime | None = None
    person: str = ""


def list_open_alerts(session: Session, *, workspace_id: int, owners: Owners) -> list[AlertRow]:
    """Return the open alerts, worst first."""
    query: Select[Any] = (
        select(
            _alert.id,
            _client.id,
            _client.name,
            _client.owner_id,
            func.coalesce(_person.name, ""),
            _alert.state,
            _alert.state_ends_on,
            _alert.level,
            _alert.overdue_minor,
            _alert.currency,
            _alert.oldest_due_on,
            _alert.opened_at,
            _alert.shown_at,
            _alert.window_ends_on,
            _alert.window_left_days,
            _alert.window_suspended_until,
            _alert.channel,
            _alert.ts,
        )
        .select_from(
            with_client(_tables["alert"]).outerjoin(
                _tables["person"],
                and_(_person.workspace_id == _client.workspace_id, _person.id == _client.owner_id),
            )
        )
        .where(of_owners(workspace_id, owners), _alert.state.not_in(_CLOSED))
        .order_by(_alert.level.desc(), _alert.overdue_minor.desc(), _alert.id)
    )
    return [AlertRow(*row) for row in session.execute(query)]


def list_due_soon(
    session: Session,
    *,
    workspace_id: int,
    owners: Owners,
    after: date,
    until: date,
    least_minor: int,
    currency: str,
    late_days: int,
) -> list[AmountRow]:
    """Return items due after `after` up to `until`: large ones, and any of usually late payers."""
    large = _item.open_minor >= least_minor
    habitual = and_(_balance.usual_delay_days >= late_days, _item.open_minor > 0)
    query = items_of(workspace_id, owners, currency).where(
        _item.due_on > after, _item.due_on <= until, or_(large, habitual)
    )
    return amounts_of(session, query)


def list_newly_late(
    session: Session,
    *,
    workspace_id: int,
    owners: Owners,
    since: date,
    today: date,
    least_minor: int,
    currency: str,
) -> list[AmountRow]:
    """Return items due from `since` on that are late today, of clients without an open alert."""
    in_alert = exists().where(
        _alert.workspace_id == _client.workspace_id,
        _alert.client_id == _client.id,
        _alert.state.not_in(_CLOSED),
    )
    query = items_of(workspace_id, owners, currency).where(
        _item.due_on >= since, _item.due_on < today, _item.open_minor >= least_minor, ~in_alert
    )
    return amounts_of(session, query)


def list_paid(
    session: Session, *, workspace_id: int, owners: Owners, since: datetime
) -> list[AmountRow]:
    """Return the alerts that receipts resolved since an instant, `minor` being what was overdue."""
    query: Select[Any] = (
        select(
            _client.id,
            _client.name,
            _alert.overdue_minor,
            _alert.currency,
            _alert.oldest_due_on,
            null(),
            _alert.id,
            _alert.channel,
            _alert.ts,
            _alert.resolved_at,
        )
        .select_from(with_client(_tables["alert"]))
        .where(
            of_owners(workspace_id, owners),
            _alert.resolved_at >= since,
            _alert.resolved_by == SettledBy.RECEIPT.value,
        )
        .order_by(_alert.overdue_minor.desc(), _alert.id)
        .limit(_MOST)
    )
    return amounts_of(session, query)


def sum_received(
    session: Session, *, workspace_id: int, owners: Owners, applied_since: datetime, since: date
) -> list[tuple[int, str]]:
    """Return (minor, currency) of the receipts imported lately and dated from `since` on."""
    settles = and_(
        _settlement.workspace_id == _item.workspace_id, _settlement.open_item_id == _item.id
    )
    imported = and_(
        _run.workspace_id == _settlement.workspace_id, _run.id == _settlement.import_run_id
    )
    source = (
        with_client(_tables["open_item"])
        .join(_tables["settlement"], settles)
        .join(_tables["import_run"], imported)
    )
    total = func.sum(_settlement.minor)
    query: Select[Any] = (
        select(total, _item.currency)
        .select_from(source)
        .where(
            of_owners(workspace_id, owners),
            _settlement.by == SettledBy.RECEIPT.value,
            _settlement.settled_on >= since,
            _item.minor > 0,
            _run.applied_at >= applied_since,
            _run.undone_at.is_(None),
        )
        .group_by(_item.currency)
        .order_by(total.desc(), _item.currency)
    )
    return [(int(minor), currency) for minor, currency in session.execute(query)]


def list_promised(
    session: Session, *, workspace_id: int, owners: Owners, until: date
) -> list[AmountRow]:
    """Return the promises still waited for that are due by `until`, soonest first."""
    query: Select[Any] = (
        select(_client.id, _client.name, _promise.due_minor, _promise.currency, _promise.due_on)
        .select_from(with_client(_tables["promise"]))
        .where(
            of_owners(workspace_id, owners),
            _promise.state == PromiseState.LIVE.value,
            _promise.due_on <= until,
        )
        .order_by(_promise.due_on, _promise.id)
    )
    return amounts_of(session, query)


def items_of(workspace_id: int, owners: Owners, currency: str) -> Select[Any]:
    """Select the items of ordinary clients in one currency, largest first."""
    source = with_client(_tables["open_item"]).outerjoin(
        _tables["balance"],
        and_(
            _balance.workspace_id == _item.workspace_id,
            _balance.client_id == _item.client_id,
            _balance.currency == _item.currency,
        ),
    )
    return (
        select(
            _client.id,
            _client.name,
            _item.open_minor,
            _item.currency,
            _item.due_on,
            _balance.usual_delay_days,
        )
        .select_from(source)
        .where(
            of_owners(workspace_id, owners),
            _client.kind == ClientKind.ORDINARY.value,
            _item.currency == currency,
        )
        .order_by(_item.open_minor.desc(), _item.id)
        .limit(_MOST)
    )


def amounts_of(session: Session, query: Select[Any]) -> list[AmountRow]:
    """Run a query whose columns are those of `AmountRow`, in order."""
    return [AmountRow(*row) for row in session.execute(query)]


def of_owners(workspace_id: int, owners: Owners) -> ColumnElement[bool]:
    """Restrict a query on clients to those these people follow."""
    here = _client.workspace_id == workspace_id
    return here if owners is None else and_(here, _client.owner_id.in_(owners))


def with_client(table: Any) -> Any:
    """Join a table to the client it names."""
    return table.join(
        _tables["client"],
        and_(_client.workspace_id == table.c.workspace_id, _client.id == table.c.client_id),
    )
