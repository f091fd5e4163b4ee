"""Clients kept out of alerts: until when, why, and who said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select, update
from sqlmodel import Session, col

from storage.follow_ups import vault_of
from storage.tables.ledger import Client
from storage.tables.workspaces import Person


@dataclass(frozen=True, slots=True)
class Mute:
    """Why a client raises nothing, until when (inclusive), and the name of who said so."""

    until: date
    reason: str
    by: str


def lock_client(session: Session, *, workspace_id: int, id: int) -> int | None:
    """Keep a client from other writers until the unit of work ends; return its id, or None."""
    query = select(col(Client.id)).where(
        col(Client.workspace_id) == workspace_id, col(Client.id) == id
    )
    return session.scalars(query.with_for_update(key_share=True)).one_or_none()


def find_mute(session: Session, *, workspace_id: int, client_id: int, today: date) -> Mute | None:
    """Return the mute of a client that holds on `today`, or None."""
    return list_mutes(session, workspace_id=workspace_id, today=today, ids=(client_id,)).get(
        client_id
    )


def list_mutes(
    session: Session, *, workspace_id: int, today: date, ids: Iterable[int] | None = None
) -> dict[int, Mute]:
    """Return the mutes that hold on `today`, by client id; of some clients or of all."""
    author = and_(
        col(Person.workspace_id) == col(Client.workspace_id),
        col(Person.id) == col(Client.muted_by_id),
    )
    query = (
        select(
            col(Client.id),
            col(Client.muted_until),
            col(Client.muted_reason_sealed),
            col(Person.name),
        )
        .outerjoin(Person, author)
        .where(col(Client.workspace_id) == workspace_id, col(Client.muted_until) >= today)
    )
    if ids is not None:
        query = query.where(col(Client.id).in_(tuple(ids)))
    unseal = vault_of(session).unseal
    return {
        id: Mute(until, unseal(workspace_id, reason), name or "")
        for id, until, reason, name in session.execute(query)
        if until is not None
    }


def set_mute(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    until: date | None,
    reason: str = "",
    by_id: int | None = None,
) -> None:
    """Keep a client out of alerts until a day, inclusive; None puts it back."""
    session.execute(
        update(Client)
        .where(col(Client.workspace_id) == workspace_id, col(Client.id) == client_id)
        .values(
            muted_until=until,
            muted_reason_sealed=vault_of(session).seal(workspace_id, reason),
            muted_by_id=by_id,
        )
    )
