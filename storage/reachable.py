"""The contacts who may be written to, and those whose address proved to be none."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from bot.domain.mailing import Reachable
from storage.follow_ups import vault_of
from storage.sessions import Session
from storage.tables.ledger import Contact


def list_reachable(session: Session, *, workspace_id: int, client_id: int) -> list[Reachable]:
    """Return the contacts of a client who may be written to, the first known first."""
    query = (
        select(Contact)
        .where(
            col(Contact.workspace_id) == workspace_id,
            col(Contact.client_id) == client_id,
            col(Contact.do_not_contact).is_(False),
            col(Contact.email_sealed) != "",
            col(Contact.unusable_since).is_(None),
        )
        .order_by(col(Contact.id))
    )
    vault = vault_of(session)
    return [
        Reachable(
            row.id,
            vault.unseal(workspace_id, row.name_sealed),
            row.function,
            vault.unseal(workspace_id, row.email_sealed),
            row.language,
        )
        for row in session.scalars(query)
    ]


def give_up(session: Session, *, workspace_id: int, contact_id: int | None, now: datetime) -> None:
    """Write to a contact no more, until their address is another."""
    session.execute(
        update(Contact)
        .where(col(Contact.workspace_id) == workspace_id, col(Contact.id) == contact_id)
        .values(unusable_since=now)
    )
