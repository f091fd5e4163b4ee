"""Rates of late payment entered by hand, over those that come with goodcop."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, select
from sqlmodel import Session, col

from bot.domain.late_payment.interest import HalfYear, RateRow
from storage.ids import new_id
from storage.tables.late_payment import LateRate


def list_rates(session: Session, *, workspace_id: int) -> tuple[RateRow, ...]:
    """Return the half-years entered, oldest first."""
    query = (
        select(LateRate)
        .where(col(LateRate.workspace_id) == workspace_id)
        .order_by(col(LateRate.half_year))
    )
    return tuple(
        RateRow(
            HalfYear.read(row.half_year),
            Decimal(row.legal_percent),
            Decimal(row.refi_percent),
            row.source,
            row.is_example,
        )
        for row in session.scalars(query)
    )


def put_rate(session: Session, *, workspace_id: int, rate: RateRow, by: str, now: datetime) -> None:
    """Enter a half-year, in place of what was entered before."""
    half_year = str(rate.half_year)
    session.execute(
        delete(LateRate).where(
            col(LateRate.workspace_id) == workspace_id, col(LateRate.half_year) == half_year
        )
    )
    session.add(
        LateRate(
            workspace_id=workspace_id,
            id=new_id(),
            half_year=half_year,
            legal_percent=str(rate.legal_percent),
            refi_percent=str(rate.refi_percent),
            source=rate.source,
            is_example=rate.is_example,
            made_by=by,
            made_at=now,
        )
    )
    session.flush()
