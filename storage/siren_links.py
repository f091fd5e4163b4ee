"""SIRENs suggested for clients without one, what finance said of them, and who was searched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, select, update
from sqlmodel import Session, col

from bot.domain.ledger import ClientKind
from bot.domain.lifecycle import LinkState
from storage.among import among
from storage.once import insert_once
from storage.tables.ledger import Balance, Client
from storage.tables.solvency import SirenLink, SirenSearch

# Tills, collective, intra-group and staff accounts are no company of their own to look for.
_COMPANIES = (ClientKind.ORDINARY.value, ClientKind.DOUBTFUL.value)


@dataclass(frozen=True, slots=True)
class ClientToLink:
    """A client account without a SIREN."""

    client_id: int
    code: str
    name: str
    town: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A SIREN suggested for a client; `evidence` as the service wrote it."""

    client: ClientToLink
    siren: str
    name: str
    town: str
    evidence: Mapping[str, Any]


def list_to_search(
    session: Session, *, workspace_id: int, before: datetime, most: int
) -> tuple[ClientToLink, ...]:
    """Return the clients without a SIREN not searched since `before`, the largest balance first.

    A client whose suggestions wait for finance is not searched again.
    """
    searched = exists().where(
        col(SirenSearch.workspace_id) == workspace_id,
        col(SirenSearch.client_id) == col(Client.id),
        col(SirenSearch.searched_at) >= before,
    )
    waiting = exists().where(
        col(SirenLink.workspace_id) == workspace_id,
        col(SirenLink.client_id) == col(Client.id),
        col(SirenLink.state) == LinkState.SUGGESTED.value,
    )
    same = and_(
        col(Balance.workspace_id) == col(Client.workspace_id),
        col(Balance.client_id) == col(Client.id),
        col(Balance.currency) == col(Client.currency),
    )
    query = (
        select(*_CLIENT)
        .outerjoin(Balance, same)
        .where(*_without_siren(workspace_id), col(Client.kind).in_(_COMPANIES), ~searched, ~waiting)
        .order_by(func.abs(func.coalesce(col(Balance.net_minor), 0)).desc(), col(Client.id))
        .limit(most)
    )
    return tuple(ClientToLink(*row) for row in session.execute(query))


def note_search(session: Session, *, workspace_id: int, client_id: int, at: datetime) -> None:
    """Remember that the register was searched for a client."""
    values = {"workspace_id": workspace_id, "client_id": client_id, "searched_at": at}
    if insert_once(session, SirenSearch, values) is None:
        session.execute(
            update(SirenSearch)
            .where(
                col(SirenSearch.workspace_id) == workspace_id,
                col(SirenSearch.client_id) == client_id,
            )
            .values(searched_at=at)
        )


def add_link(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    siren: str,
    name: str = "",
    town: str = "",
    evidence: Mapping[str, Any] | None = None,
) -> bool:
    """Suggest a SIREN for a client; False when it already was, and what was said of it stays."""
    values = {
        "workspace_id": workspace_id,
        "client_id": client_id,
        "siren": siren,
        "name": name,
        "town": town,
        "evidence": dict(evidence or {}),
    }
    return insert_once(session, SirenLink, values) is not None


def list_suggested(
    session: Session, *, workspace_id: int, most: int
) -> tuple[tuple[LinkRow, ...], ...]:
    """Return what waits for finance, client by client in the order of their names."""
    clients = (
        select(*_CLIENT)
        .where(*_without_siren(workspace_id), _waits(workspace_id))
        .order_by(col(Client.name), col(Client.id))
        .limit(most)
    )
    shown = [ClientToLink(*row) for row in session.execute(clients)]
    links = select(SirenLink).where(
        col(SirenLink.workspace_id) == workspace_id,
        col(SirenLink.state) == LinkState.SUGGESTED.value,
        among(session, col(SirenLink.client_id), [one.client_id for one in shown]),
    )
    found: dict[int, list[SirenLink]] = {}
    for link in session.scalars(links.order_by(col(SirenLink.id))):
        found.setdefault(link.client_id, []).append(link)
    return tuple(
        tuple(
            LinkRow(one, link.siren, link.name, link.town, link.evidence)
            for link in found[one.client_id]
        )
        for one in shown
    )


def count_waiting(session: Session, *, workspace_id: int) -> int:
    """Return how many clients have a suggestion that waits for finance."""
    query = select(func.count()).select_from(Client)
    waiting = query.where(*_without_siren(workspace_id), _waits(workspace_id))
    return int(session.scalar(waiting) or 0)


def find_evidence(
    session: Session, *, workspace_id: int, client_id: int, siren: str
) -> Mapping[str, Any]:
    """Return the evidence of a link; nothing when goodcop never suggested it."""
    query = select(col(SirenLink.evidence)).where(
        *_of_client(workspace_id, client_id), col(SirenLink.siren) == siren
    )
    return session.scalar(query) or {}


def is_rejected(session: Session, *, workspace_id: int, client_id: int, siren: str) -> bool:
    """Say whether finance answered that this company is not the client."""
    query = select(col(SirenLink.id)).where(
        *_of_client(workspace_id, client_id),
        col(SirenLink.siren) == siren,
        col(SirenLink.state) == LinkState.REJECTED.value,
    )
    return session.scalar(query) is not None


def decide(
    session: Session,
    *,
    workspace_id: int,
    client_id: int,
    siren: str | None,
    by_id: int | None,
    at: datetime,
) -> int:
    """Confirm the link to `siren` and reject the client's others (None: all); return how many."""
    confirmed = 0
    said = {"decided_by_id": by_id, "decided_at": at}
    mine = _of_client(workspace_id, client_id)
    if siren is not None:
        chosen = update(SirenLink).where(*mine, col(SirenLink.siren) == siren)
        chosen = chosen.values(state=LinkState.CONFIRMED.value, **said)
        confirmed = session.connection().execute(chosen).rowcount
    others = update(SirenLink).where(*mine, col(SirenLink.state) == LinkState.SUGGESTED.value)
    others = others.values(state=LinkState.REJECTED.value, **said)
    return confirmed + session.connection().execute(others).rowcount


def set_siren(session: Session, *, workspace_id: int, client_id: int, siren: str) -> bool:
    """Give a client its SIREN; False when it already had one."""
    statement = update(Client).where(*_without_siren(workspace_id), col(Client.id) == client_id)
    return bool(session.connection().execute(statement.values(siren=siren)).rowcount)


def forget_clients(session: Session, *, workspace_id: int, client_ids: Sequence[int]) -> None:
    """Take back what was only guessed about clients, so that nothing refers to them."""
    for table in (SirenSearch, SirenLink):
        statement = delete(table).where(
            col(table.workspace_id) == workspace_id,
            among(session, col(table.client_id), client_ids),
        )
        if table is SirenLink:
            statement = statement.where(col(SirenLink.state) != LinkState.CONFIRMED.value)
        session.execute(statement.execution_options(synchronize_session=False))


_CLIENT: tuple[Any, ...] = (col(Client.id), col(Client.code), col(Client.name), col(Client.town))


def _without_siren(workspace_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(Client.workspace_id) == workspace_id, col(Client.siren).is_(None)


def _of_client(workspace_id: int, client_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(SirenLink.workspace_id) == workspace_id, col(SirenLink.client_id) == client_id


def _waits(workspace_id: int) -> ColumnElement[bool]:
    return exists().where(
        col(SirenLink.workspace_id) == workspace_id,
        col(SirenLink.client_id) == col(Client.id),
        col(SirenLink.state) == LinkState.SUGGESTED.value,
    )
