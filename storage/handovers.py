"""Transfers of a client's file to finance, and their answers; texts sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlmodel import Session, col

from bot.domain.lifecycle import HandoverState
from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.tables.alerts import Handover


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A handover as it stands, its texts open."""

    id: int
    key: str
    client_id: int
    alert_id: int
    state: HandoverState
    by_id: int | None
    automatic: bool
    opinion: str
    question: str
    offered_at: datetime
    take_by_on: date
    reminded_at: datetime | None
    escalated_at: datetime | None
    answered_by_id: int | None
    answered_at: datetime | None
    channel: str
    ts: str
    version: int


def add_handover(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    alert_id: int,
    by_id: int | None,
    automatic: bool,
    opinion: str,
    at: datetime,
    take_by_on: date,
) -> int | None:
    """Offer a file; return its id, or None when its key was already there."""
    return insert_once(
        session,
        Handover,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "alert_id": alert_id,
            "by_id": by_id,
            "automatic": automatic,
            "opinion_sealed": vault_of(session).seal(workspace_id, opinion),
            "offered_at": at,
            "take_by_on": take_by_on,
        },
    )


def get_handover(session: Session, *, workspace_id: int, id: int) -> HandoverLine | None:
    """Return one handover as it is now, or None."""
    row = session.get(Handover, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def find_handover(session: Session, *, workspace_id: int, key: str) -> HandoverLine | None:
    """Return the handover of that key, or None."""
    return _first(session, _of(workspace_id).where(col(Handover.key) == key))


def find_latest_handover(
    session: Session, *, workspace_id: int, alert_id: int
) -> HandoverLine | None:
    """Return the newest handover of an alert, or None."""
    query = _of(workspace_id).where(col(Handover.alert_id) == alert_id)
    return _first(session, query.order_by(col(Handover.id).desc()).limit(1))


def find_handover_before(
    session: Session, *, workspace_id: int, alert_id: int, id: int
) -> HandoverLine | None:
    """Return the handover that came before `id` on the same alert, or None."""
    query = _of(workspace_id).where(col(Handover.alert_id) == alert_id, col(Handover.id) < id)
    return _first(session, query.order_by(col(Handover.id).desc()).limit(1))


def list_handovers(
    session: Session, *, workspace_id: int, state: HandoverState
) -> tuple[HandoverLine, ...]:
    """Return the handovers in that state, oldest first."""
    query = _of(workspace_id).where(col(Handover.state) == state.value)
    rows = session.scalars(query.order_by(col(Handover.id)))
    return tuple(_line(session, row) for row in rows)


def answer_handover(
    session: Session,
    *,
    workspace_id: int,
    handover: HandoverLine,
    state: HandoverState,
    by_id: int | None,
    at: datetime,
    question: str = "",
) -> int:
    """Write the answer to a handover under its next version, which is returned."""
    values: dict[str, Any] = {
        "state": state.value,
        "answered_by_id": by_id,
        "answered_at": at,
        "version": handover.version + 1,
    }
    if question:
        values["question_sealed"] = vault_of(session).seal(workspace_id, question)
    _change(session, workspace_id, handover.id, **values)
    return handover.version + 1


def touch(session: Session, *, workspace_id: int, handover: HandoverLine) -> int:
    """Raise a handover's version, as when its story grew; return it."""
    _change(session, workspace_id, handover.id, version=handover.version + 1)
    return handover.version + 1


def close(session: Session, *, workspace_id: int, handover: HandoverLine) -> int:
    """Close a handover whose alert is over, keeping who answered it; return its new version."""
    version = handover.version + 1
    _change(session, workspace_id, handover.id, state=HandoverState.CLOSED.value, version=version)
    return version


def mark_reminded(
    session: Session, *, workspace_id: int, id: int, at: datetime, escalated: bool
) -> None:
    """Remember that finance (or, `escalated`, its manager) was told nobody took it."""
    _change(
        session, workspace_id, id, **({"escalated_at": at} if escalated else {"reminded_at": at})
    )


def mark_posted(session: Session, *, workspace_id: int, id: int, channel: str, ts: str) -> None:
    """Remember the Slack message that shows a handover."""
    _change(session, workspace_id, id, channel=channel, ts=ts)


def _change(session: Session, workspace_id: int, id: int, **values: Any) -> None:
    session.execute(
        update(Handover)
        .where(col(Handover.workspace_id) == workspace_id, col(Handover.id) == id)
        .values(**values)
    )


def _of(workspace_id: int) -> Select[Handover]:
    return select(Handover).where(col(Handover.workspace_id) == workspace_id)


def _first(session: Session, query: Select[Handover]) -> HandoverLine | None:
    row = session.scalars(query).one_or_none()
    return None if row is None else _line(session, row)


def _line(session: Session, row: Handover) -> HandoverLine:
    vault = vault_of(session)
    return HandoverLine(
        id=row.id,
        key=row.key,
        client_id=row.client_id,
        alert_id=row.alert_id,
        state=HandoverState(row.state),
        by_id=row.by_id,
        automatic=row.automatic,
        opinion=vault.unseal(row.workspace_id, row.opinion_sealed),
        question=vault.unseal(row.workspace_id, row.question_sealed),
        offered_at=row.offered_at,
        take_by_on=row.take_by_on,
        reminded_at=row.reminded_at,
        escalated_at=row.escalated_at,
        answered_by_id=row.answered_by_id,
        answered_at=row.answered_at,
        channel=row.channel,
        ts=row.ts,
        version=row.version,
    )
