"""What `/balance` reads: one client's account, summed by the database, statements built once."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, and_, bindparam, case, cast, exists, func, select, text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from bot.domain.ageing import BUCKET_STARTS
from bot.domain.ledger import ItemKind
from bot.domain.profiles import NOTHING_PAID, PayingHabit
from storage.follow_ups import vault_of
from storage.prepared import Prepared
from storage.schema_of_books import metadata
from storage.types import Day

_tables = metadata.tables
_client, _entity, _owner = _tables["client"], _tables["entity"], _tables["person"]
_run, _alert, _balance = _tables["import_run"], _tables["alert"], _tables["balance"]
_item = _tables["open_item"]
_muter = _tables["person"].alias("muter")
# What most clients have nothing of; the columns of `AccountRow` that say so, in this order.
_SAID_OF = (
    "note", "promise", "dispute", "hold", "cover_deadline", "delivery_hold", "bank_part",
    "concession", "waiver",
)  # fmt: skip
_ARE_BOOKS = text("import_run.kind IN ('fec', 'open_items')")
ALL_ITEMS = 1_000_000_000
# Written out, not bound: the partial index serves only the very condition it was made with.
_IS_OPEN = text("open_item.open_minor <> 0")


class AccountRow(NamedTuple):
    """A client with its owner, the freshness of its entity's books, its open alert, what it has."""

    client_id: int
    code: str
    name: str
    siren: str | None
    kind: str
    terms: str
    currency: str
    credit_limit_minor: int | None
    owner_id: int | None
    owner_name: str | None
    owner_slack_id: str | None
    entity_terms: str
    as_of: date | None
    receipts_until: date | None
    receipts_stated_until: date | None
    alert_id: int | None
    alert_state: str | None
    window_ends_on: date | None
    window_suspended_until: date | None
    muted_until: date | None
    muted_reason: str
    muted_by_name: str | None
    has_notes: bool
    has_promises: bool
    has_disputes: bool
    has_holds: bool
    has_cover: bool
    has_delivery_holds: bool
    has_bank_parts: bool
    has_concessions: bool
    has_waivers: bool
    margin_percent: int | None


class BalanceRow(NamedTuple):
    """One currency of an account; `ageing` follows the domain's buckets, minor units."""

    currency: str
    net_minor: int
    unattributed_minor: int
    last_receipt_on: date | None
    last_receipt_minor: int
    paid_count: int
    usual_delay_days: int | None
    least_delay_days: int | None
    most_delay_days: int | None
    item_count: int
    on_account_minor: int
    credit_notes_minor: int
    ageing: tuple[int, ...]
    habit: PayingHabit = NOTHING_PAID


class ItemRow(NamedTuple):
    """One open item; credits are negative."""

    item_id: int
    number: str
    kind: str
    issued_on: date
    due_on: date
    due_from: str
    open_minor: int
    currency: str


def _of_client(table: Any) -> ColumnElement[bool]:
    """Restrict a table to one client of one workspace."""
    return and_(
        table.c.workspace_id == bindparam("workspace_id"),
        table.c.client_id == bindparam("client_id"),
    )


def _latest(column: ColumnElement[date]) -> ColumnElement[date]:
    """Return how far the applied books of the client's entity go."""
    return (
        select(func.max(column, type_=Day))
        .where(
            _run.c.workspace_id == _client.c.workspace_id,
            _run.c.entity_id == _client.c.entity_id,
            _ARE_BOOKS,
            _run.c.undone_at.is_(None),
        )
        .correlate(_client)
        .scalar_subquery()
    )


def _has_any(table: str) -> ColumnElement[bool]:
    """Say whether the client has rows in a table: most have none, and need no query for them."""
    rows = _tables[table].c
    return exists().where(
        rows.workspace_id == _client.c.workspace_id, rows.client_id == _client.c.id
    )


def _account() -> Select[Any]:
    tenant = _client.c.workspace_id
    source = (
        _client.join(
            _entity,
            and_(_entity.c.workspace_id == tenant, _entity.c.id == _client.c.entity_id),
        )
        .outerjoin(_owner, and_(_owner.c.workspace_id == tenant, _owner.c.id == _client.c.owner_id))
        .outerjoin(
            _muter, and_(_muter.c.workspace_id == tenant, _muter.c.id == _client.c.muted_by_id)
        )
        .outerjoin(
            _alert,
            and_(
                _alert.c.workspace_id == tenant,
                _alert.c.client_id == _client.c.id,
                text("alert.state NOT IN ('resolved', 'written_off')"),
            ),
        )
    )
    return (
        select(
            _client.c.id,
            _client.c.code,
            _client.c.name,
            _client.c.siren,
            _client.c.kind,
            _client.c.terms,
            _client.c.currency,
            _client.c.credit_limit_minor,
            _client.c.owner_id,
            _owner.c.name,
            _owner.c.slack_user_id,
            _entity.c.default_terms,
            _latest(_run.c.as_of),
            _latest(_run.c.receipts_until),
            _entity.c.receipts_stated_until,
            _alert.c.id,
            _alert.c.state,
            _alert.c.window_ends_on,
            _alert.c.window_suspended_until,
            _client.c.muted_until,
            _client.c.muted_reason_sealed,
            _muter.c.name,
            *map(_has_any, _SAID_OF),
            _client.c.margin_percent,
        )
        .select_from(source)
        .where(tenant == bindparam("workspace_id"), _client.c.id == bindparam("client_id"))
    )


