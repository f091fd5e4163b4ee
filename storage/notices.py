"""The published events of companies, as they stand; alerts read whether a proceeding is on."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, select
from sqlmodel import Session, col

from bot.domain.solvency.dossier import Event, EventKind
from bot.domain.solvency.standing import OPENINGS, standing_of
from storage.documents import from_document, to_document
from storage.ids import new_id
from storage.standings import PROCEEDING
from storage.tables.ledger import Client
from storage.tables.open_data import Notice


def replace_events(
    session: Session, *, workspace_id: int, siren: str, events: Iterable[Event], at: datetime
) -> None:
    """Write a company's events in the place of those kept before.

    The notice that opened a proceeding still in force is kept as kind `proceeding`: the alert
    rule looks for that word alone.
    """
    standing = tuple(events)
    now = standing_of(standing)
    in_force = now.opened if now.kind in OPENINGS else None
    session.execute(
        delete(Notice).where(col(Notice.workspace_id) == workspace_id, col(Notice.siren) == siren)
    )
    for event in standing:
        session.add(
            Notice(
                workspace_id=workspace_id,
                id=new_id(),
                source_id=event.notice_id,
                siren=siren,
                kind=PROCEEDING if event == in_force else event.kind.value,
                published_on=event.published_on,
                body=to_document(Event, event),
                read_at=at,
            )
        )
    session.flush()


def list_events(session: Session, *, workspace_id: int, sirens: Sequence[str]) -> tuple[Event, ...]:
    """Return the kept events of these companies, the latest publication first."""
    query = (
        select(col(Notice.body))
        .where(
            col(Notice.workspace_id) == workspace_id,
            col(Notice.siren).in_(sirens),
        )
        .order_by(col(Notice.published_on).desc(), col(Notice.source_id), col(Notice.siren))
    )
    read = (from_document(Event, body) for body in session.scalars(query))
    return tuple(event for event in read if event is not None)


def list_proceedings(session: Session, *, workspace_id: int) -> tuple[str, ...]:
    """Return the client companies that a proceeding or a plan may protect, in order."""
    query = (
        select(col(Notice.siren))
        .join(
            Client,
            and_(
                col(Client.workspace_id) == col(Notice.workspace_id),
                col(Client.siren) == col(Notice.siren),
            ),
        )
        .where(
            col(Notice.workspace_id) == workspace_id,
            col(Notice.kind).in_((PROCEEDING, EventKind.PLAN.value)),
        )
        .distinct()
        .order_by(col(Notice.siren))
    )
    return tuple(session.scalars(query))
