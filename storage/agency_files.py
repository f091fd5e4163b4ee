"""What paid agencies say of a company: their grades, and who holds it; rows from files."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlmodel import Session, col

from bot.domain.solvency.dossier import Grade, OutsideGrade, SourceName
from bot.domain.solvency.files import GradeRow, LinkRow
from storage.ids import new_id
from storage.tables.solvency import GroupLink, InsurerCover
from storage.tables.solvency import OutsideGrade as _Grade


def replace_grades(
    session: Session, *, workspace_id: int, rows: Sequence[GradeRow], as_of: date
) -> None:
    """Write an agency's file: each named company's grade by that agency is replaced."""
    for row in rows:
        session.execute(
            delete(_Grade).where(
                col(_Grade.workspace_id) == workspace_id,
                col(_Grade.siren) == row.siren,
                col(_Grade.agency) == row.agency,
            )
        )
        session.add(
            _Grade(
                workspace_id=workspace_id,
                id=new_id(),
                siren=row.siren,
                agency=row.agency,
                text=row.text,
                grade=row.grade.value if row.grade else "",
                as_of=as_of,
            )
        )
    session.flush()


def list_grades(session: Session, *, workspace_id: int, siren: str) -> tuple[OutsideGrade, ...]:
    """Return what agencies and insurers grade a company, by name."""
    paid = select(_Grade).where(
        col(_Grade.workspace_id) == workspace_id, col(_Grade.siren) == siren
    )
    agencies = [
        OutsideGrade(
            SourceName.AGENCY,
            row.agency,
            row.text,
            Grade(row.grade) if row.grade else None,
            row.as_of,
        )
        for row in session.scalars(paid.order_by(col(_Grade.agency)))
    ]
    covers = select(InsurerCover).where(
        col(InsurerCover.workspace_id) == workspace_id,
        col(InsurerCover.siren) == siren,
        col(InsurerCover.grade) != "",
    )
    insurers = [
        OutsideGrade(SourceName.INSURER, row.insurer, row.grade, _read_grade(row.grade), row.as_of)
        for row in session.scalars(covers.order_by(col(InsurerCover.insurer)))
    ]
    return (*agencies, *insurers)


def replace_links(
    session: Session, *, workspace_id: int, rows: Sequence[LinkRow], as_of: date
) -> None:
    """Write a shareholders' file: the named companies' links from that source are replaced."""
    for siren, source in sorted({(row.siren, row.source) for row in rows}):
        session.execute(
            delete(GroupLink).where(
                col(GroupLink.workspace_id) == workspace_id,
                col(GroupLink.siren) == siren,
                col(GroupLink.source) == source,
            )
        )
    for row in rows:
        session.add(
            GroupLink(
                workspace_id=workspace_id,
                id=new_id(),
                siren=row.siren,
                parent_siren=row.parent_siren,
                share_percent=row.share_percent,
                source=row.source,
                as_of=as_of,
            )
        )
    session.flush()


def find_parent(session: Session, *, workspace_id: int, siren: str) -> str | None:
    """Return the SIREN that holds most of a company, from a file; None when no file says."""
    query = select(GroupLink).where(
        col(GroupLink.workspace_id) == workspace_id, col(GroupLink.siren) == siren
    )
    links = list(session.scalars(query))
    best = max(links, key=lambda link: (link.share_percent or 0, link.parent_siren), default=None)
    return None if best is None else best.parent_siren


def list_parents(session: Session, *, workspace_id: int) -> dict[str, str]:
    """Return who holds each company named in a shareholders' file, the largest share first."""
    query = select(GroupLink).where(col(GroupLink.workspace_id) == workspace_id)
    links = sorted(
        session.scalars(query), key=lambda link: (link.share_percent or 0, link.parent_siren)
    )
    return {link.siren: link.parent_siren for link in links}


def _read_grade(text: str) -> Grade | None:
    letter = text.strip().upper()
    return Grade(letter) if letter in Grade.__members__ else None
