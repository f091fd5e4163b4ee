"""Who is followed: every client with a SIREN, and the prospects somebody chose to watch."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, CursorResult, String, bindparam, delete, select, union
from sqlmodel import Session, col

from storage.once import insert_once
from storage.prepared import Prepared
from storage.tables.ledger import Client
from storage.tables.solvency import Watch


@dataclass(frozen=True, slots=True)
class Followed:
    """Why a company is followed: the client account, or the person who watches it."""

    siren: str
    name: str
    client_id: int | None
    person_id: int | None


def watch(
    session: Session, *, workspace_id: int, siren: str, name: str, person_id: int, at: datetime
) -> bool:
    """Follow a company for a person; return False when they already did."""
    values = {
        "workspace_id": workspace_id,
        "siren": siren,
        "name": name,
        "person_id": person_id,
        "since": at,
    }
    return insert_once(session, Watch, values) is not None


def unwatch(session: Session, *, workspace_id: int, siren: str, person_id: int) -> bool:
    """Stop following; return False when they did not."""
    statement = delete(Watch).where(
        col(Watch.workspace_id) == workspace_id,
        col(Watch.siren) == siren,
        col(Watch.person_id) == person_id,
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def is_watched(session: Session, *, workspace_id: int, siren: str, person_id: int) -> bool:
    """Say whether a person follows a company."""
    asked = {"of_workspace": workspace_id, "of_siren": siren, "of_person": person_id}
    return bool(_WATCHED.rows(session, **asked))


def list_followed_sirens(session: Session, *, workspace_id: int) -> frozenset[str]:
    """Return every SIREN followed in a workspace."""
    of_clients = select(col(Client.siren)).where(
        col(Client.workspace_id) == workspace_id, col(Client.siren).is_not(None)
    )
    of_people = select(col(Watch.siren)).where(col(Watch.workspace_id) == workspace_id)
    return frozenset(siren for siren in session.scalars(union(of_clients, of_people)) if siren)


def list_followers(session: Session, *, workspace_id: int, siren: str) -> tuple[Followed, ...]:
    """Return the client accounts of a SIREN with their owners, then the people who watch it."""
    accounts = select(
        col(Client.siren), col(Client.name), col(Client.id), col(Client.owner_id)
    ).where(col(Client.workspace_id) == workspace_id, col(Client.siren) == siren)
    people = select(col(Watch.siren), col(Watch.name), col(Watch.person_id)).where(
        col(Watch.workspace_id) == workspace_id, col(Watch.siren) == siren
    )
    followed = [Followed(*row) for row in session.execute(accounts.order_by(col(Client.id)))]
    watching = session.execute(people.order_by(col(Watch.id)))
    return (*followed, *(Followed(row[0], row[1], None, row[2]) for row in watching))


_WATCHED = Prepared(
    select(col(Watch.id)).where(
        col(Watch.workspace_id) == bindparam("of_workspace", type_=BigInteger),
        col(Watch.siren) == bindparam("of_siren", type_=String),
        col(Watch.person_id) == bindparam("of_person", type_=BigInteger),
    )
)
