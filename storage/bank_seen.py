"""What the bank shows and the books do not have yet, read for clients; few have anything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot.domain.bank.seen import Part, Seen, in_books, seen_of
from bot.domain.bank.states import PartState
from bot.domain.ledger import ItemKind
from storage.among import among
from storage.once import insert_once
from storage.tables.bank import BankPart
from storage.tables.ledger import Balance, Client, OpenItem

AccountOf = tuple[int, str]
NOTHING = Seen()


@dataclass(frozen=True, slots=True)
class LiveAccount:
    """A client's account in one currency: its live parts, and what the books have today."""

    parts: tuple[Part, ...]
    open_now: dict[str, int]
    loose_minor: int

    def seen(self, since: date | None = None) -> Seen:
        """Return what the books lack, of parts seen from a day on."""
        parts = [part for part in self.parts if since is None or part.seen_on >= since]
        return seen_of(parts, self.open_now, self.loose_minor)


def read_accounts(
    session: Session, *, workspace_id: int, client_ids: Sequence[int] | None = None
) -> dict[AccountOf, LiveAccount]:
    """Return the accounts that have live parts, of some clients or of all."""
    query = (
        select(BankPart)
        .where(
            col(BankPart.workspace_id) == workspace_id,
            col(BankPart.state) == PartState.SEEN.value,
            among(session, col(BankPart.client_id), client_ids),
        )
        .order_by(col(BankPart.seen_on), col(BankPart.id))
        .execution_options(populate_existing=True)
    )
    parts: dict[AccountOf, list[Part]] = defaultdict(list)
    for row in session.scalars(query):
        parts[row.client_id, row.currency].append(
            Part(
                row.id,
                row.item_key,
                row.minor,
                row.open_after_minor,
                row.loose_minor,
                row.seen_on,
            )
        )
    if not parts:
        return {}
    ids = sorted({client_id for client_id, _ in parts})
    opened = _open_now(session, workspace_id, ids)
    loose = list_loose(session, workspace_id=workspace_id, client_ids=ids)
    return {
        where: LiveAccount(tuple(mine), opened.get(where, {}), loose.get(where, 0))
        for where, mine in parts.items()
    }


def seen_since(
    session: Session, *, workspace_id: int, accounts: Mapping[int, tuple[int, str, date]]
) -> dict[int, int]:
    """Return what the bank showed and the books lack, per key: client, currency, first day."""
    found = dict.fromkeys(accounts, 0)
    clients = sorted({client_id for client_id, _, _ in accounts.values()})
    if clients:
        live = read_accounts(session, workspace_id=workspace_id, client_ids=clients)
        for key, (client_id, currency, since) in accounts.items():
            if one := live.get((client_id, currency)):
                found[key] = one.seen(since).minor
    return found


def list_loose(
    session: Session, *, workspace_id: int, client_ids: Sequence[int]
) -> dict[AccountOf, int]:
    """Return what accounts hold without an item, credits negative: advances, unattributed."""
    found: dict[AccountOf, int] = defaultdict(int)
    advances = (
        select(col(OpenItem.client_id), col(OpenItem.currency), func.sum(col(OpenItem.open_minor)))
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            among(session, col(OpenItem.client_id), client_ids),
            col(OpenItem.kind) == ItemKind.PAYMENT_ON_ACCOUNT.value,
            col(OpenItem.open_minor) < 0,
        )
        .group_by(col(OpenItem.client_id), col(OpenItem.currency))
    )
    unattributed = select(
        col(Balance.client_id), col(Balance.currency), col(Balance.unattributed_minor)
    ).where(
        col(Balance.workspace_id) == workspace_id,
        among(session, col(Balance.client_id), client_ids),
        col(Balance.unattributed_minor) < 0,
    )
    for query in (advances, unattributed):
        for client_id, currency, minor in session.execute(query):
            found[client_id, currency] += int(minor)
    return found


def list_open(
    session: Session, *, workspace_id: int, client_id: int, currency: str, keys: Sequence[str]
) -> dict[str, int]:
    """Return what the books leave open of a client's items, by key."""
    query = select(col(OpenItem.key), col(OpenItem.open_minor)).where(
        col(OpenItem.workspace_id) == workspace_id,
        col(OpenItem.client_id) == client_id,
        col(OpenItem.currency) == currency,
        col(OpenItem.key).in_(keys),
    )
    return {row.key: row.open_minor for row in session.execute(query)}


