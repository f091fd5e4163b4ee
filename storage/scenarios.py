"""The scenarios of a workspace: every version kept, the newest activated one in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.scenario_document import scenario_from_document
from bot.domain.dunning.scenarios import Scenario
from bot.domain.profiles import Profile
from storage.ids import new_id
from storage.tables.dunning import ScenarioRow


class KeptScenario(NamedTuple):
    """A version of a profile's scenario: who wrote it, and when it came into force, if ever."""

    version: int
    scenario: Scenario
    made_at: datetime
    made_by: str
    activated_at: datetime | None
    activated_by: str


def add_draft(
    session: Session, *, workspace_id: int, scenario: Scenario, by: str, now: datetime
) -> int:
    """Keep a new version of a profile's scenario, not in force yet; return its number."""
    latest = select(func.max(col(ScenarioRow.version))).where(
        col(ScenarioRow.workspace_id) == workspace_id,
        col(ScenarioRow.profile) == scenario.profile.value,
    )
    version = (session.scalar(latest) or 0) + 1
    session.add(
        ScenarioRow(
            workspace_id=workspace_id,
            id=new_id(),
            profile=scenario.profile.value,
            version=version,
            body=_body(scenario),
            made_at=now,
            made_by=by,
        )
    )
    session.flush()
    return version


def find_draft(session: Session, *, workspace_id: int, profile: Profile) -> KeptScenario | None:
    """Return a profile's newest version where it is not in force yet."""
    found = list_versions(session, workspace_id=workspace_id, profile=profile)
    return found[0] if found and found[0].activated_at is None else None


def list_versions(
    session: Session, *, workspace_id: int, profile: Profile
) -> tuple[KeptScenario, ...]:
    """Return every version of a profile's scenario, newest first."""
    query = (
        select(ScenarioRow)
        .where(
            col(ScenarioRow.workspace_id) == workspace_id,
            col(ScenarioRow.profile) == profile.value,
        )
        .order_by(col(ScenarioRow.version).desc())
    )
    return tuple(
        KeptScenario(
            row.version,
            scenario_from_document(row.body),
            row.made_at,
            row.made_by,
            row.activated_at,
            row.activated_by,
        )
        for row in session.scalars(query)
    )


def activate(
    session: Session, *, workspace_id: int, profile: Profile, version: int, by: str, now: datetime
) -> None:
    """Put a version into force."""
    session.execute(
        update(ScenarioRow)
        .where(
            col(ScenarioRow.workspace_id) == workspace_id,
            col(ScenarioRow.profile) == profile.value,
            col(ScenarioRow.version) == version,
        )
        .values(activated_at=now, activated_by=by)
    )


def get_scenarios(session: Session, *, workspace_id: int) -> Mapping[Profile, Scenario]:
    """Return the scenario in force for each profile: the last activated one, else the house's."""
    query = (
        select(col(ScenarioRow.body))
        .where(
            col(ScenarioRow.workspace_id) == workspace_id,
            col(ScenarioRow.activated_at).is_not(None),
        )
        .order_by(col(ScenarioRow.activated_at), col(ScenarioRow.version))
    )
    mine = [scenario_from_document(body) for body in session.scalars(query)]
    return {**DEFAULTS, **{one.profile: one for one in mine}}


def _body(scenario: Scenario) -> dict[str, Any]:
    return scenario.to_document()
