"""Clients whose account a receipt may pay, and those accounts as the rules read them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from bot.domain.bank.matching import Account, Debt
from bot.domain.lifecycle import PromiseState
from bot.domain.references import normal, prefixed
from storage.among import among
from storage.bank_seen import read_accounts
from storage.tables.bank import BankAccount, BankLine
from storage.tables.follow_ups import Promise
from storage.tables.ledger import BETWEEN_DIGITS, Client, OpenItem

MOST_BY_AMOUNT = 4
_SAME_CLIENT = (col(Client.workspace_id) == col(OpenItem.workspace_id)) & (
    col(Client.id) == col(OpenItem.client_id)
)


def list_names(session: Session, *, workspace_id: int, entity_id: int) -> list[tuple[int, str]]:
    """Return the clients of an entity that owe something: id and name."""
    owing = select(col(OpenItem.client_id)).where(
        col(OpenItem.workspace_id) == workspace_id, col(OpenItem.open_minor) > 0
    )
    query = select(col(Client.id), col(Client.name)).where(
        col(Client.workspace_id) == workspace_id,
        col(Client.entity_id) == entity_id,
        col(Client.id).in_(owing),
    )
    return [(id, name) for id, name in session.execute(query)]


def list_by_amount(
    session: Session, *, workspace_id: int, entity_id: int
) -> dict[tuple[int, str], list[int]]:
    """Return the clients with an item open for exactly the amount of a movement not looked at.

    One pass over the open items serves all movements; an amount many clients owe tells nothing.
    """
    amounts = (
        select(col(BankLine.minor))
        .join(
            BankAccount,
            (col(BankAccount.workspace_id) == col(BankLine.workspace_id))
            & (col(BankAccount.id) == col(BankLine.account_id)),
        )
        .where(
            col(BankLine.workspace_id) == workspace_id,
            col(BankLine.state) == "new",
            col(BankAccount.entity_id) == entity_id,
        )
    )
    query = (
        select(col(OpenItem.open_minor), col(OpenItem.currency), col(OpenItem.client_id))
        .join(Client, _SAME_CLIENT)
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.open_minor) > 0,
            col(OpenItem.open_minor).in_(amounts),
            col(Client.entity_id) == entity_id,
        )
        .order_by(col(OpenItem.client_id))
    )
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for minor, currency, client_id in session.execute(query):
        if client_id not in found[minor, currency]:
            found[minor, currency].append(client_id)
    return {where: ids for where, ids in found.items() if len(ids) <= MOST_BY_AMOUNT}


def list_by_numbers(
    session: Session, *, workspace_id: int, entity_id: int, currency: str, numbers: Iterable[str]
) -> list[int]:
    """Return the clients with an open item that may have one of these normalised numbers."""
    bare = bare_numbers(numbers)
    if not bare:
        return []
    query = (
        select(col(OpenItem.client_id))
        .join(Client, _SAME_CLIENT)
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.bare_number).in_(bare),
            col(OpenItem.currency) == currency,
            col(OpenItem.open_minor) != 0,
            col(Client.entity_id) == entity_id,
        )
        .distinct()
    )
    return list(session.scalars(query))


def bare_numbers(numbers: Iterable[str]) -> list[str]:
    """Return the forms under which the books may index these normalised numbers."""
    written = {form for number in numbers for form in (number, *prefixed(number))}
    return sorted({_bare(form) for form in written})


def list_by_promise(
    session: Session, *, workspace_id: int, entity_id: int, currency: str, minor: int
) -> list[int]:
    """Return the clients that promised exactly this amount and were not judged yet."""
    query = (
        select(col(Promise.client_id))
        .join(
            Client,
            (col(Client.workspace_id) == col(Promise.workspace_id))
            & (col(Client.id) == col(Promise.client_id)),
        )
        .where(
            col(Promise.workspace_id) == workspace_id,
            col(Promise.state) == PromiseState.LIVE.value,
            col(Promise.currency) == currency,
            col(Promise.minor) == minor,
            col(Client.entity_id) == entity_id,
        )
        .distinct()
    )
    return list(session.scalars(query))


def read_payable(
    session: Session, *, workspace_id: int, client_ids: Sequence[int], currency: str
) -> list[Account]:
    """Return these clients' accounts less what the bank showed before, with their promises."""
    seen = read_accounts(session, workspace_id=workspace_id, client_ids=client_ids)
    items = _items(session, workspace_id, client_ids, currency)
    promises = _promises(session, workspace_id, client_ids, currency)
    query = select(col(Client.id), col(Client.name)).where(
        col(Client.workspace_id) == workspace_id, among(session, col(Client.id), client_ids)
    )
    found = []
    for id, name in session.execute(query.order_by(col(Client.id))):
        live = seen.get((id, currency))
        pending = live.seen().items if live else {}
        debts = [
            Debt(
                item.key,
                item.number,
                item.due_on,
                item.open_minor - pending.get(item.key, 0),
                item.id,
            )
            for item in items[id]
        ]
        left = tuple(debt for debt in debts if debt.open_minor)
        found.append(Account(id, name, left, tuple(promises[id])))
    return found


def list_keys(
    session: Session, *, workspace_id: int, client_id: int, ids: Iterable[int]
) -> set[str]:
    """Return the keys of a client's items."""
    query = select(col(OpenItem.key)).where(
        col(OpenItem.workspace_id) == workspace_id,
        col(OpenItem.client_id) == client_id,
        col(OpenItem.id).in_(list(ids)),
    )
    return set(session.scalars(query))


def _items(
    session: Session, workspace_id: int, client_ids: Sequence[int], currency: str
) -> dict[int, list[OpenItem]]:
    query = (
        select(OpenItem)
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            among(session, col(OpenItem.client_id), client_ids),
            col(OpenItem.currency) == currency,
            col(OpenItem.open_minor) != 0,
        )
        .order_by(col(OpenItem.due_on), col(OpenItem.id))
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[OpenItem]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.client_id].append(row)
    return found


def _promises(
    session: Session, workspace_id: int, client_ids: Sequence[int], currency: str
) -> dict[int, list[tuple[int, int]]]:
    query = select(col(Promise.client_id), col(Promise.id), col(Promise.minor)).where(
        col(Promise.workspace_id) == workspace_id,
        among(session, col(Promise.client_id), client_ids),
        col(Promise.currency) == currency,
        col(Promise.state) == PromiseState.LIVE.value,
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for client_id, id, minor in session.execute(query):
        found[client_id].append((id, minor))
    return found


def _bare(number: str) -> str:
    plain = normal(number)
    for sign in BETWEEN_DIGITS:
        plain = plain.replace(sign, "")
    return plain
