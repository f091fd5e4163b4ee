"""Parts of items set apart: kept beside the item, and put back into it when the state ends."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot.domain.item_states import ItemState, StateKind, States, part_key
from bot.domain.ledger import DueFrom
from storage.follow_ups import vault_of
from storage.ids import new_id
from storage.once import insert_once
from storage.tables.items import ItemState as Row
from storage.tables.ledger import Client, OpenItem, Settlement

_STATED = DueFrom.STATED.value


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An open item as the service judges it before it sets a part apart."""

    id: int
    client_id: int
    key: str
    number: str
    open_minor: int
    currency: str
    is_invoice: bool


@dataclass(frozen=True, slots=True)
class NewPart:
    """What is to be set apart of an item."""

    kind: StateKind
    minor: int
    due_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state that holds; `note` is what was typed."""

    id: int
    client_id: int
    number: str
    state: ItemState
    note: str


def list_states(session: Session, *, workspace_id: int, entity_id: int) -> States:
    """Return the states that hold on an entity's items, by client code and item key."""
    found: dict[str, dict[str, ItemState]] = defaultdict(dict)
    query = (
        select(col(Client.code), Row)
        .join(Client, _same_client())
        .where(
            col(Row.workspace_id) == workspace_id,
            col(Row.ended_at).is_(None),
            col(Client.entity_id) == entity_id,
        )
    )
    for code, row in session.execute(query):
        found[code][row.item_key] = _state(row)
    return dict(found)


def list_lines(session: Session, *, workspace_id: int, client_id: int) -> list[StateLine]:
    """Return a client's states that hold, soonest due first."""
    query = (
        select(Row)
        .where(
            col(Row.workspace_id) == workspace_id,
            col(Row.client_id) == client_id,
            col(Row.ended_at).is_(None),
        )
        .order_by(col(Row.due_on), col(Row.id))
    )
    vault = vault_of(session)
    return [
        StateLine(
            row.id,
            row.client_id,
            row.item_key.partition("|")[0],
            _state(row),
            vault.unseal(workspace_id, row.note_sealed),
        )
        for row in session.scalars(query)
    ]


def lock_item(session: Session, *, workspace_id: int, id: int) -> ItemLine | None:
    """Return an open item, kept from other writers until the unit of work ends, or None."""
    query = select(OpenItem).where(
        col(OpenItem.workspace_id) == workspace_id,
        col(OpenItem.id) == id,
        col(OpenItem.open_minor) > 0,
    )
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        return None
    invoice = row.kind not in set(StateKind)
    return ItemLine(
        row.id, row.client_id, row.key, row.number, row.open_minor, row.currency, invoice
    )


def set_apart(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    item: ItemLine,
    part: NewPart,
    by_id: int | None,
    at: datetime,
) -> None:
    """Set a part of an item apart, once per `key`."""
    row = session.get_one(OpenItem, (workspace_id, item.id))
    state_id = insert_once(
        session,
        Row,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": item.client_id,
            "item_key": item.key,
            "kind": part.kind.value,
            "minor": part.minor if part.minor < item.open_minor else row.minor,
            "due_on": part.due_on,
            "kind_before": row.kind,
            "due_on_before": row.due_on,
            "due_from_before": row.due_from,
            "note_sealed": vault_of(session).seal(workspace_id, part.note),
            "by_id": by_id,
            "made_at": at,
        },
    )
    if state_id is not None:
        _part(session, row, part.kind, part.minor, part.due_on)


def _part(session: Session, row: OpenItem, kind: StateKind, minor: int, due_on: date) -> None:
    apart = {"kind": kind.item_kind.value, "due_on": due_on, "due_from": _STATED}
    if minor >= row.open_minor:
        _change(session, row, **apart)
        return
    values = row.model_dump(exclude={"bare_number"}) | apart
    part = {"id": new_id(), "key": part_key(row.key), "minor": minor, "open_minor": minor}
    session.add(OpenItem(**(values | part)))
    _change(session, row, minor=row.minor - minor, open_minor=row.open_minor - minor)
    session.flush()


def end_state(session: Session, *, workspace_id: int, id: int, at: datetime) -> StateLine | None:
    """Put a part back into its item, as it was; return the state, None when none holds."""
    state = session.get(Row, (workspace_id, id), with_for_update=True)
    if state is None or state.ended_at is not None:
        return None
    _put_back(session, state)
    state.ended_at = at
    session.add(state)
    session.flush()
    number = state.item_key.partition("|")[0]
    return StateLine(state.id, state.client_id, number, _state(state), "")


def _put_back(session: Session, state: Row) -> None:
    rest = _item(session, state, state.item_key)
    part = _item(session, state, part_key(state.item_key))
    if rest is None:
        return
    if part is None:
        before = {"kind": state.kind_before, "due_on": state.due_on_before}
        _change(session, rest, **before, due_from=state.due_from_before)
        return
    _change(
        session,
        rest,
        minor=rest.minor + part.minor,
        open_minor=rest.open_minor + part.open_minor,
    )
    session.execute(
        update(Settlement)
        .where(
            col(Settlement.workspace_id) == state.workspace_id,
            col(Settlement.open_item_id) == part.id,
        )
        .values(open_item_id=rest.id)
    )
    session.execute(
        delete(OpenItem).where(
            col(OpenItem.workspace_id) == state.workspace_id, col(OpenItem.id) == part.id
        )
    )


def list_since(
    session: Session, *, workspace_id: int, since: datetime, ended: bool = False
) -> list[Row]:
    """Return the states that hold and were made since an instant; or those ended since."""
    query = select(Row).where(col(Row.workspace_id) == workspace_id)
    if ended:
        query = query.where(col(Row.ended_at) >= since, col(Row.made_at) < since)
    else:
        query = query.where(col(Row.made_at) >= since, col(Row.ended_at).is_(None))
    return list(session.scalars(query))


def join_again(session: Session, states: Sequence[Row]) -> None:
    """Put parts back into their items: an import older than they are is to be taken back."""
    for state in states:
        _put_back(session, state)


def part_again(session: Session, states: Sequence[Row]) -> None:
    """Set the same parts apart anew, of the items as they are now."""
    for state in states:
        row = _item(session, state, state.item_key)
        if row is not None and row.open_minor > 0:
            _part(session, row, StateKind(state.kind), state.minor, state.due_on)


def _item(session: Session, state: Row, key: str) -> OpenItem | None:
    query = select(OpenItem).where(
        col(OpenItem.workspace_id) == state.workspace_id,
        col(OpenItem.client_id) == state.client_id,
        col(OpenItem.key) == key,
    )
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _change(session: Session, row: OpenItem, **values: Any) -> None:
    session.execute(
        update(OpenItem)
        .where(col(OpenItem.workspace_id) == row.workspace_id, col(OpenItem.id) == row.id)
        .values(**values)
    )


def _state(row: Row) -> ItemState:
    return ItemState(row.item_key, StateKind(row.kind), row.minor, row.due_on)


def _same_client() -> Any:
    return (col(Client.workspace_id) == col(Row.workspace_id)) & (
        col(Client.id) == col(Row.client_id)
    )
