"""What finance reads in its morning: promises not kept, disputes (whose owners read too), rests."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, null, or_, select
from sqlmodel import Session

from bot.domain.lifecycle import DisputeState, PromiseState
from storage.digests import AmountRow, amounts_of, items_of, of_owners, with_client
from storage.schema import metadata

_tables = metadata.tables
_client, _item, _promise = _tables["client"].c, _tables["open_item"].c, _tables["promise"].c
_dispute, _alert, _person = _tables["dispute"].c, _tables["alert"].c, _tables["person"].c


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


def list_disputed(session: Session, *, workspace_id: int) -> list[AmountRow]:
    """Return what clients contest, soonest due first; `person` is who answers for it."""
    return amounts_of(session, _disputed(workspace_id))


def list_to_settle(
    session: Session, *, workspace_id: int, owners: Collection[int], since: datetime, today: date
) -> list[AmountRow]:
    """Return the disputes these people settle that are due, or given to them since an instant."""
    given = and_(_dispute.opened_at >= since, _dispute.by_id != _dispute.owner_id)
    query = _disputed(workspace_id).where(
        _dispute.owner_id.in_(owners), or_(_dispute.due_on <= today, given)
    )
    return amounts_of(session, query)


def _disputed(workspace_id: int) -> Select[Any]:
    alert = and_(_alert.workspace_id == _dispute.workspace_id, _alert.id == _dispute.alert_id)
    owner = and_(_person.workspace_id == _dispute.workspace_id, _person.id == _dispute.owner_id)
    return (
        select(
            _client.id,
            _client.name,
            _dispute.minor,
            _dispute.currency,
            _dispute.due_on,
            null(),
            _alert.id,
            func.coalesce(_alert.channel, ""),
            func.coalesce(_alert.ts, ""),
            null(),
            func.coalesce(_person.name, ""),
        )
        .select_from(
            with_client(_tables["dispute"])
            .outerjoin(_tables["alert"], alert)
            .outerjoin(_tables["person"], owner)
        )
        .where(of_owners(workspace_id, None), _dispute.state == DisputeState.OPEN.value)
        .order_by(_dispute.due_on, _dispute.id)
    )


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
