"""The insurer's cover as the client's own figure, where cards and handovers read it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select, update
from sqlmodel import Session, col

from storage.tables.ledger import Client
from storage.tables.solvency import InsurerCover


def refresh_covers(session: Session, *, workspace_id: int, today: date) -> None:
    """Set each client's cover to the largest in force in its currency."""
    best = (
        select(func.max(InsurerCover.granted_minor))
        .where(
            col(InsurerCover.workspace_id) == col(Client.workspace_id),
            col(InsurerCover.siren) == col(Client.siren),
            col(InsurerCover.currency) == col(Client.currency),
            or_(col(InsurerCover.valid_until).is_(None), col(InsurerCover.valid_until) >= today),
        )
        .correlate(Client)
        .scalar_subquery()
    )
    session.execute(
        update(Client)
        .where(col(Client.workspace_id) == workspace_id, col(Client.siren).is_not(None))
        .values(cover_minor=best)
        .execution_options(synchronize_session=False)
    )


def count_covered(session: Session, *, workspace_id: int) -> int:
    """Return how many clients an insurer has answered for, be it with nothing."""
    covered = select(func.count()).where(
        col(Client.workspace_id) == workspace_id, col(Client.cover_minor).is_not(None)
    )
    return session.scalar(covered) or 0


def list_covered(session: Session, *, workspace_id: int) -> frozenset[int]:
    """Return the clients on whom some cover was last seen."""
    query = select(col(Client.id)).where(
        col(Client.workspace_id) == workspace_id, col(Client.cover_minor) > 0
    )
    return frozenset(session.scalars(query))


def count_clients_named(session: Session, *, workspace_id: int, sirens: Collection[str]) -> int:
    """Return how many client accounts have one of those SIRENs."""
    named = select(col(Client.siren)).where(
        col(Client.workspace_id) == workspace_id, col(Client.siren).is_not(None)
    )
    return sum(siren in sirens for siren in session.scalars(named))
