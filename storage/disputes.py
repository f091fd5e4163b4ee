"""Disputes: what a client contests, until it is settled; texts sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, func, select, update
from sqlmodel import Session, col

from bot.domain.follow_ups import NewDispute
from bot.domain.lifecycle import DisputeOutcome, DisputeState
from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.tables.follow_ups import Dispute
from storage.tables.ledger import OpenItem


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute as it stands, its reason open."""

    id: int
    client_id: int
    alert_id: int | None
    by_id: int | None
    reason: str
    item_ids: tuple[int, ...]
    minor: int
    currency: str
    due_on: date
    state: DisputeState
    opened_at: datetime
    outcome: DisputeOutcome | None = None


def add_dispute(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    alert_id: int | None,
    note_id: int | None,
    by_id: int | None,
    owner_id: int | None,
    dispute: NewDispute,
    at: datetime,
) -> int | None:
    """Open a dispute that `owner_id` settles; return its id, or None when its key was there."""
    return insert_once(
        session,
        Dispute,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "alert_id": alert_id,
            "note_id": note_id,
            "by_id": by_id,
            "owner_id": owner_id,
            "reason_sealed": vault_of(session).seal(workspace_id, dispute.reason),
            "open_item_ids": list(dispute.item_ids),
            "minor": dispute.minor,
            "currency": dispute.currency,
            "due_on": dispute.due_on,
            "opened_at": at,
        },
    )


def get_dispute(session: Session, *, workspace_id: int, id: int) -> DisputeLine | None:
    """Return one dispute, or None."""
    row = session.get(Dispute, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def list_disputes(
    session: Session, *, workspace_id: int, client_id: int
) -> tuple[DisputeLine, ...]:
    """Return a client's disputes, newest first, resolved ones too."""
    query = _of(workspace_id).where(col(Dispute.client_id) == client_id)
    return _lines(session, query.order_by(col(Dispute.id).desc()))


def count_open_disputes(session: Session, *, workspace_id: int, client_id: int) -> int:
    """Return how many of a client's disputes are still open."""
    query = select(func.count()).where(
        col(Dispute.workspace_id) == workspace_id,
        col(Dispute.client_id) == client_id,
        col(Dispute.state) == DisputeState.OPEN.value,
    )
    return session.scalar(query) or 0


def resolve_dispute(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    at: datetime,
    outcome: DisputeOutcome | None = None,
) -> bool:
    """Close an open dispute (without `outcome`: as agreed); False when it was closed before."""
    values: dict[str, Any] = {"state": DisputeState.RESOLVED.value, "resolved_at": at}
    if outcome is not None:
        values["outcome"] = outcome.value
    return _change(session, workspace_id, id, values)


def await_credit_note(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    outcome: DisputeOutcome,
    minor: int,
    due_on: date,
) -> bool:
    """Have an open dispute wait for its credit note; return False when it was settled before."""
    values = {"outcome": outcome.value, "minor": minor, "due_on": due_on}
    return _change(session, workspace_id, id, values, col(Dispute.outcome) == "")


def reopen_dispute(session: Session, *, workspace_id: int, id: int) -> None:
    """Have a dispute wait again for its credit note, as it did before."""
    session.execute(
        update(Dispute)
        .where(
            col(Dispute.workspace_id) == workspace_id,
            col(Dispute.id) == id,
            col(Dispute.state) == DisputeState.RESOLVED.value,
        )
        .values(state=DisputeState.OPEN.value, resolved_at=None)
    )


def _change(
    session: Session,
    workspace_id: int,
    id: int,
    values: dict[str, Any],
    *where: ColumnElement[bool],
) -> bool:
    """Change an open dispute; return False when it is open no more."""
    statement = (
        update(Dispute)
        .where(
            col(Dispute.workspace_id) == workspace_id,
            col(Dispute.id) == id,
            col(Dispute.state) == DisputeState.OPEN.value,
            *where,
        )
        .values(**values)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def sum_open_items(
    session: Session, *, workspace_id: int, client_id: int, ids: Iterable[int], currency: str
) -> int:
    """Return the open sum of those of `ids` that are this client's, in that currency."""
    query = select(func.sum(OpenItem.open_minor)).where(
        col(OpenItem.workspace_id) == workspace_id,
        col(OpenItem.client_id) == client_id,
        col(OpenItem.currency) == currency,
        col(OpenItem.id).in_(list(ids)),
    )
    return int(session.scalar(query) or 0)


def _of(workspace_id: int) -> Select[Dispute]:
    return select(Dispute).where(col(Dispute.workspace_id) == workspace_id)


def _lines(session: Session, query: Select[Dispute]) -> tuple[DisputeLine, ...]:
    return tuple(_line(session, row) for row in session.scalars(query))


def _line(session: Session, row: Dispute) -> DisputeLine:
    return DisputeLine(
        row.id,
        row.client_id,
        row.alert_id,
        row.by_id,
        vault_of(session).unseal(row.workspace_id, row.reason_sealed),
        tuple(int(id) for id in row.open_item_ids),
        row.minor,
        row.currency,
        row.due_on,
        DisputeState(row.state),
        row.opened_at,
        DisputeOutcome(row.outcome) if row.outcome else None,
    )
