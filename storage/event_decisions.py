"""What is decided after a bad event: asked once per notice, answered once, the words sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, select, update
from sqlmodel import Session, col

from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.prepared import Prepared
from storage.tables.solvency import EventDecision


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A question about an event as it stands; `course` is empty until decided."""

    id: int
    siren: str
    notice_id: str
    course: str
    words: str
    asked_at: datetime
    decided_by_id: int | None
    decided_at: datetime | None
    lifted_by_id: int | None = None


def ask_decision(
    session: Session, *, workspace_id: int, siren: str, notice_id: str, at: datetime
) -> int | None:
    """Ask what to do after an event; return the question's id, or None when it was asked before."""
    values = {
        "workspace_id": workspace_id,
        "siren": siren,
        "notice_id": notice_id,
        "asked_at": at,
    }
    return insert_once(session, EventDecision, values)


def find_decision(session: Session, *, workspace_id: int, id: int) -> DecisionLine | None:
    """Return one question as it is now, or None."""
    row = session.get(EventDecision, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def find_latest_course(session: Session, *, workspace_id: int, siren: str) -> DecisionLine | None:
    """Return the last decision about a company not lifted, or None; asked at every card."""
    rows = _LATEST.rows(session, the_workspace_id=workspace_id, the_siren=siren)
    if not rows:
        return None
    id, notice_id, course, sealed, asked_at, by_id, decided_at = rows[0]
    words = vault_of(session).unseal(workspace_id, sealed)
    return DecisionLine(id, siren, notice_id, course, words, asked_at, by_id, decided_at)


def list_undecided(session: Session, *, workspace_id: int) -> tuple[DecisionLine, ...]:
    """Return the questions nobody answered, oldest first."""
    query = (
        select(EventDecision)
        .where(col(EventDecision.workspace_id) == workspace_id, col(EventDecision.course) == "")
        .order_by(col(EventDecision.asked_at), col(EventDecision.id))
    )
    return tuple(_line(session, row) for row in session.scalars(query))


def decide(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    course: str,
    words: str,
    by_id: int | None,
    at: datetime,
) -> bool:
    """Write a decision down; return False when one was taken before."""
    statement = (
        update(EventDecision)
        .where(
            col(EventDecision.workspace_id) == workspace_id,
            col(EventDecision.id) == id,
            col(EventDecision.course) == "",
        )
        .values(
            course=course,
            words_sealed=vault_of(session).seal(workspace_id, words),
            decided_by_id=by_id,
            decided_at=at,
        )
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def list_stopped(session: Session, *, workspace_id: int, since: datetime) -> dict[str, str]:
    """Return the latest course of each company decided since, not lifted: conditions or stop."""
    query = (
        select(col(EventDecision.siren), col(EventDecision.course))
        .where(
            col(EventDecision.workspace_id) == workspace_id,
            col(EventDecision.course) != "",
            col(EventDecision.lifted_at).is_(None),
            col(EventDecision.decided_at) >= since,
        )
        .order_by(col(EventDecision.decided_at), col(EventDecision.id))
    )
    latest: dict[str, str] = {}
    for siren, course in session.execute(query):
        latest[siren] = course
    return {siren: course for siren, course in latest.items() if course != "continue"}


def lift(
    session: Session, *, workspace_id: int, siren: str, by_id: int | None, at: datetime
) -> int:
    """Lift what was decided about a company, older decisions too; return how many were."""
    statement = (
        update(EventDecision)
        .where(
            col(EventDecision.workspace_id) == workspace_id,
            col(EventDecision.siren) == siren,
            col(EventDecision.course).in_(("conditions", "stop")),
            col(EventDecision.lifted_at).is_(None),
        )
        .values(lifted_by_id=by_id, lifted_at=at)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def mark_claimed(session: Session, *, workspace_id: int, id: int, on: date) -> None:
    """Remember that the claim in the proceeding of this question was declared."""
    session.execute(
        update(EventDecision)
        .where(col(EventDecision.workspace_id) == workspace_id, col(EventDecision.id) == id)
        .values(claimed_on=on)
    )


def find_claimed_on(session: Session, *, workspace_id: int, siren: str) -> date | None:
    """Return when a claim was last declared against a company, or None."""
    query = (
        select(col(EventDecision.claimed_on))
        .where(
            col(EventDecision.workspace_id) == workspace_id,
            col(EventDecision.siren) == siren,
            col(EventDecision.claimed_on).is_not(None),
        )
        .order_by(col(EventDecision.claimed_on).desc())
        .limit(1)
    )
    return session.scalars(query).first()


def _line(session: Session, row: EventDecision) -> DecisionLine:
    return DecisionLine(
        row.id,
        row.siren,
        row.notice_id,
        row.course,
        vault_of(session).unseal(row.workspace_id, row.words_sealed),
        row.asked_at,
        row.decided_by_id,
        row.decided_at,
        row.lifted_by_id,
    )


_c = EventDecision.__table__.c  # type: ignore[attr-defined]
_LATEST = Prepared(
    select(
        _c.id,
        _c.notice_id,
        _c.course,
        _c.words_sealed,
        _c.asked_at,
        _c.decided_by_id,
        _c.decided_at,
    )
    .where(
        _c.workspace_id == bindparam("the_workspace_id"),
        _c.siren == bindparam("the_siren"),
        _c.course != "",
        _c.lifted_at.is_(None),
    )
    .order_by(_c.decided_at.desc(), _c.id.desc())
    .limit(1)
)
