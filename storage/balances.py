"""Sums of an entity's accounts."""

from typing import NamedTuple

from sqlalchemy import BigInteger, cast, func, select
from sqlmodel import Session, col

from storage.tables.ledger import Balance, Client


class Total(NamedTuple):
    """An entity's accounts in one currency, minor units; `open_minor` sums the open items."""

    currency: str
    net_minor: int
    open_minor: int
    unattributed_minor: int


def list_totals(session: Session, *, workspace_id: int, entity_id: int) -> list[Total]:
    """Return the totals of an entity by currency."""
    net = cast(func.sum(col(Balance.net_minor)), BigInteger)
    loose = cast(func.sum(col(Balance.unattributed_minor)), BigInteger)
    query = (
        select(col(Balance.currency), net, net - loose, loose)
        .join(
            Client,
            (col(Client.workspace_id) == col(Balance.workspace_id))
            & (col(Client.id) == col(Balance.client_id)),
        )
        .where(col(Balance.workspace_id) == workspace_id, col(Client.entity_id) == entity_id)
        .group_by(col(Balance.currency))
        .order_by(col(Balance.currency))
    )
    return [Total(*row) for row in session.execute(query)]
