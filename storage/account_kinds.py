"""Accounts that an import proposed to keep out of alerts, and finance's answer to each."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlmodel import Session, col

from bot.domain.ledger import ClientKind
from storage.tables.ledger import Balance, Client


class ProposedRow(NamedTuple):
    """An account whose kind nobody confirmed; `net_minor` is its balance in its own currency."""

    client_id: int
    code: str
    name: str
    kind: str
    currency: str
    net_minor: int


def list_proposed(session: Session, *, workspace_id: int) -> list[ProposedRow]:
    """Return the accounts to confirm, by kind, the largest balances first."""
    same = and_(
        col(Balance.workspace_id) == col(Client.workspace_id),
        col(Balance.client_id) == col(Client.id),
        col(Balance.currency) == col(Client.currency),
    )
    net = func.coalesce(col(Balance.net_minor), 0)
    query = (
        select(
            col(Client.id),
            col(Client.code),
            col(Client.name),
            col(Client.kind),
            col(Client.currency),
            net,
        )
        .outerjoin(Balance, same)
        .where(_proposed(workspace_id))
        .order_by(col(Client.kind), func.abs(net).desc(), col(Client.id))
    )
    return [ProposedRow(*row) for row in session.execute(query)]


def count_proposed(session: Session, *, workspace_id: int, made_at: datetime | None = None) -> int:
    """Return how many accounts wait for a confirmation; `made_at` counts one import's."""
    query = select(func.count()).select_from(Client).where(_proposed(workspace_id))
    if made_at is not None:
        query = query.where(col(Client.created_at) == made_at)
    return int(session.execute(query).scalar_one())


def settle_kind(session: Session, *, workspace_id: int, client_id: int, is_kept: bool) -> bool:
    """Confirm an account's kind, or make it an ordinary client; False when it was settled."""
    values: dict[str, object] = {"kind_confirmed": True}
    if not is_kept:
        values["kind"] = ClientKind.ORDINARY.value
    statement = (
        update(Client).where(_proposed(workspace_id), col(Client.id) == client_id).values(**values)
    )
    return bool(session.connection().execute(statement).rowcount)


def _proposed(workspace_id: int) -> ColumnElement[bool]:
    return and_(
        col(Client.workspace_id) == workspace_id,
        col(Client.kind) != ClientKind.ORDINARY.value,
        col(Client.kind_confirmed).is_(False),
    )
