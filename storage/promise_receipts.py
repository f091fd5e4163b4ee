"""What came in since promises were made, by the books."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from bot.domain.ledger import ItemKind, SettledBy
from storage.tables.follow_ups import Promise
from storage.tables.ledger import Balance, Client, ImportRun, OpenItem, Settlement

_LEDGER_FILES = ("fec", "open_items")


def received_since(session: Session, *, workspace_id: int, ids: Sequence[int]) -> dict[int, int]:
    """Return, per promise, the receipts from its first day on, inclusive, matched or not.

    Where the file gives no items to match, the account's last receipt is what is known.
    """
    mine = (col(Promise.workspace_id) == workspace_id, col(Promise.id).in_(ids))
    matched = (
        select(col(Promise.id), func.sum(Settlement.minor))
        .join(OpenItem, same_account(OpenItem))
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
        .join(OpenItem, same_account(OpenItem))
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
        .join(Balance, same_account(Balance))
        .where(*mine, col(Balance.last_receipt_on) >= col(Promise.made_on))
    )
    summed = dict.fromkeys(ids, 0)
    for query in (matched, unmatched):
        for id, minor in session.execute(query):
            summed[id] += int(minor)
    for id, minor in session.execute(last):
        summed[id] = max(summed[id], int(minor))
    return summed


def last_receipts(session: Session, *, workspace_id: int, ids: Sequence[int]) -> dict[int, date]:
    """Return, per promise, the day of the latest receipt since it was made; absent without one."""
    mine = (col(Promise.workspace_id) == workspace_id, col(Promise.id).in_(ids))
    settled = (
        select(col(Promise.id), func.max(col(Settlement.settled_on)))
        .join(OpenItem, same_account(OpenItem))
        .join(
            Settlement,
            (col(Settlement.workspace_id) == col(OpenItem.workspace_id))
            & (col(Settlement.open_item_id) == col(OpenItem.id)),
        )
        .where(
            *mine,
            col(Settlement.by) == SettledBy.RECEIPT.value,
            col(Settlement.settled_on) >= col(Promise.made_on),
        )
        .group_by(col(Promise.id))
    )
    account = (
        select(col(Promise.id), col(Balance.last_receipt_on))
        .join(Balance, same_account(Balance))
        .where(*mine, col(Balance.last_receipt_on) >= col(Promise.made_on))
    )
    latest: dict[int, date] = {}
    for query in (settled, account):
        for id, day in session.execute(query):
            latest[id] = max(day, latest.get(id, day))
    return latest


def books_until(session: Session, *, workspace_id: int, client_ids: set[int]) -> dict[int, date]:
    """Return, per client, the day up to which its entity's books were imported."""
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


def same_account(table: type[OpenItem] | type[Balance]) -> ColumnElement[bool]:
    """Return the condition that ties a promise to its client's account in its currency."""
    return (
        (col(table.workspace_id) == col(Promise.workspace_id))
        & (col(table.client_id) == col(Promise.client_id))
        & (col(table.currency) == col(Promise.currency))
    )
