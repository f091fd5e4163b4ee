"""Offers to give fees and interest up: one live at most per client, judged by the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot.domain.late_payment.waivers import Waiver, WaiverState
from storage import bank_seen
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


def paid_of(
    session: Session, *, workspace_id: int, client_id: int, currency: str, item_ids: Sequence[int]
) -> tuple[int, date | None]:
    """Return what is still open of these items, minor units, and the day of their last payment.

    Credits are taken off, and what the bank shows before the books; the day is None without a
    trace of a payment.
    """
    mine = (col(OpenItem.workspace_id) == workspace_id, col(OpenItem.id).in_(item_ids))
    items = session.execute(select(col(OpenItem.key), col(OpenItem.open_minor)).where(*mine)).all()
    settled = select(func.max(col(Settlement.settled_on))).where(
        col(Settlement.workspace_id) == workspace_id, col(Settlement.open_item_id).in_(item_ids)
    )
    days = [day for day in [session.scalar(settled)] if day is not None]
    still_open = sum(item.open_minor for item in items)
    accounts = bank_seen.read_accounts(session, workspace_id=workspace_id, client_ids=[client_id])
    if account := accounts.get((client_id, currency)):
        seen = account.seen().items
        at_bank = {item.key for item in items if seen.get(item.key, 0) > 0}
        still_open -= sum(seen[key] for key in at_bank)
        days += [part.seen_on for part in account.parts if part.item_key in at_bank]
    return still_open, max(days, default=None)


def waived_items(session: Session, *, workspace_id: int, client_id: int) -> frozenset[int]:
    """Return the items whose interest and fee were given up, as long as they stay paid."""
    query = select(col(Row.currency), col(Row.open_item_ids)).where(
        col(Row.workspace_id) == workspace_id,
        col(Row.client_id) == client_id,
        col(Row.state) == WaiverState.FULFILLED.value,
    )
    given_up: set[int] = set()
    for currency, ids in session.execute(query).all():
        still_open, _ = paid_of(
            session,
            workspace_id=workspace_id,
            client_id=client_id,
            currency=currency,
            item_ids=ids,
        )
        if still_open <= 0:
            given_up.update(ids)
    return frozenset(given_up)


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
