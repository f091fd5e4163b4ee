"""The insurers' clocks on clients: made anew each night, read by alerts, cards and digests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlmodel import Session, col

from storage.among import among
from storage.ids import new_id
from storage.tables.follow_ups import CoverDeadline
from storage.tables.ledger import Client, OpenItem
from storage.tables.solvency import InsurerCover
from storage.tables.workspaces import Person


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One client's clock; `minor` is the item it is about."""

    client_id: int
    step: str
    until_on: date
    covered_until: date
    minor: int
    currency: str
    is_alarming: bool


class InsuredClient(NamedTuple):
    """A client that a policy in force covers."""

    client_id: int
    insurer: str
    policy: str


class UnpaidRow(NamedTuple):
    """An open invoice of an insured client."""

    client_id: int
    number: str
    issued_on: date
    due_on: date
    open_minor: int
    currency: str


class DeadlineLine(NamedTuple):
    """A clock in finance's digest."""

    client_id: int
    client: str
    owner: str
    step: str
    until_on: date
    covered_until: date
    minor: int
    currency: str


def list_insured(
    session: Session, *, workspace_id: int, today: date, client_id: int | None = None
) -> list[InsuredClient]:
    """Return the clients covered today (or one of them) with their policies, by client."""
    query = (
        select(col(Client.id), col(InsurerCover.insurer), col(InsurerCover.policy))
        .join(
            InsurerCover,
            and_(
                col(InsurerCover.workspace_id) == col(Client.workspace_id),
                col(InsurerCover.siren) == col(Client.siren),
            ),
        )
        .where(
            col(Client.workspace_id) == workspace_id,
            col(InsurerCover.granted_minor) > 0,
            or_(col(InsurerCover.valid_until).is_(None), col(InsurerCover.valid_until) >= today),
        )
        .order_by(col(Client.id), col(InsurerCover.insurer), col(InsurerCover.policy))
    )
    if client_id is not None:
        query = query.where(col(Client.id) == client_id)
    return [InsuredClient(*row) for row in session.execute(query)]


def list_unpaid(
    session: Session, *, workspace_id: int, client_ids: Sequence[int]
) -> list[UnpaidRow]:
    """Return what these clients have not paid, invoices alone, the first due first."""
    query = (
        select(
            col(OpenItem.client_id),
            col(OpenItem.number),
            col(OpenItem.issued_on),
            col(OpenItem.due_on),
            col(OpenItem.open_minor),
            col(OpenItem.currency),
        )
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            among(session, col(OpenItem.client_id), client_ids),
            col(OpenItem.open_minor) > 0,
        )
        .order_by(col(OpenItem.due_on), col(OpenItem.id))
    )
    return [UnpaidRow(*row) for row in session.execute(query)]


def list_declared(session: Session, *, workspace_id: int) -> dict[int, date]:
    """Return until when what fell due was declared to the insurer, by client."""
    query = select(col(CoverDeadline.client_id), col(CoverDeadline.declared_on)).where(
        col(CoverDeadline.workspace_id) == workspace_id, col(CoverDeadline.declared_on).is_not(None)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def replace_clocks(session: Session, *, workspace_id: int, rows: Iterable[ClockRow]) -> None:
    """Write every clock of a workspace in the place of those before; declarations are kept."""
    declared = list_declared(session, workspace_id=workspace_id)
    session.execute(delete(CoverDeadline).where(col(CoverDeadline.workspace_id) == workspace_id))
    for row in rows:
        session.add(
            CoverDeadline(
                workspace_id=workspace_id,
                id=new_id(),
                client_id=row.client_id,
                step=row.step,
                until_on=row.until_on,
                covered_until=row.covered_until,
                minor=row.minor,
                currency=row.currency,
                is_alarming=row.is_alarming,
                declared_on=declared.get(row.client_id),
            )
        )
    session.flush()


def mark_declared(session: Session, *, workspace_id: int, client_id: int, on: date) -> bool:
    """Remember that what fell due was declared; return False when no clock runs."""
    statement = (
        update(CoverDeadline)
        .where(
            col(CoverDeadline.workspace_id) == workspace_id,
            col(CoverDeadline.client_id) == client_id,
        )
        .values(declared_on=on)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def list_deadlines(session: Session, *, workspace_id: int, until: date) -> list[DeadlineLine]:
    """Return the clocks whose cover ends by a day, soonest first, with the client and its owner."""
    owner = and_(
        col(Person.workspace_id) == col(Client.workspace_id), col(Person.id) == col(Client.owner_id)
    )
    query = (
        select(
            col(Client.id),
            col(Client.name),
            col(Person.name),
            col(CoverDeadline.step),
            col(CoverDeadline.until_on),
            col(CoverDeadline.covered_until),
            col(CoverDeadline.minor),
            col(CoverDeadline.currency),
        )
        .join(
            Client,
            and_(
                col(Client.workspace_id) == col(CoverDeadline.workspace_id),
                col(Client.id) == col(CoverDeadline.client_id),
            ),
        )
        .outerjoin(Person, owner)
        .where(
            col(CoverDeadline.workspace_id) == workspace_id,
            col(CoverDeadline.covered_until) <= until,
        )
        .order_by(col(CoverDeadline.covered_until), col(Client.id))
    )
    return [DeadlineLine(row[0], row[1], row[2] or "", *row[3:]) for row in session.execute(query)]


def list_alarming(session: Session, *, workspace_id: int) -> frozenset[int]:
    """Return the clients whose cover is lost, or nearly."""
    query = select(col(CoverDeadline.client_id)).where(
        col(CoverDeadline.workspace_id) == workspace_id, col(CoverDeadline.is_alarming)
    )
    return frozenset(session.scalars(query))


def list_withdrawn(session: Session, *, workspace_id: int) -> Mapping[int, date]:
    """Return since when the cover of each client that lost it is gone."""
    query = select(col(CoverDeadline.client_id), col(CoverDeadline.until_on)).where(
        col(CoverDeadline.workspace_id) == workspace_id, col(CoverDeadline.step) == "cancelled"
    )
    return {row[0]: row[1] for row in session.execute(query)}
