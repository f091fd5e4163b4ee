"""Offers to give fees and interest up: one live at most per client, judged by the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot.domain.late_payment.waivers import Waiver, WaiverState
from storage.once import insert_once
from storage.tables.late_payment import Waiver as Row
from storage.tables.ledger import Client, OpenItem, Settlement
from storage.tables.workspaces import Person


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """An offer with its client and its author by name (empty: goodcop itself)."""

    id: int
    client_id: int
    client: str
    owner_id: int | None
    by: str
    offer: Waiver
    item_ids: tuple[int, ...]
    state: WaiverState


def add_waiver(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    offer: Waiver,
    item_ids: Sequence[int],
    by_id: int | None,
    at: datetime,
) -> int | None:
    """Keep an offer; `item_ids` are the items and credits it is about. None for a known key."""
    return insert_once(
        session,
        Row,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "given_up_minor": offer.given_up_minor,
            "principal_minor": offer.principal_minor,
            "currency": offer.currency,
            "open_item_ids": list(item_ids),
            "made_on": offer.made_on,
            "until_on": offer.until,
            "by_id": by_id,
            "made_at": at,
        },
    )


def get_waiver(session: Session, *, workspace_id: int, id: int) -> WaiverLine | None:
    """Return one offer, or None."""
    return next(iter(_lines(session, workspace_id, col(Row.id) == id)), None)


def find_live(session: Session, *, workspace_id: int, client_id: int) -> WaiverLine | None:
    """Return the offer a client may still take up, or None."""
    mine = (col(Row.client_id) == client_id, col(Row.state) == WaiverState.OFFERED.value)
    return next(iter(_lines(session, workspace_id, *mine)), None)


def list_live(session: Session, *, workspace_id: int) -> list[WaiverLine]:
    """Return every offer still to be judged, the oldest first."""
    return _lines(session, workspace_id, col(Row.state) == WaiverState.OFFERED.value)


def settle(
    session: Session, *, workspace_id: int, id: int, state: WaiverState, at: datetime
) -> bool:
    """End an offer; say whether it was still live."""
    ended = session.scalars(
        update(Row)
        .where(
            col(Row.workspace_id) == workspace_id,
            col(Row.id) == id,
            col(Row.state) == WaiverState.OFFERED.value,
        )
        .values(state=state.value, judged_at=at)
        .returning(col(Row.id))
    ).one_or_none()
    return ended is not None


def open_of(session: Session, *, workspace_id: int, item_ids: Sequence[int]) -> int:
    """Return what is still open of these items, their credits taken off; minor units."""
    query = select(func.sum(col(OpenItem.open_minor))).where(
        col(OpenItem.workspace_id) == workspace_id, col(OpenItem.id).in_(item_ids)
    )
    return int(session.scalar(query) or 0)


def last_paid_on(session: Session, *, workspace_id: int, item_ids: Sequence[int]) -> date | None:
    """Return the day the last part of these items was closed, None without a trace of it."""
    query = select(func.max(col(Settlement.settled_on))).where(
        col(Settlement.workspace_id) == workspace_id, col(Settlement.open_item_id).in_(item_ids)
    )
    return session.scalar(query)


def waived_items(session: Session, *, workspace_id: int, client_id: int) -> frozenset[int]:
    """Return the items whose interest and fee were given up, as long as they stay paid."""
    query = select(col(Row.open_item_ids)).where(
        col(Row.workspace_id) == workspace_id,
        col(Row.client_id) == client_id,
        col(Row.state) == WaiverState.FULFILLED.value,
    )
    every = [[int(id) for id in ids] for (ids,) in session.execute(query)]
    paid = [ids for ids in every if open_of(session, workspace_id=workspace_id, item_ids=ids) <= 0]
    return frozenset(id for ids in paid for id in ids)


def _lines(session: Session, workspace_id: int, *which: object) -> list[WaiverLine]:
    query = (
        select(Row)
        .where(col(Row.workspace_id) == workspace_id, *which)  # type: ignore[arg-type]
        .order_by(col(Row.made_at), col(Row.id))
    )
    rows = session.scalars(query.execution_options(populate_existing=True))
    return [_line(session, workspace_id, row) for row in rows]


def _line(session: Session, workspace_id: int, row: Row) -> WaiverLine:
    client = session.get_one(Client, (workspace_id, row.client_id))
    by = session.get(Person, (workspace_id, row.by_id)) if row.by_id is not None else None
    return WaiverLine(
        row.id,
        row.client_id,
        client.name,
        client.owner_id,
        (by.name or "") if by else "",
        Waiver(row.given_up_minor, row.principal_minor, row.currency, row.made_on, row.until_on),
        tuple(int(id) for id in row.open_item_ids),
        WaiverState(row.state),
    )
