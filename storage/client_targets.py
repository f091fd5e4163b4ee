"""Our accounts as companies: the SIREN, town and group that `/solvency` starts from."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, String, bindparam, select
from sqlmodel import Session, col

from storage.among import among
from storage.prepared import Prepared
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
    rows = _BY_SIREN.rows(session, of_workspace=workspace_id, of_siren=siren)
    return ClientTarget(*rows[0]) if rows else None


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
_BY_SIREN = Prepared(
    select(*_COLUMNS)
    .where(
        col(Client.workspace_id) == bindparam("of_workspace", type_=BigInteger),
        col(Client.siren) == bindparam("of_siren", type_=String),
    )
    .order_by(col(Client.id))
    .limit(1)
)
