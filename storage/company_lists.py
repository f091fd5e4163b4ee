"""Companies for the mornings: how much of a limit is used, which are due for review."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlmodel import Session, col

from storage.tables.ledger import Client, OpenItem
from storage.tables.solvency import CompanyRating, Watch
from storage.tables.workspaces import Person


class UsageRow(NamedTuple):
    """What a rated client owes against its limit (its own, else the rating's), minor units."""

    siren: str
    exposure_minor: int
    limit_minor: int
    said: int
    has_own_limit: bool


class CompanyLine(NamedTuple):
    """A rated client in a morning's list; `on` is when it was said, or is due."""

    client_id: int
    client: str
    owner: str
    minor: int
    currency: str
    percent: int
    grade: str
    on: date


def list_usage(session: Session, *, workspace_id: int) -> list[UsageRow]:
    """Return what every rated client owes in its rating's currency, by SIREN."""
    limit = func.coalesce(
        func.max(col(Client.credit_limit_minor)), func.max(col(CompanyRating.limit_minor))
    )
    query = (
        select(
            col(CompanyRating.siren),
            func.sum(col(OpenItem.open_minor)),
            limit,
            func.max(col(CompanyRating.usage_said)),
            func.max(col(Client.credit_limit_minor)),
        )
        .join(Client, _same_company())
        .join(OpenItem, _same_client())
        .where(
            col(CompanyRating.workspace_id) == workspace_id,
            col(OpenItem.currency) == col(CompanyRating.currency),
        )
        .group_by(col(CompanyRating.siren))
        .order_by(col(CompanyRating.siren))
    )
    return [
        UsageRow(siren, int(owed), int(most), said, own is not None)
        for siren, owed, most, said, own in session.execute(query)
    ]


def say_usage(
    session: Session, *, workspace_id: int, siren: str, percent: int, on: date | None
) -> None:
    """Remember the highest usage level told since usage last fell (0: none), and when."""
    session.execute(
        update(CompanyRating)
        .where(col(CompanyRating.workspace_id) == workspace_id, col(CompanyRating.siren) == siren)
        .values(usage_said=percent, usage_said_on=on)
    )


def list_usage_said(
    session: Session, *, workspace_id: int, owners: Collection[int] | None, after: date
) -> list[CompanyLine]:
    """Return the clients of `owners` that reached a usage level after a day, the highest first."""
    owed = (
        select(func.coalesce(func.sum(OpenItem.open_minor), 0))
        .where(_same_client(), col(OpenItem.currency) == col(CompanyRating.currency))
        .correlate(Client, CompanyRating)
        .scalar_subquery()
    )
    return _lines(
        session,
        workspace_id,
        owners,
        owed,
        col(CompanyRating.usage_said_on),
        col(CompanyRating.usage_said_on) > after,
        col(CompanyRating.usage_said).desc(),
    )


def list_reviews(
    session: Session, *, workspace_id: int, after: date, until: date
) -> list[CompanyLine]:
    """Return the clients whose review fell due after a day and by another, soonest first."""
    due = col(CompanyRating.review_on)
    limit = col(CompanyRating.limit_minor)
    return _lines(session, workspace_id, None, limit, due, and_(due > after, due <= until), due)


def list_prospect_reviews(
    session: Session, *, workspace_id: int, after: date, until: date
) -> list[CompanyLine]:
    """Return the watched prospects whose review fell due, as `list_reviews`; `client_id` is 0."""
    due = col(CompanyRating.review_on)
    watched = exists().where(
        col(Watch.workspace_id) == workspace_id, col(Watch.siren) == col(CompanyRating.siren)
    )
    ours = exists().where(
        col(Client.workspace_id) == workspace_id, col(Client.siren) == col(CompanyRating.siren)
    )
    owner = and_(
        col(Person.workspace_id) == workspace_id, col(Person.id) == col(CompanyRating.owner_id)
    )
    query = (
        select(CompanyRating, func.coalesce(Person.name, ""))
        .outerjoin(Person, owner)
        .where(
            col(CompanyRating.workspace_id) == workspace_id,
            due > after,
            due <= until,
            watched,
            ~ours,
        )
        .order_by(due, col(CompanyRating.siren))
    )
    return [
        CompanyLine(
            0, row.name, person, row.limit_minor, row.currency, 0, row.rating, row.review_on
        )
        for row, person in session.execute(query)
    ]


def _lines(
    session: Session,
    workspace_id: int,
    owners: Collection[int] | None,
    minor: Any,
    on: Any,
    chosen: Any,
    order: Any,
) -> list[CompanyLine]:
    owner = and_(
        col(Person.workspace_id) == col(Client.workspace_id), col(Person.id) == col(Client.owner_id)
    )
    query = (
        select(
            col(Client.id),
            col(Client.name),
            func.coalesce(Person.name, ""),
            minor,
            col(CompanyRating.currency),
            col(CompanyRating.usage_said),
            col(CompanyRating.rating),
            on,
        )
        .join(Client, _same_company())
        .outerjoin(Person, owner)
        .where(col(CompanyRating.workspace_id) == workspace_id, chosen)
        .order_by(order, col(Client.id))
    )
    if owners is not None:
        query = query.where(col(Client.owner_id).in_(list(owners)))
    rows = session.execute(query)
    return [
        CompanyLine(id, name, person, int(amount), *rest)
        for id, name, person, amount, *rest in rows
    ]


def _same_company() -> ColumnElement[bool]:
    return and_(
        col(Client.workspace_id) == col(CompanyRating.workspace_id),
        col(Client.siren) == col(CompanyRating.siren),
    )


def _same_client() -> ColumnElement[bool]:
    return and_(
        col(OpenItem.workspace_id) == col(Client.workspace_id),
        col(OpenItem.client_id) == col(Client.id),
    )
