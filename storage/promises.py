"""Promises to pay, and what the ledger received since they were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, func, select, update
from sqlmodel import Session, col

from bot.domain.follow_ups import NewPromise
from bot.domain.ledger import ItemKind, SettledBy
from bot.domain.lifecycle import PromiseState
from bot.domain.promises import LivePromise
from storage import bank_seen
from storage.once import insert_once
from storage.tables.follow_ups import Promise
from storage.tables.ledger import Balance, Client, ImportRun, OpenItem, Settlement

_LEDGER_FILES = ("fec", "open_items")


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
            "made_on": made_on,
        },
    )
    if made is not None:
        account = {made: (client_id, promise.currency, made_on)}
        before = _received(session, workspace_id, [made])[made]
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
        .outerjoin(Balance, _same_account(Balance))
        .where(
            col(Promise.workspace_id) == workspace_id,
            col(Promise.id).in_(ids),
            col(Promise.state) == PromiseState.LIVE.value,
        )
        .order_by(col(Promise.id))
    )
    rows = session.execute(query).all()
    received = _received(session, workspace_id, [row.id for row, _ in rows])
    accounts = {row.id: (row.client_id, row.currency, row.made_on) for row, _ in rows}
    seen = bank_seen.seen_since(session, workspace_id=workspace_id, accounts=accounts)
    books = _books_until(session, workspace_id, {row.client_id for row, _ in rows})
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
    )


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


def _received(session: Session, workspace_id: int, ids: Sequence[int]) -> dict[int, int]:
    """Sum, per promise, the receipts from its first day on, inclusive, matched or not.

    Where the file gives no items to match, the account's last receipt is what is known.
    """
    mine = (col(Promise.workspace_id) == workspace_id, col(Promise.id).in_(ids))
    matched = (
        select(col(Promise.id), func.sum(Settlement.minor))
        .join(OpenItem, _same_account(OpenItem))
        .join(
            Settlement,
            (col(Settlement.workspace_id) == col(OpenItem.workspace_id))
            & (col(Settlement.open_item_id) == col(OpenItem.id)),
        )
        .where(
            *mine,
            col(OpenItem.minor) > 0,
            col(Settlement.by) == SettledBy.RECEIPT.value,
            col(Settlement.settled_on) >= col(Promise.made_on),
        )
        .group_by(col(Promise.id))
    )
    unmatched = (
        select(col(Promise.id), func.sum(-col(OpenItem.open_minor)))
        .join(OpenItem, _same_account(OpenItem))
        .where(
            *mine,
            col(OpenItem.kind) == ItemKind.PAYMENT_ON_ACCOUNT.value,
            col(OpenItem.issued_on) >= col(Promise.made_on),
            col(OpenItem.open_minor) < 0,
        )
        .group_by(col(Promise.id))
    )
    last = (
        select(col(Promise.id), col(Balance.last_receipt_minor))
        .join(Balance, _same_account(Balance))
        .where(*mine, col(Balance.last_receipt_on) >= col(Promise.made_on))
    )
    summed = dict.fromkeys(ids, 0)
    for query in (matched, unmatched):
        for id, minor in session.execute(query):
            summed[id] += int(minor)
    for id, minor in session.execute(last):
        summed[id] = max(summed[id], int(minor))
    return summed


def _books_until(session: Session, workspace_id: int, client_ids: set[int]) -> dict[int, date]:
    query = (
        select(col(Client.id), func.max(col(ImportRun.as_of)).label("until"))
        .join(
            ImportRun,
            (col(ImportRun.workspace_id) == col(Client.workspace_id))
            & (col(ImportRun.entity_id) == col(Client.entity_id)),
        )
        .where(
            col(Client.workspace_id) == workspace_id,
            col(Client.id).in_(client_ids),
            col(ImportRun.kind).in_(_LEDGER_FILES),
            col(ImportRun.undone_at).is_(None),
        )
        .group_by(col(Client.id))
    )
    return {row.id: row.until for row in session.execute(query)}


def _same_account(table: type[OpenItem] | type[Balance]) -> ColumnElement[bool]:
    return (
        (col(table.workspace_id) == col(Promise.workspace_id))
        & (col(table.client_id) == col(Promise.client_id))
        & (col(table.currency) == col(Promise.currency))
    )


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
    )
