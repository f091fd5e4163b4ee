"""The steps made for clients: written once, moved on by people, the outbox and payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, select, update
from sqlmodel import Session, col

from bot.domain.dunning.facts import Made
from bot.domain.dunning.scenarios import Channel, Mode, StepActor, StepState, Tone
from storage.among import among, literals
from storage.driver import PreparedWrite
from storage.follow_ups import vault_of
from storage.ids import new_ids
from storage.once import insert_of
from storage.tables.dunning import StepRow
from storage.tables.ledger import Client

WAITING = (StepState.DUE.value, StepState.DRAFTED.value, StepState.QUEUED.value)


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to be written; `totals` are minor units by currency."""

    client_id: int
    episode: int
    step_key: str
    profile: str
    level: int
    offset_days: int
    actor: StepActor
    channel: Channel
    tone: Tone
    mode: Mode
    contact: str
    text_key: str
    without_address: bool
    person_id: int | None
    state: StepState
    item_ids: tuple[int, ...]
    totals: dict[str, int]


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


def add_steps(
    session: Session, *, workspace_id: int, today: date, now: datetime, steps: Sequence[NewStep]
) -> None:
    """Write steps; one that its client's episode has already stays as it is, unless cancelled."""
    rows = [
        {
            "workspace_id": workspace_id,
            "id": id,
            "client_id": one.client_id,
            "episode": one.episode,
            "step_key": one.step_key,
            "profile": one.profile,
            "level": one.level,
            "offset_days": one.offset_days,
            "actor": one.actor.value,
            "channel": one.channel.value,
            "tone": one.tone.value,
            "mode": one.mode.value,
            "contact": one.contact,
            "text_key": one.text_key,
            "without_address": one.without_address,
            "person_id": one.person_id,
            "state": one.state.value,
            "item_ids": list(one.item_ids),
            "totals": one.totals,
            "planned_on": today,
            "made_at": now,
            "changed_at": now,
        }
        for id, one in zip(new_ids(len(steps)), steps, strict=True)
    ]
    _ADD.run_all(session, rows)


def overtake(
    session: Session, *, workspace_id: int, client_ids: Sequence[int], now: datetime
) -> None:
    """Close the to-dos of people that a later step of the same client overtakes."""
    session.execute(
        update(StepRow)
        .where(
            col(StepRow.workspace_id) == workspace_id,
            among(session, col(StepRow.client_id), client_ids),
            col(StepRow.state) == StepState.DUE.value,
        )
        .values(state=StepState.OVERTAKEN.value, changed_at=now)
    )


def cancel(
    session: Session,
    *,
    workspace_id: int,
    dropped: Sequence[tuple[int, Made]],
    now: datetime,
) -> None:
    """Cancel steps of clients that wait though nothing they named may be asked for any more."""
    rows = [
        {
            "the_workspace_id": workspace_id,
            "the_client_id": client_id,
            "the_episode": made.episode,
            "the_step_key": made.key,
            "changed_at": now,
        }
        for client_id, made in dropped
    ]
    _CANCEL.run_all(session, rows)


def list_waiting(
    session: Session,
    *,
    workspace_id: int,
    person_id: int | None = None,
    finance: bool = False,
    client_id: int | None = None,
) -> tuple[StepLine, ...]:
    """Return the steps that wait: a person's, finance's (nobody's own) or everyone's; oldest first.

    `client_id` limits them to one client.
    """
    query = _lines(workspace_id).where(col(StepRow.state).in_(WAITING))
    if person_id is not None:
        query = query.where(col(StepRow.person_id) == person_id)
    elif finance:
        query = query.where(col(StepRow.person_id).is_(None))
    if client_id is not None:
        query = query.where(col(StepRow.client_id) == client_id)
    rows = session.execute(query.order_by(col(StepRow.planned_on), col(StepRow.id)))
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
    )


_RENEWED = ("state", "item_ids", "totals", "planned_on", "person_id", "actor", "changed_at")
_GIVEN = (
    "workspace_id", "id", "client_id", "episode", "step_key", "profile", "level", "offset_days",
    "actor", "channel", "tone", "mode", "contact", "text_key", "without_address", "person_id",
    "state", "item_ids", "totals", "planned_on", "made_at", "changed_at",
)  # fmt: skip


def _add(name: str) -> Any:
    table = StepRow.__table__  # type: ignore[attr-defined]
    given = {column: bindparam(column, type_=table.c[column].type) for column in _GIVEN}
    statement = insert_of(name)(table).values(**given, reason="", words_sealed="")
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "client_id", "episode", "step_key"],
        set_={column: statement.excluded[column] for column in _RENEWED},
        where=table.c.state == StepState.CANCELLED.value,
    )


_ADD = PreparedWrite(_add)


def _cancel(_: str) -> Any:
    table = StepRow.__table__  # type: ignore[attr-defined]
    given = {
        name: bindparam(f"the_{name}", type_=table.c[name].type)
        for name in ("workspace_id", "client_id", "episode", "step_key")
    }
    return (
        update(table)
        .where(*(table.c[name] == value for name, value in given.items()))
        .where(table.c.state.in_(literals(WAITING)))
        .values(
            state=StepState.CANCELLED.value,
            changed_at=bindparam("changed_at", type_=table.c.changed_at.type),
        )
    )


_CANCEL = PreparedWrite(_cancel)
