"""Alerts: open, change and find episodes; every write comes with its event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select, update
from sqlmodel import Session

from bot.domain.errors import NotFound
from bot.domain.ledger import SettledBy
from bot.domain.window import Window
from storage.among import among_given
from storage.bulk import insert_rows
from storage.driver import PreparedWrite
from storage.ids import new_ids
from storage.prepared import Prepared
from storage.schema import metadata
from storage.tables.alerts import Alert
from storage.types import Day

_tables = metadata.tables
_alert, _client = _tables["alert"], _tables["client"].c
_item, _settlement = _tables["open_item"].c, _tables["settlement"].c
_RESTING: dict[str, Any] = {
    "announced_level": 0,
    "announced_minor": 0,
    "announced_bucket": "",
    "state_reason_sealed": "",
    "ack_expiries": 0,
    "channel": "",
    "ts": "",
    "version": 1,
    "resolved_by": "",
}


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """What was closed in one way, and the last day it was, by the books."""

    minor: int
    last_on: date


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client's name and owner, for reports and messages."""

    id: int
    code: str
    name: str
    owner_id: int | None
    entity_id: int


def open_alerts(
    session: Session, *, workspace_id: int, now: datetime, rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Open an alert per row (client_id, level, reasons, figures, state); return their ids."""
    episodes = _last_episodes(session, workspace_id, [row["client_id"] for row in rows])
    ids = new_ids(len(rows))
    made = [
        {
            **_RESTING,
            **row,
            "workspace_id": workspace_id,
            "id": id,
            "episode": episodes.get(row["client_id"], 0) + 1,
            "opened_at": now,
            "state_at": now,
        }
        for id, row in zip(ids, rows, strict=True)
    ]
    insert_rows(session, "alert", made)
    return ids


def change_alert(session: Session, *, workspace_id: int, id: int, **values: Any) -> None:
    """Change an alert's columns and raise its version."""
    session.connection().execute(
        update(_alert)
        .where(_alert.c.workspace_id == workspace_id, _alert.c.id == id)
        .values(version=_alert.c.version + 1, **values)
    )


def change_alerts(
    session: Session, *, workspace_id: int, changes: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:
    """Change the columns of many alerts (id, values) and raise their versions."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for id, values in changes:
        row = {"the_workspace_id": workspace_id, "the_id": id, **values}
        alike.setdefault(tuple(values), []).append(row)
    for names, rows in alike.items():
        _change_of(names).run_all(session, rows)


@cache
def _change_of(names: tuple[str, ...]) -> PreparedWrite:
    of_one = (
        _alert.c.workspace_id == bindparam("the_workspace_id", type_=BigInteger),
        _alert.c.id == bindparam("the_id", type_=BigInteger),
    )
    given = {name: bindparam(name, type_=_alert.c[name].type) for name in names}
    return PreparedWrite(
        lambda _: update(_alert).where(*of_one).values(version=_alert.c.version + 1, **given)
    )


def mark_posted(session: Session, *, workspace_id: int, id: int, **values: Any) -> None:
    """Remember where an alert is shown and what was said there; its version stays."""
    session.connection().execute(
        update(_alert)
        .where(_alert.c.workspace_id == workspace_id, _alert.c.id == id)
        .values(**values)
    )


def window_values(window: Window, *, now: datetime, was_warned_at: datetime | None = None) -> Any:
    """Return the columns that keep a window, save its extension's instant."""
    return {
        "window_ends_on": window.ends_on,
        "window_left_days": window.left_days,
        "window_suspended_until": window.suspended_until,
        "window_warned_at": (was_warned_at or now) if window.warned else None,
    }


def get_alert(session: Session, *, workspace_id: int, id: int) -> Alert:
    """Return an alert's row as it is now; raise `NotFound`."""
    row = session.get(Alert, (workspace_id, id), populate_existing=True)
    if row is None:
        raise NotFound("There is no such alert.")
    return row


def has_event(session: Session, *, workspace_id: int, key: str) -> bool:
    """Say whether an event of that key was written: the act it stands for is done."""
    event = _tables["event"].c
    query = select(event.id).where(event.workspace_id == workspace_id, event.key == key)
    return session.execute(query).first() is not None


def list_clients(
    session: Session, *, workspace_id: int, ids: Sequence[int]
) -> dict[int, ClientLine]:
    """Return names and owners of these clients, by id."""
    found = _CLIENT_LINES.rows(session, the_workspace_id=workspace_id, ids=ids) if ids else ()
    return {row[0]: ClientLine(*row) for row in found}


def list_settled_since(
    session: Session, *, workspace_id: int, alert_id: int, client_id: int
) -> dict[SettledBy, ClosedLine]:
    """Return what of a client's items was closed since the alert opened, by way of closing.

    Ids rise with time, so a settlement with a later id was learnt after the alert opened.
    """
    query = (
        select(
            _settlement.by, func.sum(_settlement.minor), func.max(_settlement.settled_on, type_=Day)
        )
        .join(
            _tables["open_item"],
            (_item.workspace_id == _settlement.workspace_id)
            & (_item.id == _settlement.open_item_id),
        )
        .where(
            _settlement.workspace_id == workspace_id,
            _item.client_id == client_id,
            _item.minor > 0,
            _settlement.id > alert_id,
        )
        .group_by(_settlement.by)
    )
    found = session.execute(query)
    return {SettledBy(by): ClosedLine(int(minor), last_on) for by, minor, last_on in found}


def set_limit_said(session: Session, *, workspace_id: int, client_id: int, stage: int) -> None:
    """Remember the limit percentage last said of a client; 0 re-arms it."""
    table = _tables["client"]
    session.connection().execute(
        update(table)
        .where(table.c.workspace_id == workspace_id, table.c.id == client_id)
        .values(limit_said=stage or None)
    )


def set_owner(session: Session, *, workspace_id: int, client_id: int, owner_id: int | None) -> None:
    """Give a client to a person."""
    table = _tables["client"]
    session.connection().execute(
        update(table)
        .where(table.c.workspace_id == workspace_id, table.c.id == client_id)
        .values(owner_id=owner_id)
    )


def _last_episodes(
    session: Session, workspace_id: int, client_ids: Sequence[int]
) -> dict[int, int]:
    found = _EPISODES.rows(session, the_workspace_id=workspace_id, ids=client_ids)
    return dict(found)


_tenant = bindparam("the_workspace_id", type_=BigInteger)
_CLIENT_LINES = Prepared(
    select(_client.id, _client.code, _client.name, _client.owner_id, _client.entity_id).where(
        _client.workspace_id == _tenant, among_given(_client.id)
    )
)
_EPISODES = Prepared(
    select(_alert.c.client_id, func.max(_alert.c.episode))
    .where(_alert.c.workspace_id == _tenant, among_given(_alert.c.client_id))
    .group_by(_alert.c.client_id)
)
