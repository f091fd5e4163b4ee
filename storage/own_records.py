"""How a company pays us, from our own ledger: one record per SIREN, all its accounts together."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    type_coerce,
)
from sqlmodel import Session

from bot.domain.ledger import ItemKind
from bot.domain.lifecycle import PromiseState
from bot.domain.solvency.dossier import OwnRecord
from storage.prepared import Prepared
from storage.schema import metadata

_tables = metadata.tables
_client, _item = _tables["client"], _tables["open_item"]
_balance, _promise = _tables["balance"], _tables["promise"]
_YEAR = timedelta(days=365)


def find_own_record(
    session: Session, *, workspace_id: int, siren: str, today: date
) -> OwnRecord | None:
    """Return how a company pays us in its accounts' main currency; None when we do not know it.

    Sales are the invoices issued in the last 365 days, as a monthly mean, tax included.
    """
    of_company = {"of_workspace": workspace_id, "of_siren": siren}
    found = _CURRENCY.rows(session, **of_company)
    if not found:
        return None
    currency = found[0][0]
    in_currency = of_company | {"in_currency": currency}
    days = {"on_day": today.toordinal(), "since_day": (today - _YEAR).toordinal()}
    open_minor, overdue_minor, oldest, sales = _SUMS.rows(session, **in_currency, **days)[0]
    habits = _HABITS.rows(session, **in_currency)
    promises = dict(_PROMISES.rows(session, **of_company))
    return OwnRecord(
        paid_count=sum(row[0] for row in habits),
        usual_delay_days=next((row[1] for row in habits if row[1] is not None), None),
        open_minor=int(open_minor or 0),
        overdue_minor=int(overdue_minor or 0),
        oldest_overdue_days=0 if oldest is None else today.toordinal() - oldest,
        promises_kept=promises.get(PromiseState.KEPT.value, 0),
        promises_broken=promises.get(PromiseState.BROKEN.value, 0),
        monthly_sales_minor=int(sales or 0) // 12,
        currency=currency,
        as_of=today,
    )


_WHERE = (
    _client.c.workspace_id == bindparam("of_workspace", type_=BigInteger),
    _client.c.siren == bindparam("of_siren", type_=String),
)
_ACCOUNTS = select(_client.c.id).where(*_WHERE)


def _of_company(table: Any) -> ColumnElement[bool]:
    """Return the condition that a row is about one of the accounts of the SIREN asked for."""
    tenant = table.c.workspace_id == bindparam("of_workspace", type_=BigInteger)
    return and_(tenant, table.c.client_id.in_(_ACCOUNTS))


_CURRENCY = Prepared(select(_client.c.currency).where(*_WHERE).order_by(_client.c.id).limit(1))
_DUE, _ISSUED = type_coerce(_item.c.due_on, Integer), type_coerce(_item.c.issued_on, Integer)
_LATE = and_(bindparam("on_day", type_=Integer) > _DUE, _item.c.open_minor > 0)
_RECENT = and_(
    bindparam("since_day", type_=Integer) < _ISSUED, _item.c.kind == ItemKind.INVOICE.value
)
_SUMS = Prepared(
    select(
        func.sum(_item.c.open_minor),
        func.sum(case((_LATE, _item.c.open_minor), else_=0)),
        func.min(case((_LATE, _DUE), else_=None)),
        func.sum(case((_RECENT, _item.c.minor), else_=0)),
    ).where(_of_company(_item), _item.c.currency == bindparam("in_currency", type_=String))
)
_HABITS = Prepared(
    select(_balance.c.paid_count, _balance.c.usual_delay_days)
    .where(_of_company(_balance), _balance.c.currency == bindparam("in_currency", type_=String))
    .order_by(_balance.c.paid_count.desc())
)
_PROMISES = Prepared(
    select(_promise.c.state, func.count()).where(_of_company(_promise)).group_by(_promise.c.state)
)


def list_group(
    session: Session, *, workspace_id: int, parent_siren: str, currency: str
) -> dict[str, int]:
    """Return what each company of a group owes in one currency, by SIREN; the parent included."""
    query = (
        select(_client.c.siren, func.coalesce(func.sum(_item.c.open_minor), 0))
        .select_from(
            _client.outerjoin(
                _item,
                and_(
                    _item.c.workspace_id == _client.c.workspace_id,
                    _item.c.client_id == _client.c.id,
                    _item.c.currency == currency,
                    _item.c.open_minor != 0,
                ),
            )
        )
        .where(
            _client.c.workspace_id == workspace_id,
            _client.c.siren.is_not(None),
            or_(_client.c.siren == parent_siren, _client.c.group_siren == parent_siren),
        )
        .group_by(_client.c.siren)
    )
    return {siren: int(minor) for siren, minor in session.execute(query)}
