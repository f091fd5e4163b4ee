"""Each company's last assessment: prospects' lists, usage told, reviews due, the CRM's file."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true, update
from sqlmodel import Session, col

from storage.among import among
from storage.ids import new_id
from storage.tables.ledger import Client
from storage.tables.solvency import CompanyRating

_LAST = 9  # after every priority there is
_PROSPECT = col(CompanyRating.is_prospect) == true()
_PRIORITY_FROM_LIST = col(CompanyRating.priority_by_id).is_(None)


@dataclass(frozen=True, slots=True)
class Rated:
    """An assessment to keep; `flags` are words joined by commas."""

    siren: str
    name: str
    town: str
    rating: str
    confidence: int
    verdict: str
    terms_days: int
    limit_minor: int
    currency: str
    flags: str
    review_on: date | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class RatingLine:
    """A kept assessment with what people decided about the company."""

    siren: str
    name: str
    town: str
    rating: str
    confidence: int
    verdict: str
    terms_days: int
    limit_minor: int
    currency: str
    flags: str
    usage_said: int
    is_prospect: bool
    priority: int
    owner_id: int | None
    review_on: date | None
    as_of: datetime


def save_rating(session: Session, *, workspace_id: int, rated: Rated) -> None:
    """Keep an assessment in place of the one before; what people decided stays."""
    row = _row(session, workspace_id, rated.siren)
    if row is None:
        session.add(CompanyRating(workspace_id=workspace_id, id=new_id(), **asdict(rated)))
    else:
        for name, value in asdict(rated).items():
            setattr(row, name, value)
    session.flush()


def find_rating(session: Session, *, workspace_id: int, siren: str) -> RatingLine | None:
    """Return the last assessment of a company, or None."""
    row = _row(session, workspace_id, siren)
    return None if row is None else _line(row)


def find_largest_limit(
    session: Session, *, workspace_id: int, sirens: Collection[str], currency: str
) -> int:
    """Return the largest limit kept for any of these companies; 0 when none was rated."""
    query = select(func.max(col(CompanyRating.limit_minor))).where(
        col(CompanyRating.workspace_id) == workspace_id,
        col(CompanyRating.siren).in_(sorted(sirens)),
        col(CompanyRating.currency) == currency,
    )
    return session.scalar(query) or 0


def mark_prospect(
    session: Session,
    *,
    workspace_id: int,
    siren: str,
    owner_id: int | None,
    priority: int = 0,
    name: str = "",
) -> None:
    """Say that a rated company is a prospect; whose, and how soon to be met, where a list says so.

    The priority that somebody set by hand stays; `name` serves when the registers gave none.
    """
    values: dict[str, Any] = {"is_prospect": True}
    if owner_id is not None:
        values["owner_id"] = owner_id
    _change(session, workspace_id, siren, **values)
    if priority:
        _change(session, workspace_id, siren, _PRIORITY_FROM_LIST, priority=priority)
    if name:
        _change(session, workspace_id, siren, col(CompanyRating.name) == siren, name=name)


def set_priority(
    session: Session, *, workspace_id: int, siren: str, priority: int, by_id: int | None
) -> bool:
    """Set how soon a prospect should be met: 0 none, 1 high, 2 medium, 3 low; False: no prospect.

    Later lists no longer change it.
    """
    return _change(session, workspace_id, siren, _PROSPECT, priority=priority, priority_by_id=by_id)


def list_prospects(
    session: Session,
    *,
    workspace_id: int,
    owners: Sequence[int] | None = None,
    most: int | None = None,
) -> tuple[RatingLine, ...]:
    """Return the prospects (of these people and of nobody; None: all), in the order to be met.

    By priority (none last), then the best rating, then name.
    """
    query = select(CompanyRating).where(*_of_owners(session, workspace_id, owners))
    soonest = case((col(CompanyRating.priority) == 0, _LAST), else_=col(CompanyRating.priority))
    name = col(CompanyRating.name)
    query = query.order_by(soonest, col(CompanyRating.rating), name, col(CompanyRating.siren))
    return tuple(_line(row) for row in session.scalars(query.limit(most)))


def count_prospects(
    session: Session, *, workspace_id: int, owners: Sequence[int] | None = None
) -> int:
    """Return how many prospects `list_prospects` has."""
    query = select(func.count()).select_from(CompanyRating)
    found = session.scalar(query.where(*_of_owners(session, workspace_id, owners)))
    return int(found or 0)


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A rated company with the account we know it by: no code for a prospect."""

    code: str | None
    group_siren: str | None
    rated: RatingLine


def list_export(session: Session, *, workspace_id: int) -> Sequence[ExportLine]:
    """Return every rated company, once for each account of ours, by SIREN."""
    query = (
        select(CompanyRating, col(Client.code), col(Client.group_siren))
        .outerjoin(
            Client,
            and_(
                col(Client.workspace_id) == col(CompanyRating.workspace_id),
                col(Client.siren) == col(CompanyRating.siren),
            ),
        )
        .where(col(CompanyRating.workspace_id) == workspace_id)
        .order_by(col(CompanyRating.siren), col(Client.code))
    )
    return [ExportLine(code, group, _line(row)) for row, code, group in session.execute(query)]


def _of_owners(
    session: Session, workspace_id: int, owners: Sequence[int] | None
) -> tuple[ColumnElement[bool], ...]:
    prospects = (col(CompanyRating.workspace_id) == workspace_id, _PROSPECT)
    if owners is None:
        return prospects
    owner = col(CompanyRating.owner_id)
    return (*prospects, or_(among(session, owner, owners), owner.is_(None)))


def _row(session: Session, workspace_id: int, siren: str) -> CompanyRating | None:
    query = select(CompanyRating).where(
        col(CompanyRating.workspace_id) == workspace_id, col(CompanyRating.siren) == siren
    )
    return session.scalars(query).first()


def _change(
    session: Session, workspace_id: int, siren: str, *only: ColumnElement[bool], **values: Any
) -> bool:
    changed = session.connection().execute(
        update(CompanyRating)
        .where(
            col(CompanyRating.workspace_id) == workspace_id,
            col(CompanyRating.siren) == siren,
            *only,
        )
        .values(**values)
    )
    return bool(changed.rowcount)


def _line(row: CompanyRating) -> RatingLine:
    names = RatingLine.__dataclass_fields__
    return RatingLine(**{name: getattr(row, name) for name in names})
