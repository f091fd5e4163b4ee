"""Client accounts as a client file knows them, and the people to call there."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from storage.tables.ledger import Client, Contact
from storage.vault import Vault


class ClientCard(NamedTuple):
    """What a client file may change of a client."""

    id: int
    code: str
    name: str
    search_name: str
    town: str
    siren: str | None
    group_siren: str | None
    owner_id: int | None
    terms: str
    credit_limit_minor: int | None
    currency: str
    kind: str
    kind_confirmed: bool
    name_given: bool
    retention_of_title: bool | None = None
    late_rate: str = ""
    margin_percent: int | None = None


class ContactCard(NamedTuple):
    """A contact at a client, opened: name, phone and e-mail are sealed at rest."""

    id: int
    client_id: int
    key: str
    function: str
    name: str
    phone: str
    email: str


def list_cards(session: Session, *, workspace_id: int, entity_id: int) -> dict[str, ClientCard]:
    """Return an entity's clients by code."""
    query = (
        select(*(getattr(Client, name) for name in ClientCard._fields))
        .where(col(Client.workspace_id) == workspace_id, col(Client.entity_id) == entity_id)
        .order_by(col(Client.code))
    )
    return {row.code: ClientCard(*row) for row in session.execute(query)}


def list_ids(session: Session, *, workspace_id: int, code: str) -> list[int]:
    """Return the accounts of a code, one for each company that has it."""
    query = select(col(Client.id)).where(
        col(Client.workspace_id) == workspace_id, col(Client.code) == code
    )
    return list(session.scalars(query.order_by(col(Client.id))))


def revive_contacts(session: Session, *, workspace_id: int, ids: Sequence[int]) -> None:
    """Take contacts for usable again: their addresses are other ones."""
    session.execute(
        update(Contact)
        .where(col(Contact.workspace_id) == workspace_id, col(Contact.id).in_(ids))
        .values(unusable_since=None)
    )


def list_contacts(
    session: Session, *, workspace_id: int, entity_id: int
) -> dict[int, dict[str, ContactCard]]:
    """Return the contacts of an entity's clients, by client id and key."""
    query = (
        select(Contact)
        .join(
            Client,
            (col(Client.workspace_id) == col(Contact.workspace_id))
            & (col(Client.id) == col(Contact.client_id)),
        )
        .where(col(Contact.workspace_id) == workspace_id, col(Client.entity_id) == entity_id)
        .order_by(col(Contact.id))
    )
    vault: Vault = session.info["vault"]
    found: dict[int, dict[str, ContactCard]] = defaultdict(dict)
    for row in session.scalars(query.execution_options(populate_existing=True)):
        opened = (
            vault.unseal(workspace_id, sealed)
            for sealed in (row.name_sealed, row.phone_sealed, row.email_sealed)
        )
        card = ContactCard(row.id, row.client_id, row.key, row.function, *opened)
        found[row.client_id][row.key] = card
    return dict(found)
