"""Questions to finance about a sale, and their answers; the words are sealed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, select, update
from sqlmodel import Session, col

from bot.domain.lifecycle import SolvencyRequestState
from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.tables.solvency import SolvencyRequest


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as it stands, its words open; `order_minor` is 0 when none was named."""

    id: int
    siren: str
    name: str
    client_id: int | None
    by_id: int | None
    order_minor: int
    currency: str
    question: str
    state: SolvencyRequestState
    asked_at: datetime
    decided_by_id: int | None
    decided_at: datetime | None
    granted_minor: int | None
    terms: str
    valid_until: date | None
    words: str
    channel: str
    ts: str
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Finance's decision: a grant (amount, terms, until when, its condition) or a refusal."""

    state: SolvencyRequestState
    words: str
    granted_minor: int | None = None
    terms: str = ""
    valid_until: date | None = None


def add_request(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    siren: str,
    name: str,
    client_id: int | None,
    by_id: int | None,
    order_minor: int,
    currency: str,
    question: str,
    shown: dict[str, Any],
    at: datetime,
) -> int | None:
    """Open a request; return its id, or None when its key was already there."""
    values = {
        "workspace_id": workspace_id,
        "key": key,
        "siren": siren,
        "name": name,
        "client_id": client_id,
        "by_id": by_id,
        "order_minor": order_minor,
        "currency": currency,
        "question_sealed": vault_of(session).seal(workspace_id, question),
        "shown": shown,
        "asked_at": at,
    }
    return insert_once(session, SolvencyRequest, values)


def get_request(session: Session, *, workspace_id: int, id: int) -> RequestLine | None:
    """Return one request as it is now, or None."""
    row = session.get(SolvencyRequest, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def find_request(session: Session, *, workspace_id: int, key: str) -> RequestLine | None:
    """Return the request of that key, or None."""
    return _first(session, _of(workspace_id).where(col(SolvencyRequest.key) == key))


def find_grant(
    session: Session, *, workspace_id: int, siren: str, today: date
) -> RequestLine | None:
    """Return the newest grant still valid for a company, or None."""
    query = _of(workspace_id).where(
        col(SolvencyRequest.siren) == siren,
        col(SolvencyRequest.state) == SolvencyRequestState.GRANTED.value,
        col(SolvencyRequest.valid_until) >= today,
    )
    return _first(session, query.order_by(col(SolvencyRequest.decided_at).desc()))


def find_open_id(
    session: Session, *, workspace_id: int, siren: str, by_id: int | None
) -> int | None:
    """Return the newest question of a person about a company that waits for an answer, or None."""
    if by_id is None:
        return None
    query = select(col(SolvencyRequest.id)).where(
        col(SolvencyRequest.workspace_id) == workspace_id,
        col(SolvencyRequest.siren) == siren,
        col(SolvencyRequest.state) == SolvencyRequestState.OPEN.value,
        col(SolvencyRequest.by_id) == by_id,
    )
    return session.scalars(query.order_by(col(SolvencyRequest.id).desc()).limit(1)).first()


def list_requests(
    session: Session, *, workspace_id: int, state: SolvencyRequestState
) -> tuple[RequestLine, ...]:
    """Return the requests in that state, oldest first."""
    query = _of(workspace_id).where(col(SolvencyRequest.state) == state.value)
    rows = session.scalars(query.order_by(col(SolvencyRequest.id)))
    return tuple(_line(session, row) for row in rows)


def answer_request(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    answer: Answer,
    by_id: int | None,
    at: datetime,
) -> bool:
    """Write the answer to an open request; return False when it was no longer open."""
    return _change(
        session,
        workspace_id,
        id,
        SolvencyRequestState.OPEN,
        state=answer.state.value,
        words_sealed=vault_of(session).seal(workspace_id, answer.words),
        granted_minor=answer.granted_minor,
        terms=answer.terms,
        valid_until=answer.valid_until,
        decided_by_id=by_id,
        decided_at=at,
    )


def expire_grants(session: Session, *, workspace_id: int, today: date) -> tuple[int, ...]:
    """Mark the grants whose last day is before `today`; return their ids."""
    query = select(col(SolvencyRequest.id)).where(
        col(SolvencyRequest.workspace_id) == workspace_id,
        col(SolvencyRequest.state) == SolvencyRequestState.GRANTED.value,
        col(SolvencyRequest.valid_until) < today,
    )
    over = tuple(session.scalars(query.order_by(col(SolvencyRequest.id))))
    expired = SolvencyRequestState.EXPIRED.value
    for id in over:
        _change(session, workspace_id, id, SolvencyRequestState.GRANTED, state=expired)
    return over


def mark_posted(session: Session, *, workspace_id: int, id: int, channel: str, ts: str) -> None:
    """Remember where a request's message was posted."""
    session.execute(
        update(SolvencyRequest)
        .where(col(SolvencyRequest.workspace_id) == workspace_id, col(SolvencyRequest.id) == id)
        .values(channel=channel, ts=ts)
    )


def _change(
    session: Session, workspace_id: int, id: int, before: SolvencyRequestState, **values: Any
) -> bool:
    statement = (
        update(SolvencyRequest)
        .where(
            col(SolvencyRequest.workspace_id) == workspace_id,
            col(SolvencyRequest.id) == id,
            col(SolvencyRequest.state) == before.value,
        )
        .values(**values)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _of(workspace_id: int) -> Select[SolvencyRequest]:
    return select(SolvencyRequest).where(col(SolvencyRequest.workspace_id) == workspace_id)


def _first(session: Session, query: Select[SolvencyRequest]) -> RequestLine | None:
    row = session.scalars(query.limit(1)).first()
    return None if row is None else _line(session, row)


def _line(session: Session, row: SolvencyRequest) -> RequestLine:
    unseal = vault_of(session).unseal
    return RequestLine(
        id=row.id,
        siren=row.siren,
        name=row.name,
        client_id=row.client_id,
        by_id=row.by_id,
        order_minor=row.order_minor,
        currency=row.currency,
        question=unseal(row.workspace_id, row.question_sealed),
        state=SolvencyRequestState(row.state),
        asked_at=row.asked_at,
        decided_by_id=row.decided_by_id,
        decided_at=row.decided_at,
        granted_minor=row.granted_minor,
        terms=row.terms,
        valid_until=row.valid_until,
        words=unseal(row.workspace_id, row.words_sealed),
        channel=row.channel,
        ts=row.ts,
        shown=row.shown,
    )
