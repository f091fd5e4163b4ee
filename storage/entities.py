"""The companies whose books are imported, their fiscal years and their files' columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.import_guards import Year
from bot.domain.late_payment.limitation import LimitationKind
from storage.tables.workspaces import ColumnMapping, Entity, FiscalYear
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One company; its IBAN opened."""

    id: int
    siren: str | None
    name: str
    address: str
    iban: str
    currency: str
    default_terms: str
    rhythm_days: int
    receipts_stated_until: date | None
    late_rate: str = ""
    limitation: LimitationKind = LimitationKind.COMMERCIAL


@dataclass(frozen=True, slots=True)
class YearRow:
    """A fiscal year and the unattributed amounts carried into it, by client id.

    `follows` says whether the books held begin before it.
    """

    year: Year
    carried: Mapping[int, int]
    follows: bool


def list_entities(session: Session, *, workspace_id: int) -> list[EntityRow]:
    """Return the workspace's companies, oldest first."""
    query = select(Entity).where(col(Entity.workspace_id) == workspace_id)
    vault: Vault = session.info["vault"]
    rows = session.scalars(query.order_by(col(Entity.id)).execution_options(populate_existing=True))
    return [
        EntityRow(
            row.id,
            row.siren,
            row.name,
            row.address,
            vault.unseal(workspace_id, row.iban_sealed),
            row.currency,
            row.default_terms,
            row.rhythm_days,
            row.receipts_stated_until,
            row.late_rate,
            LimitationKind(row.limitation),
        )
        for row in rows
    ]


def add_entity(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    siren: str | None,
    currency: str,
    now: datetime,
) -> None:
    """Add a company."""
    session.add(
        Entity(workspace_id=workspace_id, id=id, siren=siren, currency=currency, created_at=now)
    )
    session.flush()


def set_entity(
    session: Session, *, workspace_id: int, id: int, values: Mapping[str, object]
) -> None:
    """Change a company's columns, already validated; `iban` is sealed."""
    changed = dict(values)
    if "iban" in changed:
        vault: Vault = session.info["vault"]
        changed["iban_sealed"] = vault.seal(workspace_id, str(changed.pop("iban")))
    if changed:
        session.execute(
            update(Entity)
            .where(col(Entity.workspace_id) == workspace_id, col(Entity.id) == id)
            .values(**changed)
        )


def find_newest_year(session: Session, *, workspace_id: int, entity_id: int) -> YearRow | None:
    """Return the newest fiscal year of an entity, or None."""
    query = (
        select(FiscalYear)
        .where(col(FiscalYear.workspace_id) == workspace_id, col(FiscalYear.entity_id) == entity_id)
        .order_by(col(FiscalYear.starts_on).desc())
        .limit(2)
    )
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    if not rows:
        return None
    row = rows[0]
    carried = {int(client_id): int(minor) for client_id, minor in row.carried.items()}
    return YearRow(Year(row.id, row.starts_on, row.ends_on), carried, len(rows) > 1)


def add_year(
    session: Session,
    *,
    workspace_id: int,
    entity_id: int,
    year: Year,
    carried: Mapping[int, int],
) -> None:
    """Add a fiscal year."""
    session.add(
        FiscalYear(
            workspace_id=workspace_id,
            id=year.id,
            entity_id=entity_id,
            starts_on=year.starts_on,
            ends_on=year.ends_on,
            carried={str(client_id): minor for client_id, minor in carried.items()},
        )
    )
    session.flush()


def find_mapping(
    session: Session, *, workspace_id: int, entity_id: int, kind: str
) -> dict[str, str]:
    """Return the columns kept for an entity's files of a kind; empty when none were."""
    query = select(ColumnMapping).where(
        col(ColumnMapping.workspace_id) == workspace_id,
        col(ColumnMapping.entity_id) == entity_id,
        col(ColumnMapping.kind) == kind,
    )
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return {} if row is None else {name: str(value) for name, value in row.columns.items()}


def keep_mapping(
    session: Session,
    *,
    workspace_id: int,
    entity_id: int,
    kind: str,
    id: int,
    columns: Mapping[str, str],
) -> None:
    """Keep the columns of an entity's files of a kind, in place of those kept before."""
    query = select(ColumnMapping).where(
        col(ColumnMapping.workspace_id) == workspace_id,
        col(ColumnMapping.entity_id) == entity_id,
        col(ColumnMapping.kind) == kind,
    )
    row = session.scalars(query).one_or_none() or ColumnMapping(
        workspace_id=workspace_id, id=id, entity_id=entity_id, kind=kind, columns={}
    )
    row.columns = dict(columns)
    session.add(row)
    session.flush()
