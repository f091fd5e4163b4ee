"""Our accounts as companies: the SIREN, town and group that `/solvency` starts from."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from storage.among import among
from storage.tables.ledger import Client


class ClientTarget(NamedTuple):
    """A client account seen as a company."""

    client_id: int
    code: str
    name: str
    town: str
    siren: str | None
    group_siren: str | None
    owner_id: int | None


def find_by_siren(session: Session, *, workspace_id: int, siren: str) -> ClientTarget | None:
    """Return the first account of a SIREN, or None."""
    query = select(*_COLUMNS).where(
        col(Client.workspace_id) == workspace_id, col(Client.siren) == siren
    )
    row = session.execute(query.order_by(col(Client.id)).limit(1)).first()
    return None if row is None else ClientTarget(*row)


def list_targets(
    session: Session, *, workspace_id: int, ids: Sequence[int]
) -> tuple[ClientTarget, ...]:
    """Return these accounts in the order given; unknown ids are left out."""
    query = select(*_COLUMNS).where(
        col(Client.workspace_id) == workspace_id, among(session, col(Client.id), ids)
    )
    found = {row[0]: ClientTarget(*row) for row in session.execute(query)}
    return tuple(found[id] for id in ids if id in found)


def find_terms(session: Session, *, workspace_id: int, siren: str) -> str:
    """Return the payment terms of the first account of a SIREN; empty when none are known."""
    query = select(col(Client.terms)).where(
        col(Client.workspace_id) == workspace_id, col(Client.siren) == siren
    )
    return session.scalar(query.order_by(col(Client.id)).limit(1)) or ""


_COLUMNS: tuple[Any, ...] = (
    col(Client.id),
    col(Client.code),
    col(Client.name),
    col(Client.town),
    col(Client.siren),
    col(Client.group_siren),
    col(Client.owner_id),
)
