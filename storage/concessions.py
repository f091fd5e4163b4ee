"""More time and gestures for clients: asked, granted, refused; the words are sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, select, update
from sqlmodel import Session, col

from bot.domain.extensions import Beyond, ExtendedItem
from bot.domain.lifecycle import ConcessionKind, ConcessionState
from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.tables.follow_ups import Concession
from storage.tables.ledger import OpenItem


@dataclass(frozen=True, slots=True)
class NewConcession:
    """A concession to write down; `minor` is what it is about, or what is given up."""

    key: str
    kind: ConcessionKind
    state: ConcessionState
    client_id: int
    minor: int
    currency: str
    reason: str
    by_id: int | None
    alert_id: int | None = None
    dispute_id: int | None = None
    item_ids: tuple[int, ...] = ()
    until: date | None = None
    beyond: tuple[Beyond, ...] = ()


@dataclass(frozen=True, slots=True)
class ConcessionLine:
    """A concession as it stands, its words open."""

    id: int
    kind: ConcessionKind
    state: ConcessionState
    client_id: int
    alert_id: int | None
    dispute_id: int | None
    by_id: int | None
    item_ids: tuple[int, ...]
    minor: int
    currency: str
    until: date | None
    beyond: tuple[Beyond, ...]
    reason: str
    asked_at: datetime
    decided_by_id: int | None
    decided_at: datetime | None
    answer: str


def add_concession(
    session: Session, *, workspace_id: int, concession: NewConcession, at: datetime
) -> int | None:
    """Write a concession down; what is granted at once is decided by its author.

    Return its id, or None when its key was there.
    """
    granted = concession.state is ConcessionState.GRANTED
    values = {
        "workspace_id": workspace_id,
        "key": concession.key,
        "kind": concession.kind.value,
        "state": concession.state.value,
        "client_id": concession.client_id,
        "alert_id": concession.alert_id,
        "dispute_id": concession.dispute_id,
        "by_id": concession.by_id,
        "open_item_ids": list(concession.item_ids),
        "minor": concession.minor,
        "currency": concession.currency,
        "until_on": concession.until,
        "beyond": [one.value for one in concession.beyond],
        "reason_sealed": vault_of(session).seal(workspace_id, concession.reason),
        "asked_at": at,
        "decided_by_id": concession.by_id if granted else None,
        "decided_at": at if granted else None,
    }
    return insert_once(session, Concession, values)


def get_concession(session: Session, *, workspace_id: int, id: int) -> ConcessionLine | None:
    """Return one concession as it is now, or None."""
    row = session.get(Concession, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def find_concession(session: Session, *, workspace_id: int, key: str) -> ConcessionLine | None:
    """Return the concession of that key, or None."""
    query = _of(workspace_id).where(col(Concession.key) == key)
    row = session.scalars(query).first()
    return None if row is None else _line(session, row)


def decide(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    state: ConcessionState,
    answer: str,
    by_id: int | None,
    at: datetime,
) -> bool:
    """Grant or refuse what was asked; return False when it was answered before."""
    statement = (
        update(Concession)
        .where(
            col(Concession.workspace_id) == workspace_id,
            col(Concession.id) == id,
            col(Concession.state) == ConcessionState.ASKED.value,
        )
        .values(
            state=state.value,
            answer_sealed=vault_of(session).seal(workspace_id, answer),
            decided_by_id=by_id,
            decided_at=at,
        )
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def list_extended_ids(session: Session, *, workspace_id: int, client_id: int) -> frozenset[int]:
    """Return the items of a client that were given more time before."""
    query = select(col(Concession.open_item_ids)).where(
        col(Concession.workspace_id) == workspace_id,
        col(Concession.client_id) == client_id,
        col(Concession.kind) == ConcessionKind.EXTENSION.value,
        col(Concession.state) == ConcessionState.GRANTED.value,
    )
    return frozenset(id for ids in session.scalars(query) for id in ids)


def list_extendable(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    currency: str,
    until: date,
    ids: Sequence[int] = (),
) -> tuple[ExtendedItem, ...]:
    """Return what a client owes in a currency and would pay later: `ids`, else all due by then."""
    query = (
        select(
            col(OpenItem.id),
            col(OpenItem.issued_on),
            col(OpenItem.due_on),
            col(OpenItem.open_minor),
        )
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.client_id) == client_id,
            col(OpenItem.currency) == currency,
            col(OpenItem.open_minor) > 0,
            col(OpenItem.due_on) < until,
        )
        .order_by(col(OpenItem.due_on), col(OpenItem.id))
    )
    if ids:
        query = query.where(col(OpenItem.id).in_(ids))
    return tuple(ExtendedItem(*row) for row in session.execute(query))


def _of(workspace_id: int) -> Select[Concession]:
    return select(Concession).where(col(Concession.workspace_id) == workspace_id)


def _line(session: Session, row: Concession) -> ConcessionLine:
    unseal = vault_of(session).unseal
    return ConcessionLine(
        id=row.id,
        kind=ConcessionKind(row.kind),
        state=ConcessionState(row.state),
        client_id=row.client_id,
        alert_id=row.alert_id,
        dispute_id=row.dispute_id,
        by_id=row.by_id,
        item_ids=tuple(row.open_item_ids),
        minor=row.minor,
        currency=row.currency,
        until=row.until_on,
        beyond=tuple(Beyond(one) for one in row.beyond),
        reason=unseal(row.workspace_id, row.reason_sealed),
        asked_at=row.asked_at,
        decided_by_id=row.decided_by_id,
        decided_at=row.decided_at,
        answer=unseal(row.workspace_id, row.answer_sealed) if row.answer_sealed else "",
    )
