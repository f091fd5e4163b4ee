"""The register of doubtful payers: who is flagged, why, by whom, until when; reasons sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlmodel import Session, col

from storage.follow_ups import vault_of
from storage.ids import new_id
from storage.tables.solvency import RiskFlag
from storage.tables.workspaces import Person


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag in force; `siren` is the flagged company's, which may be a sister of the one meant."""

    id: int
    siren: str
    name: str
    group_siren: str | None
    search_name: str
    reason: str
    author: str
    flagged_on: date
    expires_on: date


def add_flag(
    session: Session,
    *,
    workspace_id: int,
    siren: str,
    name: str,
    search_name: str,
    group_siren: str | None,
    is_person: bool,
    reason: str,
    by_id: int | None,
    flagged_on: date,
    expires_on: date,
) -> int:
    """Put a company into the register; return the flag's id."""
    row = RiskFlag(
        workspace_id=workspace_id,
        id=new_id(),
        siren=siren,
        name=name,
        search_name=search_name,
        group_siren=group_siren,
        is_person=is_person,
        reason_sealed=vault_of(session).seal(workspace_id, reason),
        by_id=by_id,
        flagged_on=flagged_on,
        expires_on=expires_on,
    )
    session.add(row)
    session.flush()
    return row.id


@dataclass(frozen=True, slots=True)
class Flagged:
    """Whom the flags in force name: SIRENs, their groups and normalised names."""

    sirens: frozenset[str]
    groups: frozenset[str]
    names: frozenset[str]

    def names_company(self, siren: str, group_siren: str | None, search_name: str) -> bool:
        """Say whether a company is named, itself, by its group or by its name alone."""
        known = {one for one in (siren, group_siren) if one}
        return bool(known & self.sirens or known & self.groups or search_name in self.names)


def list_flagged(session: Session, *, workspace_id: int, today: date) -> Flagged:
    """Return whom the register of doubtful payers names on a day, by every way a card says so."""
    query = select(col(RiskFlag.siren), col(RiskFlag.group_siren), col(RiskFlag.search_name)).where(
        col(RiskFlag.workspace_id) == workspace_id,
        col(RiskFlag.lifted_at).is_(None),
        col(RiskFlag.expires_on) >= today,
    )
    rows = session.execute(query).all()
    return Flagged(
        frozenset(row[0] for row in rows),
        frozenset(row[1] for row in rows if row[1]),
        frozenset(row[2] for row in rows if row[2]),
    )


def list_flags(
    session: Session,
    *,
    workspace_id: int,
    siren: str,
    group_siren: str | None,
    search_name: str,
    today: date,
) -> tuple[FlagLine, ...]:
    """Return the flags in force that name this company, its group or its name, newest first."""
    group = {one for one in (siren, group_siren) if one}
    named = col(RiskFlag.search_name) == search_name if search_name else col(RiskFlag.id) < 0
    tenant = col(RiskFlag.workspace_id)
    query = (
        select(RiskFlag, Person)
        .outerjoin(
            Person, and_(col(Person.workspace_id) == tenant, col(Person.id) == RiskFlag.by_id)
        )
        .where(
            tenant == workspace_id,
            col(RiskFlag.lifted_at).is_(None),
            col(RiskFlag.expires_on) >= today,
            or_(
                col(RiskFlag.siren).in_(sorted(group)),
                col(RiskFlag.group_siren).in_(sorted(group)),
                named,
            ),
        )
        .order_by(col(RiskFlag.flagged_on).desc(), col(RiskFlag.id).desc())
    )
    unseal = vault_of(session).unseal
    return tuple(
        FlagLine(
            id=row.id,
            siren=row.siren,
            name=row.name,
            group_siren=row.group_siren,
            search_name=row.search_name,
            reason=unseal(row.workspace_id, row.reason_sealed),
            author=(person.name or person.email or "") if person else "goodcop",
            flagged_on=row.flagged_on,
            expires_on=row.expires_on,
        )
        for row, person in session.execute(query)
    )


def lift_flags(session: Session, *, workspace_id: int, siren: str, at: datetime) -> int:
    """Take a company out of the register; return how many flags were lifted."""
    statement = (
        update(RiskFlag)
        .where(
            col(RiskFlag.workspace_id) == workspace_id,
            col(RiskFlag.siren) == siren,
            col(RiskFlag.lifted_at).is_(None),
        )
        .values(lifted_at=at)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def erase_flags_of_persons(
    session: Session, *, workspace_id: int, today: date, settled_sirens: tuple[str, ...] = ()
) -> int:
    """Erase for good the flags on sole traders that expired, were lifted, or whose debt is paid."""
    statement = delete(RiskFlag).where(
        col(RiskFlag.workspace_id) == workspace_id,
        col(RiskFlag.is_person),
        or_(
            col(RiskFlag.expires_on) < today,
            col(RiskFlag.lifted_at).is_not(None),
            col(RiskFlag.siren).in_(settled_sirens),
        ),
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def list_persons_flagged(session: Session, *, workspace_id: int) -> tuple[str, ...]:
    """Return the SIRENs of sole traders in the register."""
    query = select(col(RiskFlag.siren)).where(
        col(RiskFlag.workspace_id) == workspace_id, col(RiskFlag.is_person)
    )
    return tuple(sorted(set(session.scalars(query))))
