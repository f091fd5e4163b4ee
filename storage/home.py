"""A person's own page: sums, worst clients, alerts and promises of some owners.

`owners` limits every query to clients these people follow; None means the whole workspace.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, and_, case, cast, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from bot.domain.lifecycle import PromiseState
from bot.domain.window import Window
from storage.schema_of_books import metadata

Owners = Collection[int] | None
_tables = metadata.tables
_client, _item, _balance = _tables["client"], _tables["open_item"], _tables["balance"]
_alert, _promise, _person = _tables["alert"], _tables["promise"], _tables["person"]
_OPEN_ALERT = text("alert.state NOT IN ('resolved', 'written_off')")


class ClientLine(NamedTuple):
    """What a client owes that is overdue, and since when."""

    client_id: int
    name: str
    minor: int
    currency: str
    oldest_due_on: date | None
    owner_name: str | None


class AlertLine(NamedTuple):
    """An open alert and where its message is."""

    alert_id: int
    client_id: int
    name: str
    minor: int
    currency: str
    level: int
    oldest_due_on: date | None
    state: str
    owner_name: str | None
    channel: str
    ts: str
    window_ends_on: date | None
    window_suspended_until: date | None

    @property
    def window(self) -> Window:
        """Return the good-cop window."""
        return Window(self.window_ends_on, suspended_until=self.window_suspended_until)


class PromiseLine(NamedTuple):
    """A promise still waited for."""

    client_id: int
    name: str
    minor: int
    currency: str
    due_on: date
    alert_id: int | None
    by_name: str | None


def count_clients(session: Session, *, workspace_id: int, owners: Owners) -> int:
    """Count the clients these people follow."""
    query = select(func.count()).select_from(_client).where(_followed(workspace_id, owners))
    return int(session.execute(query).scalar_one())


def list_net(session: Session, *, workspace_id: int, owners: Owners) -> list[tuple[str, int]]:
    """Return (currency, net) of the accounts these people follow, by currency."""
    query = (
        select(_balance.c.currency, _sum(_balance.c.net_minor))
        .select_from(_with_client(_balance))
        .where(_followed(workspace_id, owners))
        .group_by(_balance.c.currency)
        .order_by(_balance.c.currency)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def list_overdue(
    session: Session, *, workspace_id: int, owners: Owners, today: date
) -> list[tuple[str, int]]:
    """Return (currency, overdue): what `/balance` calls overdue, summed over clients."""
    query = (
        select(_item.c.currency, _sum(_item.c.open_minor))
        .select_from(_with_client(_item))
        .where(_followed(workspace_id, owners), _is_overdue(today))
        .group_by(_item.c.currency)
        .order_by(_item.c.currency)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def list_worst_clients(
    session: Session, *, workspace_id: int, owners: Owners, today: date, most: int
) -> list[ClientLine]:
    """Return the clients with the most overdue in one currency, most first."""
    overdue = _sum(_item.c.open_minor)
    oldest = func.min(case((_item.c.open_minor > 0, _item.c.due_on)), type_=_item.c.due_on.type)
    columns = (_client.c.id, _client.c.name, _item.c.currency, _person.c.name)
    query = (
        select(columns[0], columns[1], overdue, columns[2], oldest, columns[3])
        .select_from(_with_owner(_with_client(_item)))
        .where(_followed(workspace_id, owners), _is_overdue(today))
        .group_by(*columns)
        .having(overdue > 0)
        .order_by(overdue.desc(), _client.c.id)
        .limit(most)
    )
    return [ClientLine(*row) for row in session.execute(query)]


def list_alerts(
    session: Session, *, workspace_id: int, owners: Owners, most: int, today: date
) -> list[AlertLine]:
    """Return open alerts, highest level then most overdue first; not of clients out of alerts."""
    query = (
        select(
            _alert.c.id,
            _client.c.id,
            _client.c.name,
            _alert.c.overdue_minor,
            _alert.c.currency,
            _alert.c.level,
            _alert.c.oldest_due_on,
            _alert.c.state,
            _person.c.name,
            _alert.c.channel,
            _alert.c.ts,
            _alert.c.window_ends_on,
            _alert.c.window_suspended_until,
        )
        .select_from(_with_owner(_with_client(_alert)))
        .where(_followed(workspace_id, owners), _OPEN_ALERT, _speaks(today))
        .order_by(_alert.c.level.desc(), _alert.c.overdue_minor.desc(), _alert.c.id)
        .limit(most)
    )
    return [AlertLine(*row) for row in session.execute(query)]


def count_alerts(
    session: Session, *, workspace_id: int, owners: Owners, today: date, unowned: bool = False
) -> int:
    """Count the alerts that `list_alerts` lists; `unowned` those of clients nobody follows."""
    query = (
        select(func.count())
        .select_from(_with_client(_alert))
        .where(_followed(workspace_id, owners), _OPEN_ALERT, _speaks(today))
    )
    query = query.where(_client.c.owner_id.is_(None)) if unowned else query
    return int(session.execute(query).scalar_one())


def list_promises(
    session: Session, *, workspace_id: int, owners: Owners, most: int, until: date | None = None
) -> list[PromiseLine]:
    """Return the promises still waited for, soonest first; `until` is inclusive."""
    query: Select[Any] = (
        select(
            _client.c.id,
            _client.c.name,
            _promise.c.due_minor,
            _promise.c.currency,
            _promise.c.due_on,
            _promise.c.alert_id,
            _person.c.name,
        )
        .select_from(_with_person(_with_client(_promise), _promise.c.by_id))
        .where(_followed(workspace_id, owners), _promise.c.state == PromiseState.LIVE.value)
        .order_by(_promise.c.due_on, _promise.c.id)
        .limit(most)
    )
    query = query if until is None else query.where(_promise.c.due_on <= until)
    return [PromiseLine(*row) for row in session.execute(query)]


def _followed(workspace_id: int, owners: Owners) -> ColumnElement[bool]:
    in_workspace = _client.c.workspace_id == workspace_id
    return in_workspace if owners is None else and_(in_workspace, _client.c.owner_id.in_(owners))


def _speaks(today: date) -> ColumnElement[bool]:
    """Say that finance does not keep the client out of alerts on that day."""
    return or_(_client.c.muted_until.is_(None), _client.c.muted_until < today)


def _is_overdue(today: date) -> ColumnElement[bool]:
    """An item is overdue from the day after its due date; a credit after its issue date."""
    since = case((_item.c.open_minor < 0, _item.c.issued_on), else_=_item.c.due_on)
    return and_(text("open_item.open_minor <> 0"), since <= today - timedelta(days=1))


def _with_client(table: Any) -> Any:
    return table.join(
        _client,
        and_(_client.c.workspace_id == table.c.workspace_id, _client.c.id == table.c.client_id),
    )


def _with_owner(source: Any) -> Any:
    return _with_person(source, _client.c.owner_id)


def _with_person(source: Any, person_id: ColumnElement[Any]) -> Any:
    return source.outerjoin(
        _person, and_(_person.c.workspace_id == _client.c.workspace_id, _person.c.id == person_id)
    )


def _sum(amount: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(amount), 0), BigInteger)
