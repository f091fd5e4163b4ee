"""What insurers grant on a company, one line per policy, as their files say."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlmodel import Session, col

from bot.domain.solvency.dossier import Cover
from bot.domain.solvency.files import CoverRow
from storage.ids import new_id
from storage.tables.solvency import InsurerCover


def replace_covers(
    session: Session, *, workspace_id: int, rows: Sequence[CoverRow], as_of: date
) -> None:
    """Write an insurer's file: its policies' lines are replaced, other policies keep theirs."""
    for insurer, policy in sorted({(row.insurer, row.policy) for row in rows}):
        session.execute(
            delete(InsurerCover).where(
                col(InsurerCover.workspace_id) == workspace_id,
                col(InsurerCover.insurer) == insurer,
                col(InsurerCover.policy) == policy,
            )
        )
    for row in rows:
        session.add(
            InsurerCover(
                workspace_id=workspace_id,
                id=new_id(),
                siren=row.siren,
                insurer=row.insurer,
                policy=row.policy,
                granted_minor=row.granted_minor,
                insured_percent=row.insured_percent,
                grade=row.grade,
                currency=row.currency,
                valid_until=row.valid_until,
                as_of=as_of,
            )
        )
    session.flush()


def find_cover(session: Session, *, workspace_id: int, siren: str, today: date) -> Cover | None:
    """Return the largest cover in force on a company, or None."""
    query = select(InsurerCover).where(
        col(InsurerCover.workspace_id) == workspace_id, col(InsurerCover.siren) == siren
    )
    found = [
        row for row in session.scalars(query) if row.valid_until is None or row.valid_until >= today
    ]
    best = max(found, key=lambda row: (row.granted_minor, row.policy), default=None)
    if best is None:
        return None
    return Cover(
        best.insurer,
        best.policy,
        best.granted_minor,
        best.insured_percent,
        best.currency,
        best.valid_until,
        best.as_of,
    )