def _sum(amount: Any) -> ColumnElement[int]:
    """Sum as a 64-bit integer: PostgreSQL widens sums of bigint to numeric."""
    return cast(func.coalesce(func.sum(amount), 0), BigInteger)


def _bucket_sums() -> Iterable[ColumnElement[int]]:
    """One sum per bucket: an item ages from its due date, a credit from its issue date."""
    since = case((_item.c.open_minor < 0, _item.c.issued_on), else_=_item.c.due_on)
    edges = [bindparam(f"late_{start}", type_=Day) for start in BUCKET_STARTS]
    for newest, oldest in zip([None, *edges], [*edges, None], strict=True):
        inside = [since <= newest] if newest is not None else []
        inside += [since > oldest] if oldest is not None else []
        yield _sum(case((and_(*inside), _item.c.open_minor), else_=0))


def _of_kind(kind: ItemKind) -> ColumnElement[int]:
    return _sum(case((_item.c.kind == kind.value, _item.c.open_minor), else_=0))


def _balances() -> Select[Any]:
    """Balances beside the sums of their items; summed apart, each side uses its own index."""
    buckets = [column.label(f"bucket_{place}") for place, column in enumerate(_bucket_sums())]
    sums = (
        select(
            _item.c.currency,
            func.count().label("item_count"),
            _of_kind(ItemKind.PAYMENT_ON_ACCOUNT).label("on_account"),
            _of_kind(ItemKind.CREDIT_NOTE).label("credit_notes"),
            *buckets,
        )
        .where(_of_client(_item), _IS_OPEN)
        .group_by(_item.c.currency)
        .subquery("sums")
    )
    amounts = ("item_count", "on_account", "credit_notes", *(bucket.name for bucket in buckets))
    return (
        select(
            _balance.c.currency,
            _balance.c.net_minor,
            _balance.c.unattributed_minor,
            _balance.c.last_receipt_on,
            _balance.c.last_receipt_minor,
            _balance.c.paid_count,
            _balance.c.usual_delay_days,
            _balance.c.least_delay_days,
            _balance.c.most_delay_days,
            *(func.coalesce(sums.c[amount], 0) for amount in amounts),
            *(_balance.c[figure] for figure in PayingHabit._fields),
        )
        .select_from(_balance.outerjoin(sums, sums.c.currency == _balance.c.currency))
        .where(_of_client(_balance))
        .order_by(_balance.c.currency)
    )


_ACCOUNT = Prepared(_account())
_BALANCES = Prepared(_balances())
_ITEMS = Prepared(
    select(
        _item.c.id,
        _item.c.number,
        _item.c.kind,
        _item.c.issued_on,
        _item.c.due_on,
        _item.c.due_from,
        _item.c.open_minor,
        _item.c.currency,
    )
    .where(_of_client(_item), _IS_OPEN)
    .order_by(_item.c.due_on, _item.c.issued_on, _item.c.number, _item.c.id)
    .limit(bindparam("most"))
)


def find_account(session: Session, *, workspace_id: int, client_id: int) -> AccountRow | None:
    """Return a client with its owner, books and open alert, or None."""
    rows = _ACCOUNT.rows(session, workspace_id=workspace_id, client_id=client_id)
    if not rows:
        return None
    found = AccountRow(*rows[0])
    if not found.muted_reason:
        return found
    return found._replace(muted_reason=vault_of(session).unseal(workspace_id, found.muted_reason))


def list_balances(
    session: Session, *, workspace_id: int, client_id: int, today: date
) -> list[BalanceRow]:
    """Return the account in each currency, aged on `today`; the buckets add up to the items."""
    rows = _BALANCES.rows(session, workspace_id=workspace_id, client_id=client_id, **_edges(today))
    own = len(PayingHabit._fields)
    return [
        BalanceRow._make((*row[:12], tuple(row[12:-own]), PayingHabit._make(row[-own:])))
        for row in rows
    ]


def list_open_items(
    session: Session, *, workspace_id: int, client_id: int, most: int = ALL_ITEMS
) -> list[ItemRow]:
    """Return open items, oldest due date first."""
    rows = _ITEMS.rows(session, workspace_id=workspace_id, client_id=client_id, most=most)
    return [ItemRow(*row) for row in rows]


def _edges(today: date) -> dict[str, date]:
    """Return, for each late bucket, the latest day an item in it can age from."""
    return {f"late_{start}": today - timedelta(days=start) for start in BUCKET_STARTS}
