"""Which clients the planning of steps must look at, what it found, and when it last ran."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from bot.domain.dunning.planning import Outcome, Plan
from storage.among import among
from storage.driver import PreparedWrite, instant, rows_of
from storage.ids import new_id, new_ids
from storage.once import insert_of
from storage.tables.dunning import NextStep, StepPlanning

# What may bring a client's next step forward, or make void what waits.
_LOOKED = """
SELECT client_id FROM next_step {look}
WHERE workspace_id = :workspace_id AND look_on <= :today
UNION SELECT client_id FROM promise WHERE workspace_id = :workspace_id AND judged_at >= :since
UNION SELECT client_id FROM dispute
WHERE workspace_id = :workspace_id AND (opened_at >= :since OR resolved_at >= :since)
UNION SELECT client_id FROM hold
WHERE workspace_id = :workspace_id AND (made_at >= :since OR lifted_at >= :since)
UNION SELECT client_id FROM alert WHERE workspace_id = :workspace_id AND state_at >= :since
UNION SELECT client_id FROM item_state
WHERE workspace_id = :workspace_id AND (made_at >= :since OR ended_at >= :since)
UNION SELECT client_id FROM step {changed}
WHERE workspace_id = :workspace_id AND changed_at >= :since
"""
# Books say themselves whom they touched (`note_books`); a client file or an undo may touch anyone.
_REDRAWN = """
SELECT 1 FROM import_run WHERE workspace_id = :workspace_id
AND ((applied_at >= :since AND kind IN ('clients', 'people', 'e_invoice')) OR undone_at >= :since)
"""
_DEBTORS = """
SELECT DISTINCT client_id FROM open_item {open}
WHERE workspace_id = :workspace_id AND open_minor <> 0 AND open_minor > 0
UNION SELECT client_id FROM next_step WHERE workspace_id = :workspace_id
"""
_CREDITS = """
SELECT COUNT(*) FROM open_item {open}
WHERE workspace_id = :workspace_id AND open_minor <> 0 AND open_minor < 0
"""


@dataclass(frozen=True, slots=True)
class LastPlanning:
    """When steps were last planned, for which day, by which rules."""

    on: date
    at: datetime
    rules: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A client's plan, to be remembered as what comes next."""

    client_id: int
    profile: str
    plan: Plan


def find_last(session: Session, *, workspace_id: int) -> LastPlanning | None:
    """Return the last planning, or None before the first."""
    query = select(
        col(StepPlanning.planned_on), col(StepPlanning.planned_at), col(StepPlanning.rules)
    ).where(col(StepPlanning.workspace_id) == workspace_id)
    row = session.execute(query).first()
    return None if row is None else LastPlanning(*row)


def mark_planned(
    session: Session, *, workspace_id: int, today: date, now: datetime, rules: str
) -> None:
    """Remember a planning that went through every client it had to."""
    values = {"planned_on": today, "planned_at": now, "rules": rules}
    insert = insert_of(session.get_bind().dialect.name)(StepPlanning)
    statement = insert.values(workspace_id=workspace_id, id=new_id(), **values)
    session.execute(statement.on_conflict_do_update(index_elements=["workspace_id"], set_=values))


def list_looked_ids(
    session: Session, *, workspace_id: int, today: date, since: datetime
) -> list[int]:
    """Return the clients whose day has come, or of whom something changed `since`; rising."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    sql = _LOOKED.format(
        look="INDEXED BY ix_next_step_look_on" if sqlite else "",
        changed="INDEXED BY ix_step_changed" if sqlite else "",
    )
    values = {
        "workspace_id": workspace_id,
        "today": today.toordinal(),
        "since": instant(session, since),
    }
    return sorted(id for (id,) in rows_of(session, sql, values))


def was_redrawn_since(session: Session, *, workspace_id: int, since: datetime) -> bool:
    """Say whether something came in since an instant that may concern any client."""
    values = {"workspace_id": workspace_id, "since": instant(session, since)}
    return next(rows_of(session, _REDRAWN, values), None) is not None


def list_debtor_ids(session: Session, *, workspace_id: int) -> list[int]:
    """Return every client that owes something, or that something was planned for; rising."""
    sql = _DEBTORS.format(open=_open(session))
    return sorted(id for (id,) in rows_of(session, sql, {"workspace_id": workspace_id}))


def count_credits(session: Session, *, workspace_id: int) -> int:
    """Return how many open items are credits."""
    sql = _CREDITS.format(open=_open(session))
    return int(next(rows_of(session, sql, {"workspace_id": workspace_id}))[0])


def keep_next(
    session: Session, *, workspace_id: int, today: date, plans: Sequence[Planned]
) -> None:
    """Keep what comes next for each client, in the place of what was kept before."""
    rows = [
        {
            "workspace_id": workspace_id,
            "id": id,
            "client_id": one.client_id,
            "outcome": one.plan.outcome.value,
            "because": one.plan.because.value,
            "profile": one.profile,
            "look_on": _look_on(one.plan),
            "step_key": one.plan.step.key if one.plan.step else "",
            "actor": one.plan.actor.value if one.plan.actor else "",
            "without_address": one.plan.without_address,
            "planned_on": today,
        }
        for id, one in zip(new_ids(len(plans)), plans, strict=True)
    ]
    _KEEP.run_all(session, rows)


def forget_clients(session: Session, *, workspace_id: int, client_ids: Sequence[int]) -> None:
    """Drop what was planned for clients that an undo takes away; the next planning keeps it anew.

    What was said to them, their steps, stays.
    """
    session.execute(
        delete(NextStep).where(
            col(NextStep.workspace_id) == workspace_id,
            among(session, col(NextStep.client_id), client_ids),
        )
    )


def _look_on(plan: Plan) -> date | None:
    """Return the day to look again; a step that waits for somebody is looked at when it moves."""
    waits = plan.outcome is Outcome.WAITING and plan.items and plan.on is not None
    in_flight = waits and plan.because.value in ("approval", "in_outbox")
    return None if in_flight else plan.on


def _open(session: Session) -> str:
    sqlite = session.get_bind().dialect.name == "sqlite"
    return "INDEXED BY ix_open_item_open" if sqlite else ""


_KEPT = (
    "outcome",
    "because",
    "profile",
    "look_on",
    "step_key",
    "actor",
    "without_address",
    "planned_on",
)


def _keep(name: str) -> Any:
    table = NextStep.__table__  # type: ignore[attr-defined]
    names = ("workspace_id", "id", "client_id", *_KEPT)
    statement = insert_of(name)(table).values(
        {column: bindparam(column, type_=table.c[column].type) for column in names}
    )
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "client_id"],
        set_={column: statement.excluded[column] for column in _KEPT},
    )


_KEEP = PreparedWrite(_keep)
