"""Our accounts of companies by SIREN, and every open item of one, for claims and clocks."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlmodel import Session, col

from storage.tables.ledger import Client, OpenItem


class AccountLine(NamedTuple):
    """A client account of a company."""

    client_id: int
    siren: str
    code: str
    name: str
    currency: str
    owner_id: int | None
    retention_of_title: bool | None = None


class AccountItem(NamedTuple):
    """An open item of a company; minor units, credits negative."""

    client_id: int
    number: str
    issued_on: date
    due_on: date
    open_minor: int
    currency: str
    is_retained: bool | None = None


def list_accounts(session: Session, *, workspace_id: int, siren: str) -> list[AccountLine]:
    """Return our accounts of a company, oldest first."""
    query = select(
        col(Client.id),
        col(Client.siren),
        col(Client.code),
        col(Client.name),
        col(Client.currency),
        col(Client.owner_id),
        col(Client.retention_of_title),
    ).where(col(Client.workspace_id) == workspace_id, col(Client.siren) == siren)
    return [AccountLine(*row) for row in session.execute(query.order_by(col(Client.id)))]


def list_items(session: Session, *, workspace_id: int, siren: str) -> list[AccountItem]:
    """Return what is open with a company over all its accounts, the first due first."""
    query = (
        select(
            col(OpenItem.client_id),
            col(OpenItem.number),
            col(OpenItem.issued_on),
            col(OpenItem.due_on),
            col(OpenItem.open_minor),
            col(OpenItem.currency),
            col(Client.retention_of_title),
        )
        .join(
            Client,
            and_(
                col(Client.workspace_id) == col(OpenItem.workspace_id),
                col(Client.id) == col(OpenItem.client_id),
            ),
        )
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(Client.siren) == siren,
            col(OpenItem.open_minor) != 0,
        )
        .order_by(col(OpenItem.due_on), col(OpenItem.number), col(OpenItem.id))
    )
    return [AccountItem(*row) for row in session.execute(query)]
