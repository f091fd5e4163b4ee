"""Open debts old enough for their limitation to be near, with what interrupted it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from bot.domain.late_payment.limitation import Interruption as Act
from bot.domain.late_payment.limitation import LimitationKind
from storage.tables.late_payment import Interruption
from storage.tables.ledger import Client, OpenItem
from storage.tables.workspaces import Entity

Acts = tuple[tuple[date, Act], ...]


@dataclass(frozen=True, slots=True)
class OldDebt:
    """An open debt, minor units, with its client and what decides on its limitation."""

    client_id: int
    client: str
    minor: int
    currency: str
    issued_on: date
    due_on: date
    kind: LimitationKind
    acts: Acts = ()


def list_old_debts(
    session: Session, *, workspace_id: int, until: Mapping[LimitationKind, date]
) -> list[OldDebt]:
    """Return the debts issued or due up to the day of their company's kind of limitation."""
    old = [
        and_(
            col(Entity.limitation) == kind.value,
            or_(col(OpenItem.issued_on) <= day, col(OpenItem.due_on) <= day),
        )
        for kind, day in until.items()
    ]
    query = (
        select(
            col(Client.id),
            col(Client.name),
            col(OpenItem.open_minor),
            col(OpenItem.currency),
            col(OpenItem.issued_on),
            col(OpenItem.due_on),
            col(Entity.limitation),
        )
        .join(
            Client,
            and_(
                col(Client.workspace_id) == col(OpenItem.workspace_id),
                col(Client.id) == col(OpenItem.client_id),
            ),
        )
        .join(
            Entity,
            and_(
                col(Entity.workspace_id) == col(Client.workspace_id),
                col(Entity.id) == col(Client.entity_id),
            ),
        )
        .where(col(OpenItem.workspace_id) == workspace_id, col(OpenItem.open_minor) > 0, or_(*old))
        .order_by(col(Client.id), col(OpenItem.id))
    )
    rows = session.execute(query).all()
    acts = _acts(session, workspace_id)
    return [
        OldDebt(id, name, minor, currency, issued, due, LimitationKind(kind), tuple(acts[id]))
        for id, name, minor, currency, issued, due, kind in rows
    ]


def _acts(session: Session, workspace_id: int) -> defaultdict[int, list[tuple[date, Act]]]:
    found: defaultdict[int, list[tuple[date, Act]]] = defaultdict(list)
    query = select(col(Interruption.client_id), col(Interruption.on), col(Interruption.kind)).where(
        col(Interruption.workspace_id) == workspace_id
    )
    for client_id, on, kind in session.execute(query):
        found[client_id].append((on, Act(kind)))
    return found
