"""How the company stands, for finance: its books, what waits for it, whether alerts are on."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlmodel import Session

from bot.domain.lifecycle import HandoverState
from storage.schema import metadata

_tables = metadata.tables
_client, _alert, _person = _tables["client"], _tables["alert"], _tables["person"]
_handover, _entity, _run = _tables["handover"], _tables["entity"], _tables["import_run"]
_workspace = _tables["workspace"]
_BOOKS = ("fec", "open_items")


class HandoverLine(NamedTuple):
    """A file offered to finance that nobody took yet."""

    handover_id: int
    alert_id: int
    client_id: int
    name: str
    minor: int
    currency: str
    level: int
    oldest_due_on: date | None
    by_name: str | None
    channel: str
    ts: str


class EntityLine(NamedTuple):
    """An entity and the last books applied to it."""

    name: str
    siren: str | None
    receipts_stated_until: date | None
    file_name: str | None
    applied_at: datetime | None
    as_of: date | None
    receipts_until: date | None
    rejected_count: int | None
    warnings: list[str] | None


def is_active(session: Session, *, workspace_id: int, person_id: int | None) -> bool:
    """Say whether alerts were turned on, for everyone or for this person."""
    for_all = select(_workspace.c.activated_at).where(_workspace.c.id == workspace_id)
    for_one = select(_person.c.activated_at).where(
        _person.c.workspace_id == workspace_id, _person.c.id == person_id
    )
    return any(session.execute(query).scalar() is not None for query in (for_all, for_one))


def list_offered_handovers(session: Session, *, workspace_id: int, most: int) -> list[HandoverLine]:
    """Return the files offered to finance that nobody took, oldest first."""
    tenant = _handover.c.workspace_id
    source = (
        _handover.join(
            _client, and_(_client.c.workspace_id == tenant, _client.c.id == _handover.c.client_id)
        )
        .join(_alert, and_(_alert.c.workspace_id == tenant, _alert.c.id == _handover.c.alert_id))
        .outerjoin(
            _person, and_(_person.c.workspace_id == tenant, _person.c.id == _handover.c.by_id)
        )
    )
    query = (
        select(
            _handover.c.id,
            _alert.c.id,
            _client.c.id,
            _client.c.name,
            _alert.c.overdue_minor,
            _alert.c.currency,
            _alert.c.level,
            _alert.c.oldest_due_on,
            _person.c.name,
            _handover.c.channel,
            _handover.c.ts,
        )
        .select_from(source)
        .where(
            _handover.c.workspace_id == workspace_id,
            _handover.c.state == HandoverState.OFFERED.value,
        )
        .order_by(_handover.c.offered_at, _handover.c.id)
        .limit(most)
    )
    return [HandoverLine(*row) for row in session.execute(query)]


def list_entities(session: Session, *, workspace_id: int) -> list[EntityLine]:
    """Return the workspace's entities with the last books applied to each."""
    last = _run.alias("last")
    newest = (
        select(last.c.id)
        .where(
            last.c.workspace_id == _entity.c.workspace_id,
            last.c.entity_id == _entity.c.id,
            last.c.kind.in_(_BOOKS),
            last.c.undone_at.is_(None),
        )
        .order_by(last.c.as_of.desc(), last.c.applied_at.desc(), last.c.id.desc())
        .limit(1)
        .correlate(_entity)
        .scalar_subquery()
    )
    query = (
        select(
            _entity.c.name,
            _entity.c.siren,
            _entity.c.receipts_stated_until,
            _run.c.file_name,
            _run.c.applied_at,
            _run.c.as_of,
            _run.c.receipts_until,
            _run.c.rejected_count,
            _run.c.warnings,
        )
        .select_from(
            _entity.outerjoin(
                _run, and_(_run.c.workspace_id == _entity.c.workspace_id, _run.c.id == newest)
            )
        )
        .where(_entity.c.workspace_id == workspace_id)
        .order_by(_entity.c.name, _entity.c.id)
    )
    return [EntityLine(*row) for row in session.execute(query)]


def count_clients(session: Session, *, workspace_id: int) -> int:
    """Return how many client accounts the books hold."""
    counted = select(func.count()).select_from(_client)
    return session.scalar(counted.where(_client.c.workspace_id == workspace_id)) or 0
