"""What only finance reads in its morning: promises not kept, small items, other currencies."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session

from bot.domain.lifecycle import PromiseState
from storage.digests import AmountRow, amounts_of, items_of, of_owners, with_client
from storage.schema import metadata

_tables = metadata.tables
_client, _item, _promise = _tables["client"].c, _tables["open_item"].c, _tables["promise"].c


def list_small_items(
    session: Session, *, workspace_id: int, today: date, below_minor: int, currency: str
) -> list[AmountRow]:
    """Return the late items under the de-minimis, for finance to write off."""
    query = items_of(workspace_id, None, currency).where(
        _item.due_on < today, _item.open_minor > 0, _item.open_minor < below_minor
    )
    return amounts_of(session, query)


def list_broken(session: Session, *, workspace_id: int, since: datetime) -> list[AmountRow]:
    """Return the promises judged broken, or kept in part, since an instant; what did not come."""
    query: Select[Any] = (
        select(
            _client.id,
            _client.name,
            _promise.minor - _promise.received_minor,
            _promise.currency,
            _promise.due_on,
        )
        .select_from(with_client(_tables["promise"]))
        .where(
            of_owners(workspace_id, None),
            _promise.state.in_((PromiseState.BROKEN.value, PromiseState.KEPT_IN_PART.value)),
            _promise.judged_at >= since,
        )
        .order_by(_promise.due_on, _promise.id)
    )
    return amounts_of(session, query)


def list_other_currencies(
    session: Session, *, workspace_id: int, today: date, known: Collection[str]
) -> list[AmountRow]:
    """Return what is late per client in the currencies the policy has no amounts for."""
    total = func.sum(_item.open_minor)
    oldest = func.min(_item.due_on, type_=_item.due_on.type)
    query: Select[Any] = (
        select(_client.id, _client.name, total, _item.currency, oldest)
        .select_from(with_client(_tables["open_item"]))
        .where(
            of_owners(workspace_id, None),
            _item.currency.not_in(list(known)),
            _item.due_on < today,
            _item.open_minor > 0,
        )
        .group_by(_client.id, _client.name, _item.currency)
        .order_by(_item.currency, total.desc(), _client.id)
    )
    return [
        AmountRow(id, name, int(minor), currency, on)
        for id, name, minor, currency, on in session.execute(query)
    ]
