"""What a client owes and how it was paid, item by item, for what late payment costs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlmodel import Session, col

from bot.domain.late_payment.limitation import Interruption as Act
from bot.domain.late_payment.limitation import LimitationKind
from bot.domain.lifecycle import DisputeState, HoldKind
from storage.tables.follow_ups import Dispute, Hold
from storage.tables.late_payment import Interruption
from storage.tables.ledger import Client, OpenItem, Settlement
from storage.tables.workspaces import Entity


@dataclass(frozen=True, slots=True)
class LateItem:
    """An open item; `paid` is what closed part of it: day and minor units."""

    id: int
    number: str
    kind: str
    issued_on: date
    due_on: date
    open_minor: int
    currency: str
    paid: tuple[tuple[date, int], ...] = ()
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class LateClient:
    """What a client agreed on, and what stands against asking."""

    client_id: int
    code: str
    name: str
    kind: str
    late_rate: str
    limitation: LimitationKind
    in_proceeding: bool
    acts: tuple[tuple[date, Act], ...]
    terms: str = ""


def find_client(session: Session, *, workspace_id: int, client_id: int) -> LateClient | None:
    """Return a client with its contract's rate, else its company's; None for nobody."""
    row = session.execute(
        select(Client, Entity)
        .join(
            Entity,
            and_(
                col(Entity.workspace_id) == col(Client.workspace_id),
                col(Entity.id) == col(Client.entity_id),
            ),
        )
        .where(col(Client.workspace_id) == workspace_id, col(Client.id) == client_id)
    ).first()
    if row is None:
        return None
    client, entity = row
    frozen = select(col(Hold.id)).where(
        col(Hold.workspace_id) == workspace_id,
        col(Hold.client_id) == client_id,
        col(Hold.kind) == HoldKind.PROCEEDING.value,
        col(Hold.lifted_at).is_(None),
    )
    acts = select(col(Interruption.on), col(Interruption.kind)).where(
        col(Interruption.workspace_id) == workspace_id, col(Interruption.client_id) == client_id
    )
    return LateClient(
        client.id,
        client.code,
        client.name,
        client.kind,
        client.late_rate or entity.late_rate,
        LimitationKind(entity.limitation),
        session.execute(frozen).first() is not None,
        tuple((on, Act(kind)) for on, kind in session.execute(acts)),
        client.terms,
    )


def list_items(session: Session, *, workspace_id: int, client_id: int) -> list[LateItem]:
    """Return a client's open items, credits too, the oldest due first."""
    query = (
        select(OpenItem)
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.client_id) == client_id,
            col(OpenItem.open_minor) != 0,
        )
        .order_by(col(OpenItem.due_on), col(OpenItem.number), col(OpenItem.id))
    )
    rows = list(session.scalars(query))
    paid = _paid(session, workspace_id, [row.id for row in rows])
    disputed, whole = _disputed(session, workspace_id, client_id)
    return [
        LateItem(
            row.id,
            row.number,
            row.kind,
            row.issued_on,
            row.due_on,
            row.open_minor,
            row.currency,
            tuple(paid.get(row.id, ())),
            whole or row.id in disputed,
        )
        for row in rows
    ]


def _paid(session: Session, workspace_id: int, ids: list[int]) -> dict[int, list[tuple[date, int]]]:
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    query = select(
        col(Settlement.open_item_id), col(Settlement.settled_on), col(Settlement.minor)
    ).where(col(Settlement.workspace_id) == workspace_id, col(Settlement.open_item_id).in_(ids))
    for item_id, on, minor in session.execute(query):
        found[item_id].append((on, minor))
    return found


def _disputed(session: Session, workspace_id: int, client_id: int) -> tuple[set[int], bool]:
    """Return the items in dispute, and whether a dispute names none: it is about all of them."""
    query = select(col(Dispute.open_item_ids)).where(
        col(Dispute.workspace_id) == workspace_id,
        col(Dispute.client_id) == client_id,
        col(Dispute.state) == DisputeState.OPEN.value,
    )
    named = [ids for (ids,) in session.execute(query)]
    return {int(id) for ids in named for id in ids}, any(not ids for ids in named)
