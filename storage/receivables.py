"""Every open invoice with its client, for files that list them one by one."""

from sqlalchemy import and_, exists, select
from sqlmodel import Session, col

from bot.domain.factoring import Receivable
from bot.domain.lifecycle import DisputeState, HoldKind
from storage.tables.follow_ups import Dispute, Hold
from storage.tables.ledger import Client, OpenItem


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
