"""Advice to hold deliveries: one at most per client, kept with its reason, author and end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlmodel import Session, col

from bot.domain.delivery_holds import Lifted, Scope
from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.tables.items import DeliveryHold
from storage.tables.ledger import Client
from storage.tables.workspaces import Person


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold, its reason open, its author by name (empty: goodcop itself)."""

    id: int
    client_id: int
    scope: Scope
    reason: str
    by: str
    made_at: datetime
    lifted_at: datetime | None
    lifted_by: str
    lifted_how: str


@dataclass(frozen=True, slots=True)
class HeldClient:
    """The client of a hold, as whoever is told needs it."""

    client_id: int
    code: str
    name: str
    siren: str
    owner_id: int | None


def place(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    scope: Scope,
    reason: str,
    by_id: int | None,
    at: datetime,
) -> int | None:
    """Advise to hold a client's deliveries; None when it is held already, or the key was there."""
    return insert_once(
        session,
        DeliveryHold,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "scope": scope.value,
            "reason_sealed": vault_of(session).seal(workspace_id, reason),
            "by_id": by_id,
            "made_at": at,
        },
    )


def lift(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    how: Lifted,
    by_id: int | None,
    at: datetime,
) -> int | None:
    """End the hold of a client; return its id, None when none holds."""
    id = session.scalars(
        update(DeliveryHold)
        .where(
            col(DeliveryHold.workspace_id) == workspace_id,
            col(DeliveryHold.client_id) == client_id,
            col(DeliveryHold.lifted_at).is_(None),
        )
        .values(lifted_at=at, lifted_by_id=by_id, lifted_how=how.value)
        .returning(col(DeliveryHold.id))
    ).one_or_none()
    return id


def get_hold(session: Session, *, workspace_id: int, id: int) -> HoldLine | None:
    """Return one hold, lifted or not, or None."""
    return _one(session, workspace_id, col(DeliveryHold.id) == id)


def find_hold(session: Session, *, workspace_id: int, client_id: int) -> HoldLine | None:
    """Return the hold on a client, or None."""
    mine = and_(col(DeliveryHold.client_id) == client_id, col(DeliveryHold.lifted_at).is_(None))
    return _one(session, workspace_id, mine)


def list_held(session: Session, *, workspace_id: int) -> list[int]:
    """Return the clients held now."""
    return list(
        session.scalars(
            select(col(DeliveryHold.client_id))
            .where(
                col(DeliveryHold.workspace_id) == workspace_id,
                col(DeliveryHold.lifted_at).is_(None),
            )
            .order_by(col(DeliveryHold.client_id))
        )
    )


def find_client(session: Session, *, workspace_id: int, id: int) -> HeldClient | None:
    """Return the client a hold is about, or None."""
    row = session.get(Client, (workspace_id, id))
    if row is None:
        return None
    return HeldClient(row.id, row.code, row.name, row.siren or "", row.owner_id)


def _one(session: Session, workspace_id: int, which: object) -> HoldLine | None:
    query = select(DeliveryHold).where(col(DeliveryHold.workspace_id) == workspace_id, which)  # type: ignore[arg-type]
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return None
    return HoldLine(
        row.id,
        row.client_id,
        Scope(row.scope),
        vault_of(session).unseal(workspace_id, row.reason_sealed),
        _name(session, workspace_id, row.by_id),
        row.made_at,
        row.lifted_at,
        _name(session, workspace_id, row.lifted_by_id),
        row.lifted_how,
    )


def _name(session: Session, workspace_id: int, person_id: int | None) -> str:
    person = session.get(Person, (workspace_id, person_id)) if person_id is not None else None
    return (person.name or "") if person else ""
