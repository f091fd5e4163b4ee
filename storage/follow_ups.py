"""What people wrote of their exchanges: notes and the contacts they name, texts sealed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.domain.lifecycle import Means, Outcome
from storage.once import insert_once
from storage.tables.follow_ups import Note
from storage.tables.ledger import Contact
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as written, its texts open. `reached` is who was reached, in words."""

    key: str
    client_id: int
    outcome: Outcome
    means: Means
    at: datetime
    id: int = 0
    alert_id: int | None = None
    contact_id: int | None = None
    by_id: int | None = None
    reached: str = ""
    text: str = ""
    orders: str = ""
    gesture: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def add_note(session: Session, *, workspace_id: int, note: NoteLine) -> int | None:
    """Write a note; return its id, or None when its key was already there."""
    vault = vault_of(session)
    return insert_once(
        session,
        Note,
        {
            "workspace_id": workspace_id,
            "key": note.key,
            "client_id": note.client_id,
            "alert_id": note.alert_id,
            "contact_id": note.contact_id,
            "by_id": note.by_id,
            "outcome": note.outcome.value,
            "means": note.means.value,
            "reached_sealed": vault.seal(workspace_id, note.reached),
            "text_sealed": vault.seal(workspace_id, note.text),
            "orders_sealed": vault.seal(workspace_id, note.orders),
            "gesture_sealed": vault.seal(workspace_id, note.gesture),
            "details": dict(note.details),
            "at": note.at,
        },
    )


def find_note(session: Session, *, workspace_id: int, key: str) -> NoteLine | None:
    """Return the note of that key, or None."""
    query = select(Note).where(col(Note.workspace_id) == workspace_id, col(Note.key) == key)
    row = session.scalars(query).one_or_none()
    return None if row is None else _line(vault_of(session), row)


def get_note(session: Session, *, workspace_id: int, id: int) -> NoteLine | None:
    """Return one note, or None."""
    row = session.get(Note, (workspace_id, id))
    return None if row is None else _line(vault_of(session), row)


def list_notes(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    before_id: int | None = None,
    limit: int = 20,
) -> tuple[NoteLine, ...]:
    """Return a client's notes, newest first; `before_id` is the last one of the page before."""
    query = select(Note).where(
        col(Note.workspace_id) == workspace_id, col(Note.client_id) == client_id
    )
    if before_id is not None:
        query = query.where(col(Note.id) < before_id)
    query = query.order_by(col(Note.id).desc()).limit(limit)
    vault = vault_of(session)
    return tuple(_line(vault, row) for row in session.scalars(query))


def count_notes(session: Session, *, workspace_id: int, client_id: int) -> int:
    """Return how many exchanges with a client were noted."""
    query = select(func.count()).where(
        col(Note.workspace_id) == workspace_id, col(Note.client_id) == client_id
    )
    return session.scalar(query) or 0


def add_contact(
    session: Session, *, workspace_id: int, client_id: int, name: str, function: str, phone: str
) -> int | None:
    """Write down a contact somebody named, once per name; return its id.

    The key is a digest of the name, so that nothing personal stays readable at rest.
    """
    digest = hashlib.sha256(f"{workspace_id}:{client_id}:{name.strip().casefold()}".encode())
    key, vault = f"noted:{digest.hexdigest()[:16]}", vault_of(session)
    made = insert_once(
        session,
        Contact,
        {
            "workspace_id": workspace_id,
            "client_id": client_id,
            "key": key,
            "function": function,
            "name_sealed": vault.seal(workspace_id, name.strip()),
            "phone_sealed": vault.seal(workspace_id, phone.strip()),
        },
    )
    if made is not None:
        return made
    known = select(col(Contact.id)).where(
        col(Contact.workspace_id) == workspace_id,
        col(Contact.client_id) == client_id,
        col(Contact.key) == key,
    )
    return session.scalars(known).one_or_none()


def find_contact_name(
    session: Session, *, workspace_id: int, client_id: int, id: int
) -> str | None:
    """Return the name (and function) of one of a client's contacts, or None."""
    row = session.get(Contact, (workspace_id, id))
    if row is None or row.client_id != client_id:
        return None
    name = vault_of(session).unseal(workspace_id, row.name_sealed)
    return f"{name} ({row.function})" if row.function else name


def vault_of(session: Session) -> Vault:
    """Return the vault the unit of work carries."""
    vault = session.info["vault"]
    if not isinstance(vault, Vault):
        raise TypeError("this session carries no vault")
    return vault


def _line(vault: Vault, row: Note) -> NoteLine:
    tenant = row.workspace_id
    return NoteLine(
        id=row.id,
        key=row.key,
        client_id=row.client_id,
        outcome=Outcome(row.outcome),
        means=Means(row.means),
        at=row.at,
        alert_id=row.alert_id,
        contact_id=row.contact_id,
        by_id=row.by_id,
        reached=vault.unseal(tenant, row.reached_sealed),
        text=vault.unseal(tenant, row.text_sealed),
        orders=vault.unseal(tenant, row.orders_sealed),
        gesture=vault.unseal(tenant, row.gesture_sealed),
        details=row.details,
    )
