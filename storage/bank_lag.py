"""Money the bank showed long ago and the books still lack: found, and said once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.bank.seen import Part, lagging
from bot.domain.bank.states import PartState
from storage.among import among
from storage.bank_seen import read_accounts
from storage.tables.bank import BankPart
from storage.tables.ledger import Client


@dataclass(frozen=True, slots=True)
class LaggingPart:
    """Money seen at the bank on an account, with what it pays."""

    client_id: int
    currency: str
    part: Part


def list_untold(
    session: Session, *, workspace_id: int, entity_id: int, until: date
) -> list[LaggingPart]:
    """Return an entity's money seen by a day, that its books lack and nobody was told about."""
    query = (
        select(col(BankPart.id), col(BankPart.client_id))
        .join(
            Client,
            (col(Client.workspace_id) == col(BankPart.workspace_id))
            & (col(Client.id) == col(BankPart.client_id)),
        )
        .where(
            col(BankPart.workspace_id) == workspace_id,
            col(BankPart.state) == PartState.SEEN.value,
            col(BankPart.lag_told_on).is_(None),
            col(BankPart.seen_on) <= until,
            col(Client.entity_id) == entity_id,
        )
    )
    untold = {row.id: row.client_id for row in session.execute(query)}
    return _lagging(session, workspace_id, untold, until)


def list_lagging(
    session: Session, *, workspace_id: int, part_ids: Sequence[int]
) -> list[LaggingPart]:
    """Return those of some parts that the books still lack."""
    query = select(col(BankPart.id), col(BankPart.client_id)).where(
        col(BankPart.workspace_id) == workspace_id, among(session, col(BankPart.id), part_ids)
    )
    asked = {row.id: row.client_id for row in session.execute(query)}
    return _lagging(session, workspace_id, asked, date.max)


def mark_told(session: Session, *, workspace_id: int, part_ids: Sequence[int], on: date) -> None:
    """Say that finance was told of some parts."""
    session.execute(
        update(BankPart)
        .where(
            col(BankPart.workspace_id) == workspace_id, among(session, col(BankPart.id), part_ids)
        )
        .values(lag_told_on=on)
    )


def _lagging(
    session: Session, workspace_id: int, asked: dict[int, int], until: date
) -> list[LaggingPart]:
    if not asked:
        return []
    clients = sorted(set(asked.values()))
    live = read_accounts(session, workspace_id=workspace_id, client_ids=clients)
    return [
        LaggingPart(client_id, currency, part)
        for (client_id, currency), account in sorted(live.items())
        for part in lagging(account.parts, account.seen(), until)
        if part.id in asked
    ]
