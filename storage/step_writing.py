"""Writing steps: once each whatever runs twice, those before them closed, those paid cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from bot.domain.dunning.facts import Made
from bot.domain.dunning.scenarios import Channel, Mode, StepActor, StepState, Tone
from storage.among import among, literals
from storage.driver import PreparedWrite
from storage.ids import new_ids
from storage.once import insert_of
from storage.steps import WAITING
from storage.tables.dunning import StepRow


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
