"""A client's sums with what the bank shows and the books lack, in the shape of the others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, bindparam, exists, literal_column, or_, select
from sqlmodel import Session, col

from bot.domain.bank.seen import ON_ACCOUNT, Seen
from bot.domain.bank.states import PartState
from bot.domain.policy import Policy
from storage.among import among
from storage.bank_seen import read_accounts
from storage.prepared import Prepared
from storage.tables.bank import BankPart
from storage.tables.ledger import OpenItem

Sums = tuple[Any, ...]
# A scan asks it for every morning's few clients: without a bank it must cost nothing.
_ANY_PART = Prepared(
    select(col(BankPart.id))
    .where(
        col(BankPart.workspace_id) == bindparam("the_workspace_id", type_=BigInteger),
        col(BankPart.state) == literal_column(f"'{PartState.SEEN.value}'"),
    )
    .limit(1)
)


def list_seen_sums(
    session: Session,
    *,
    workspace_id: int,
    today: date,
    policy: Policy,
    client_ids: Sequence[int] | None,
) -> dict[tuple[int, str], Sums]:
    """Return the sums of the accounts whose bank shows more, or less, than the books.

    Each is client, currency, net, credits, overdue and the oldest day, as if the books had it:
    paid items are less, what a rejected payment reopens is owed since its first due date.
    """
    if not _ANY_PART.rows(session, the_workspace_id=workspace_id):
        return {}
    accounts = read_accounts(session, workspace_id=workspace_id, client_ids=client_ids)
    found = {where: seen for where, one in accounts.items() if (seen := one.seen()).items}
    if not found:
        return {}
    ids = sorted({client_id for client_id, _ in found})
    items = _items(session, workspace_id, ids)
    least = {currency: amounts.de_minimis_minor for currency, amounts in policy.amounts.items()}
    return {
        where: _sums(where, items[where], seen, today, max(1, least.get(where[1], 1)))
        for where, seen in found.items()
    }


def _sums(
    where: tuple[int, str], items: Iterable[OpenItem], seen: Seen, today: date, least: int
) -> Sums:
    credits, overdue, debits, days = -seen.items.get(ON_ACCOUNT, 0), 0, 0, []
    for item in items:
        left = item.open_minor - seen.items.get(item.key, 0)
        credits += min(0, left)
        debits += max(0, left)
        if left > 0 and item.due_on < today:
            overdue += left
            days += [item.due_on] if left >= least else []
    oldest = min(days).toordinal() if days else None
    return (*where, debits + credits, credits, overdue, oldest)


def _items(
    session: Session, workspace_id: int, client_ids: Sequence[int]
) -> dict[tuple[int, str], list[OpenItem]]:
    """Return the items that are open, or that live parts name."""
    named = exists().where(
        col(BankPart.workspace_id) == workspace_id,
        col(BankPart.client_id) == col(OpenItem.client_id),
        col(BankPart.item_key) == col(OpenItem.key),
        col(BankPart.state) == PartState.SEEN.value,
    )
    query = (
        select(OpenItem)
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            among(session, col(OpenItem.client_id), client_ids),
            or_(col(OpenItem.open_minor) != 0, named),
        )
        .execution_options(populate_existing=True)
    )
    found: dict[tuple[int, str], list[OpenItem]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.client_id, row.currency].append(row)
    return found
