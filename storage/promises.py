"""Promises to pay, and what the ledger received since they were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlmodel import Session, col

from bot.domain.follow_ups import NewPromise
from bot.domain.instalments import Instalment
from bot.domain.lifecycle import PromiseState
from bot.domain.promises import LivePromise
from storage import bank_seen, promise_receipts
from storage.once import insert_once
from storage.tables.follow_ups import Promise
from storage.tables.ledger import Balance


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise as it stands."""

    id: int
    client_id: int
    alert_id: int | None
    by_id: int | None
    minor: int
    currency: str
    made_on: date
    due_on: date
    state: PromiseState
    received_minor: int
    plan: tuple[Instalment, ...] = ()


def add_promise(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    client_id: int,
    alert_id: int | None,
    note_id: int | None,
    by_id: int | None,
    promise: NewPromise,
    made_on: date,
) -> int | None:
    """Write a promise in the place of the client's live one in that currency; return its id.

    What the books already hold of its first day is kept apart: it came before the promise.
    """
    _replace_live(session, workspace_id, client_id, promise.currency)
    made = insert_once(
        session,
        Promise,
        {
            "workspace_id": workspace_id,
            "key": key,
            "client_id": client_id,
            "alert_id": alert_id,
            "note_id": note_id,
            "by_id": by_id,
            "minor": promise.minor,
            "currency": promise.currency,
            "due_on": promise.due_on,
            "due_minor": promise.plan[0].minor if promise.plan else promise.minor,
            "plan": write_plan(promise.plan),
            "made_on": made_on,
        },
    )
    if made is not None:
        account = {made: (client_id, promise.currency, made_on)}
        before = promise_receipts.received_since(session, workspace_id=workspace_id, ids=[made])[
            made
        ]
        before += bank_seen.seen_since(session, workspace_id=workspace_id, accounts=account)[made]
        _of(session, workspace_id, made, received_before_minor=before)
    return made


def list_promises(
    session: Session, *, workspace_id: int, client_id: int
) -> tuple[PromiseLine, ...]:
    """Return a client's promises, newest first."""
    query = (
        select(Promise)
        .where(col(Promise.workspace_id) == workspace_id, col(Promise.client_id) == client_id)
        .order_by(col(Promise.id).desc())
    )
    return tuple(_line(row) for row in session.scalars(query))


def get_promise(session: Session, *, workspace_id: int, id: int) -> PromiseLine | None:
    """Return one promise, or None."""
    row = session.get(Promise, (workspace_id, id))
    return None if row is None else _line(row)


def count_broken_promises(session: Session, *, workspace_id: int, client_id: int) -> int:
    """Return how many promises a client did not keep, or not in full."""
    query = select(func.count()).where(
        col(Promise.workspace_id) == workspace_id,
        col(Promise.client_id) == client_id,
        col(Promise.state).in_((PromiseState.BROKEN.value, PromiseState.KEPT_IN_PART.value)),
    )
    return session.scalar(query) or 0


def list_live_promise_ids(session: Session, *, workspace_id: int) -> tuple[int, ...]:
    """Return the promises that wait to be judged, oldest first."""
    query = (
        select(col(Promise.id))
        .where(
            col(Promise.workspace_id) == workspace_id,
            col(Promise.state) == PromiseState.LIVE.value,
        )
        .order_by(col(Promise.id))
    )
    return tuple(session.scalars(query))


def list_live_promises(
    session: Session, *, workspace_id: int, ids: Sequence[int]
) -> tuple[LivePromise, ...]:
    """Return those of `ids` that are still live, with what the ledger received for each."""
    query = (
        select(Promise, col(Balance.net_minor))
        .outerjoin(Balance, promise_receipts.same_account(Balance))
        .where(
            col(Promise.workspace_id) == workspace_id,
            col(Promise.id).in_(ids),
            col(Promise.state) == PromiseState.LIVE.value,
        )
        .order_by(col(Promise.id))
    )
    rows = session.execute(query).all()
    received = promise_receipts.received_since(
        session, workspace_id=workspace_id, ids=[row.id for row, _ in rows]
    )
    accounts = {row.id: (row.client_id, row.currency, row.made_on) for row, _ in rows}
    seen = bank_seen.seen_since(session, workspace_id=workspace_id, accounts=accounts)
    books = promise_receipts.books_until(
        session, workspace_id=workspace_id, client_ids={row.client_id for row, _ in rows}
    )
    return tuple(
        LivePromise(
            id=row.id,
            client_id=row.client_id,
            alert_id=row.alert_id,
            by_id=row.by_id,
            minor=row.minor,
            currency=row.currency,
            made_on=row.made_on,
            due_on=row.due_on,
            received_minor=received[row.id] + seen[row.id] - row.received_before_minor,
            books_until=books.get(row.client_id),
            owed_minor=None if net is None else net - seen[row.id],
            seen_minor=seen[row.id],
            plan=read_plan(row.plan),
            recorded_minor=row.received_minor,
        )
        for row, net in rows
    )


def close_promise(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    state: PromiseState,
    received_minor: int,
    at: datetime,
    paid_on: date | None = None,
) -> bool:
    """Write the verdict on a live promise; return False when it was judged before."""
    return _of(
        session,
        workspace_id,
        id,
        only_live=True,
        state=state.value,
        received_minor=received_minor,
        judged_at=at,
        paid_on=paid_on,
    )


def await_next(
    session: Session, *, workspace_id: int, id: int, awaited: Instalment, received_minor: int
) -> bool:
    """Write what came in for a live plan, and the payment it awaits now."""
    return _of(
        session,
        workspace_id,
        id,
        only_live=True,
        due_on=awaited.due_on,
        due_minor=awaited.minor,
        received_minor=received_minor,
    )


def write_plan(plan: Sequence[Instalment]) -> list[list[Any]]:
    """Return the payments of a plan as its column holds them."""
    return [[one.due_on.isoformat(), one.minor] for one in plan]


def read_plan(plan: Sequence[Any]) -> tuple[Instalment, ...]:
    """Return the payments of a plan, as its column holds them."""
    return tuple(Instalment(int(minor), date.fromisoformat(day)) for day, minor in plan)


def _replace_live(session: Session, workspace_id: int, client_id: int, currency: str) -> None:
    session.execute(
        update(Promise)
        .where(
            col(Promise.workspace_id) == workspace_id,
            col(Promise.client_id) == client_id,
            col(Promise.currency) == currency,
            col(Promise.state) == PromiseState.LIVE.value,
        )
        .values(state=PromiseState.REPLACED.value)
    )


def _of(
    session: Session, workspace_id: int, id: int, *, only_live: bool = False, **values: Any
) -> bool:
    statement = update(Promise).where(
        col(Promise.workspace_id) == workspace_id, col(Promise.id) == id
    )
    if only_live:
        statement = statement.where(col(Promise.state) == PromiseState.LIVE.value)
    done = cast("CursorResult[Any]", session.execute(statement.values(**values)))
    return done.rowcount == 1


def _line(row: Promise) -> PromiseLine:
    return PromiseLine(
        row.id,
        row.client_id,
        row.alert_id,
        row.by_id,
        row.minor,
        row.currency,
        row.made_on,
        row.due_on,
        PromiseState(row.state),
        row.received_minor,
        read_plan(row.plan),
    )
