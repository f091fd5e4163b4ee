"""Open items read for a rule that concerns a few clients."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from bot.domain.books import ItemRow
from bot.domain.ledger import DueFrom
from storage.among import among
from storage.tables.ledger import OpenItem


def list_not_stated(
    session: Session, *, workspace_id: int, client_ids: Sequence[int]
) -> list[ItemRow]:
    """Return the open debts of these clients whose due date no document states."""
    query = (
        select(OpenItem)
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.client_id).in_(client_ids),
            col(OpenItem.due_from) != DueFrom.STATED.value,
            col(OpenItem.minor) > 0,
        )
        .order_by(col(OpenItem.id))
    )
    return [
        ItemRow(
            row.id,
            row.client_id,
            row.key,
            row.number,
            row.kind,
            row.issued_on.toordinal(),
            row.due_on.toordinal(),
            row.due_from,
            row.minor,
            row.open_minor,
            row.currency,
            row.label,
            row.foreign_text,
        )
        for row in session.scalars(query.execution_options(populate_existing=True))
    ]


class NumberedItem(NamedTuple):
    """An open item as a letter or an e-mail names it."""

    id: int
    number: str
    issued_on: date
    due_on: date
    minor: int
    open_minor: int
    currency: str
    kind: str


def list_items(
    session: Session, *, workspace_id: int, ids: Sequence[int]
) -> dict[int, NumberedItem]:
    """Return items by id as they stand, those settled meanwhile too."""
    query = select(*_NUMBERED).where(
        col(OpenItem.workspace_id) == workspace_id, among(session, col(OpenItem.id), ids)
    )
    return {row[0]: NumberedItem(*row) for row in session.execute(query)}


def list_open(session: Session, *, workspace_id: int, client_id: int) -> list[NumberedItem]:
    """Return what a client owes, credit notes too, the oldest due first."""
    query = (
        select(*_NUMBERED)
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.client_id) == client_id,
            col(OpenItem.open_minor) != 0,
        )
        .order_by(col(OpenItem.due_on), col(OpenItem.number), col(OpenItem.id))
    )
    return [NumberedItem(*row) for row in session.execute(query)]


_NUMBERED = (
    col(OpenItem.id),
    col(OpenItem.number),
    col(OpenItem.issued_on),
    col(OpenItem.due_on),
    col(OpenItem.minor),
    col(OpenItem.open_minor),
    col(OpenItem.currency),
    col(OpenItem.kind),
)