def list_numbers(
    session: Session, *, workspace_id: int, client_id: int, currency: str, keys: Sequence[str]
) -> dict[str, str]:
    """Return the numbers of a client's items, by key."""
    query = select(col(OpenItem.key), col(OpenItem.number)).where(
        col(OpenItem.workspace_id) == workspace_id,
        col(OpenItem.client_id) == client_id,
        col(OpenItem.currency) == currency,
        col(OpenItem.key).in_(keys),
    )
    return {row.key: row.number for row in session.execute(query)}


def add_part(
    session: Session,
    *,
    workspace_id: int,
    line_id: int,
    client_id: int,
    currency: str,
    part: Part,
) -> None:
    """Keep what a movement pays of an item; the second time changes nothing."""
    insert_once(
        session,
        BankPart,
        {
            "workspace_id": workspace_id,
            "line_id": line_id,
            "client_id": client_id,
            "currency": currency,
            "item_key": part.item_key,
            "minor": part.minor,
            "open_after_minor": part.open_after_minor,
            "loose_minor": part.loose_minor,
            "seen_on": part.seen_on,
        },
    )


def list_line_parts(session: Session, *, workspace_id: int, line_id: int) -> list[Part]:
    """Return what a movement was matched with, whatever became of it."""
    query = (
        select(BankPart)
        .where(col(BankPart.workspace_id) == workspace_id, col(BankPart.line_id) == line_id)
        .order_by(col(BankPart.id))
    )
    return [
        Part(row.id, row.item_key, row.minor, row.open_after_minor, row.loose_minor, row.seen_on)
        for row in session.scalars(query)
    ]


def end_read_parts(
    session: Session, *, workspace_id: int, entity_id: int, run_id: int, until: date | None
) -> int:
    """End the parts that an entity's books have since an import; return how many."""
    mine = select(col(Client.id)).where(
        col(Client.workspace_id) == workspace_id, col(Client.entity_id) == entity_id
    )
    live = select(col(BankPart.client_id)).where(
        col(BankPart.workspace_id) == workspace_id,
        col(BankPart.state) == PartState.SEEN.value,
        col(BankPart.client_id).in_(mine),
    )
    ids = sorted(set(session.scalars(live)))
    accounts = read_accounts(session, workspace_id=workspace_id, client_ids=ids) if ids else {}
    ended = [
        id
        for one in accounts.values()
        for id in in_books(one.parts, one.open_now, one.loose_minor, until)
    ]
    if ended:
        session.execute(
            update(BankPart)
            .where(
                col(BankPart.workspace_id) == workspace_id, among(session, col(BankPart.id), ended)
            )
            .values(state=PartState.IN_BOOKS.value, ended_run_id=run_id)
        )
    return len(ended)


def see_again(session: Session, *, workspace_id: int, run_id: int) -> None:
    """Take back that the books have parts, when the import that brought them is taken back."""
    session.execute(
        update(BankPart)
        .where(col(BankPart.workspace_id) == workspace_id, col(BankPart.ended_run_id) == run_id)
        .values(state=PartState.SEEN.value, ended_run_id=None)
    )


def _open_now(
    session: Session, workspace_id: int, client_ids: Sequence[int]
) -> dict[AccountOf, dict[str, int]]:
    """Return the open amounts of the items that live parts name."""
    query = (
        select(
            col(OpenItem.client_id),
            col(OpenItem.currency),
            col(OpenItem.key),
            col(OpenItem.open_minor),
        )
        .join(
            BankPart,
            (col(BankPart.workspace_id) == col(OpenItem.workspace_id))
            & (col(BankPart.client_id) == col(OpenItem.client_id))
            & (col(BankPart.item_key) == col(OpenItem.key)),
        )
        .where(
            col(BankPart.workspace_id) == workspace_id,
            col(BankPart.state) == PartState.SEEN.value,
            among(session, col(BankPart.client_id), client_ids),
        )
    )
    found: dict[AccountOf, dict[str, int]] = defaultdict(dict)
    for client_id, currency, key, open_minor in session.execute(query):
        found[client_id, currency][key] = open_minor
    return found
