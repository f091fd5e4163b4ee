"""Every open invoice with its client, for files that list them one by one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, select
from sqlmodel import Session, col

from bot.domain.factoring import Receivable
from bot.domain.lifecycle import DisputeState, HoldKind
from storage.tables.follow_ups import Dispute, Hold
from storage.tables.ledger import Client, OpenItem
from storage.tables.workspaces import Person


def list_receivables(session: Session, *, workspace_id: int) -> list[Receivable]:
    """Return what is owed, by client code then due date.

    A dispute that names no invoice is about all of its client's.
    """
    disputed, whole = _disputed(session, workspace_id)
    frozen = exists().where(
        col(Hold.workspace_id) == workspace_id,
        col(Hold.client_id) == col(Client.id),
        col(Hold.kind) == HoldKind.PROCEEDING.value,
        col(Hold.lifted_at).is_(None),
    )
    query = (
        select(OpenItem, Client, frozen)
        .join(
            Client,
            and_(
                col(Client.workspace_id) == col(OpenItem.workspace_id),
                col(Client.id) == col(OpenItem.client_id),
            ),
        )
        .where(col(OpenItem.workspace_id) == workspace_id, col(OpenItem.open_minor) > 0)
        .order_by(col(Client.code), col(OpenItem.due_on), col(OpenItem.number), col(OpenItem.id))
    )
    return [
        Receivable(
            siren=client.siren or "",
            client_code=client.code,
            client=client.name,
            client_kind=client.kind,
            number=item.number,
            item_kind=item.kind,
            issued_on=item.issued_on,
            due_on=item.due_on,
            minor=item.open_minor,
            currency=item.currency,
            is_disputed=item.id in disputed or client.id in whole,
            in_proceeding=bool(in_proceeding),
        )
        for item, client, in_proceeding in session.execute(query)
    ]


def _disputed(session: Session, workspace_id: int) -> tuple[set[int], set[int]]:
    """Return the items in dispute, and the clients whose dispute names none."""
    query = select(col(Dispute.client_id), col(Dispute.open_item_ids)).where(
        col(Dispute.workspace_id) == workspace_id, col(Dispute.state) == DisputeState.OPEN.value
    )
    items: set[int] = set()
    clients: set[int] = set()
    for client_id, item_ids in session.execute(query):
        items |= {int(id) for id in item_ids}
        if not item_ids:
            clients.add(client_id)
    return items, clients


@dataclass(frozen=True, slots=True)
class OwnedReceivable:
    """An open invoice with whose client it is; `owner` is a name, or an address without one."""

    item_id: int
    client_code: str
    client: str
    siren: str
    owner: str
    number: str
    issued_on: date
    due_on: date
    minor: int
    currency: str


def list_owned(session: Session, *, workspace_id: int) -> list[OwnedReceivable]:
    """Return what is owed, by client code then due date, with who answers for it."""
    query = (
        select(OpenItem, Client, Person)
        .join(
            Client,
            and_(
                col(Client.workspace_id) == col(OpenItem.workspace_id),
                col(Client.id) == col(OpenItem.client_id),
            ),
        )
        .outerjoin(
            Person,
            and_(
                col(Person.workspace_id) == col(Client.workspace_id),
                col(Person.id) == col(Client.owner_id),
            ),
        )
        .where(col(OpenItem.workspace_id) == workspace_id, col(OpenItem.open_minor) > 0)
        .order_by(col(Client.code), col(OpenItem.due_on), col(OpenItem.number), col(OpenItem.id))
    )
    return [
        OwnedReceivable(
            item_id=item.id,
            client_code=client.code,
            client=client.name,
            siren=client.siren or "",
            owner="" if owner is None else owner.name or owner.email or owner.slack_user_id or "",
            number=item.number,
            issued_on=item.issued_on,
            due_on=item.due_on,
            minor=item.open_minor,
            currency=item.currency,
        )
        for item, client, owner in session.execute(query)
    ]
