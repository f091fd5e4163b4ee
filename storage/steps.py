"""The steps made for clients: written once, moved on by people, the outbox and payments."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlmodel import Session, col

from bot.domain.dunning.scenarios import Channel, StepActor, StepState, Tone
from storage.among import among
from storage.follow_ups import vault_of
from storage.tables.dunning import StepRow
from storage.tables.ledger import Client

WAITING = (StepState.DUE.value, StepState.DRAFTED.value, StepState.QUEUED.value)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as it stands; `words` is what a person made of its draft."""

    id: int
    client_id: int
    client: str
    owner_id: int | None
    episode: int
    step_key: str
    profile: str
    level: int
    actor: StepActor
    channel: Channel
    tone: Tone
    contact: str
    text_key: str
    without_address: bool
    person_id: int | None
    state: StepState
    reason: str
    item_ids: tuple[int, ...]
    totals: dict[str, int]
    planned_on: date
    words: str
    changed_at: datetime
    done_by_id: int | None


def list_waiting(
    session: Session,
    *,
    workspace_id: int,
    person_ids: Collection[int] | None = None,
    finance: bool = False,
    client_id: int | None = None,
) -> tuple[StepLine, ...]:
    """Return the steps that wait: people's, finance's (nobody's own) or everyone's; oldest first.

    `client_id` limits them to one client.
    """
    query = _lines(workspace_id).where(col(StepRow.state).in_(WAITING))
    if person_ids is not None:
        query = query.where(col(StepRow.person_id).in_(person_ids))
    elif finance:
        query = query.where(col(StepRow.person_id).is_(None))
    if client_id is not None:
        query = query.where(col(StepRow.client_id) == client_id)
    rows = session.execute(query.order_by(col(StepRow.planned_on), col(StepRow.id)))
    return tuple(_line(session, *row) for row in rows)


def list_unsent(
    session: Session, *, workspace_id: int, client_ids: Sequence[int], made_at: datetime
) -> tuple[StepLine, ...]:
    """Return the steps of these clients whose e-mail is to leave by itself, made at an instant."""
    query = _lines(workspace_id).where(
        among(session, col(StepRow.client_id), client_ids),
        col(StepRow.state) == StepState.QUEUED.value,
        col(StepRow.changed_at) == made_at,
    )
    rows = session.execute(query.order_by(col(StepRow.id)))
    return tuple(_line(session, *row) for row in rows)


def list_of_client(session: Session, *, workspace_id: int, client_id: int) -> tuple[StepLine, ...]:
    """Return every step made for a client, newest first."""
    query = _lines(workspace_id).where(col(StepRow.client_id) == client_id)
    rows = session.execute(query.order_by(col(StepRow.planned_on).desc(), col(StepRow.id).desc()))
    return tuple(_line(session, *row) for row in rows)


def find_step(session: Session, *, workspace_id: int, id: int) -> StepLine | None:
    """Return one step, or None."""
    row = session.execute(_lines(workspace_id).where(col(StepRow.id) == id)).first()
    return None if row is None else _line(session, *row)


def move(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    to: StepState,
    now: datetime,
    done_on: date | None = None,
    by_id: int | None = None,
    reason: str = "",
    words: str | None = None,
    among_states: Sequence[str] = WAITING,
) -> bool:
    """Move a step that still waits to another state; return False when it was moved before."""
    values: dict[str, Any] = {
        "state": to.value,
        "changed_at": now,
        "reason": reason,
        "done_on": done_on,
        "done_by_id": by_id,
    }
    if words is not None:
        values["words_sealed"] = vault_of(session).seal(workspace_id, words)
    statement = (
        update(StepRow)
        .where(
            col(StepRow.workspace_id) == workspace_id,
            col(StepRow.id) == id,
            col(StepRow.state).in_(among_states),
        )
        .values(**values)
    )
    result: CursorResult[Any] = session.execute(statement)  # type: ignore[assignment]
    return result.rowcount == 1


def lose_address(session: Session, *, workspace_id: int, id: int, now: datetime) -> None:
    """Make of an e-mail that nobody can receive a to-do: an address is to be found."""
    session.execute(
        update(StepRow)
        .where(col(StepRow.workspace_id) == workspace_id, col(StepRow.id) == id)
        .values(state=StepState.DUE.value, without_address=True, changed_at=now)
    )


def _lines(workspace_id: int) -> Any:
    return (
        select(StepRow, col(Client.name), col(Client.owner_id))
        .join(
            Client,
            (col(Client.workspace_id) == col(StepRow.workspace_id))
            & (col(Client.id) == col(StepRow.client_id)),
        )
        .where(col(StepRow.workspace_id) == workspace_id)
    )


def _line(session: Session, row: StepRow, client: str, owner_id: int | None) -> StepLine:
    return StepLine(
        row.id,
        row.client_id,
        client,
        owner_id,
        row.episode,
        row.step_key,
        row.profile,
        row.level,
        StepActor(row.actor),
        Channel(row.channel),
        Tone(row.tone),
        row.contact,
        row.text_key,
        row.without_address,
        row.person_id,
        StepState(row.state),
        row.reason,
        tuple(row.item_ids),
        dict(row.totals),
        row.planned_on,
        vault_of(session).unseal(row.workspace_id, row.words_sealed),
        row.changed_at,
        row.done_by_id,
    )
