"""Each company's last assessment: prospects' lists, usage told, reviews due, the CRM's file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlmodel import Session, col

from storage.ids import new_id
from storage.tables.ledger import Client
from storage.tables.solvency import CompanyRating


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


def mark_prospect(session: Session, *, workspace_id: int, siren: str, owner_id: int | None) -> None:
    """Say that a rated company is a prospect, and whose when known."""
    values: dict[str, Any] = {"is_prospect": True}
    if owner_id is not None:
        values["owner_id"] = owner_id
    _change(session, workspace_id, siren, **values)


def set_priority(session: Session, *, workspace_id: int, siren: str, priority: int) -> None:
    """Set how soon a prospect should be met: 0 none, 1 high, 2 medium, 3 low."""
    _change(session, workspace_id, siren, priority=priority)


def say_usage(session: Session, *, workspace_id: int, siren: str, percent: int) -> None:
    """Remember the highest usage level told since usage last fell (0: none)."""
    _change(session, workspace_id, siren, usage_said=percent)


def list_prospects(
    session: Session, *, workspace_id: int, owner_id: int | None = None
) -> tuple[RatingLine, ...]:
    """Return the prospects (a person's own and those of nobody), by priority then name."""
    query = select(CompanyRating).where(
        col(CompanyRating.workspace_id) == workspace_id, col(CompanyRating.is_prospect)
    )
    if owner_id is not None:
        owner = col(CompanyRating.owner_id)
        query = query.where(or_(owner == owner_id, owner.is_(None)))
    rows = session.scalars(query.order_by(col(CompanyRating.name)))
    return tuple(sorted((_line(row) for row in rows), key=lambda line: line.priority or 9))


def list_reviews_due(session: Session, *, workspace_id: int, until: date) -> tuple[RatingLine, ...]:
    """Return the companies whose review is due by `until`, soonest first."""
    query = select(CompanyRating).where(
        col(CompanyRating.workspace_id) == workspace_id,
        col(CompanyRating.review_on) <= until,
    )
    rows = session.scalars(query.order_by(col(CompanyRating.review_on), col(CompanyRating.name)))
    return tuple(_line(row) for row in rows)


def list_export(session: Session, *, workspace_id: int) -> Sequence[tuple[str | None, RatingLine]]:
    """Return every rated company with its client code (None for a prospect), by SIREN."""
    query = (
        select(CompanyRating, col(Client.code))
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
    return [(code, _line(row)) for row, code in session.execute(query)]


def _row(session: Session, workspace_id: int, siren: str) -> CompanyRating | None:
    query = select(CompanyRating).where(
        col(CompanyRating.workspace_id) == workspace_id, col(CompanyRating.siren) == siren
    )
    return session.scalars(query).first()


def _change(session: Session, workspace_id: int, siren: str, **values: Any) -> None:
    session.execute(
        update(CompanyRating)
        .where(col(CompanyRating.workspace_id) == workspace_id, col(CompanyRating.siren) == siren)
        .values(**values)
    )


def _line(row: CompanyRating) -> RatingLine:
    names = RatingLine.__dataclass_fields__
    return RatingLine(**{name: getattr(row, name) for name in names})
