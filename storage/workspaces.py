"""The tenants: made once, bound to a Slack team once, and their settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, text, update
from sqlmodel import Session, col

from bot.domain.errors import Conflict, NotFound
from storage.ids import new_id
from storage.prepared import Prepared
from storage.schema_of_books import metadata
from storage.tables.workspaces import Workspace

_workspace = metadata.tables["workspace"].c
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7406183)")


@dataclass(frozen=True, slots=True)
class WorkspaceRow:
    """A workspace and its settings; `team_id` is None until it is bound."""

    id: int
    team_id: str | None
    name: str
    currency: str
    locale: str
    time_zone: str
    digest_at: str
    finance_channel: str
    finance_name: str
    formal: bool
    sales_see_totals: bool
    activated_at: datetime | None
    names_version: int
    people_version: int


class TeamRow(NamedTuple):
    """What every request reads of its Slack team's workspace: all that a voice hangs on."""

    workspace_id: int
    people_version: int
    locale: str
    time_zone: str
    formal: bool
    finance_name: str


_OF_TEAM = Prepared(
    select(
        _workspace.id,
        _workspace.people_version,
        _workspace.locale,
        _workspace.time_zone,
        _workspace.formal,
        _workspace.finance_name,
    ).where(_workspace.team_id == bindparam("team_id"))
)


def find_team(session: Session, *, team_id: str) -> TeamRow | None:
    """Return what a request needs of the workspace bound to a team, or None."""
    rows = _OF_TEAM.rows(session, team_id=team_id)
    return TeamRow(*rows[0]) if rows else None


def ensure_workspace(session: Session, *, now: datetime) -> int:
    """Return the only workspace, made unbound in a new database; raise Conflict among several."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_ONE_AT_A_TIME)
    ids = session.scalars(select(col(Workspace.id)).order_by(col(Workspace.id)).limit(2)).all()
    if len(ids) > 1:
        raise Conflict("There are several workspaces: say which one.", code="which_workspace")
    if ids:
        return ids[0]
    id = new_id()
    session.add(Workspace(id=id, created_at=now))
    session.flush()
    return id


def find_workspace(session: Session, *, team_id: str) -> int | None:
    """Return the workspace bound to a team, or None."""
    query = select(col(Workspace.id)).where(col(Workspace.team_id) == team_id)
    return session.scalars(query).one_or_none()


def list_workspaces(session: Session) -> list[WorkspaceRow]:
    """Return every workspace, oldest first."""
    rows = session.scalars(select(Workspace).order_by(col(Workspace.id)))
    return [_row(row) for row in rows]


def get_workspace(session: Session, *, workspace_id: int) -> WorkspaceRow:
    """Return a workspace's settings; raise NotFound."""
    row = session.get(Workspace, workspace_id, populate_existing=True)
    if row is None:
        raise NotFound("There is no such workspace.")
    return _row(row)


def bind_team(session: Session, *, workspace_id: int, team_id: str, name: str = "") -> None:
    """Bind a workspace to its Slack team; twice the same is nothing, another is a Conflict."""
    held = get_workspace(session, workspace_id=workspace_id)
    if held.team_id == team_id:
        return
    if held.team_id is not None or find_workspace(session, team_id=team_id) is not None:
        raise Conflict(
            f"This database belongs to the Slack team {held.team_id}, not {team_id}.",
            code="other_team",
        )
    values = {"team_id": team_id, "name": held.name or name}
    set_values(session, workspace_id=workspace_id, values=values)


def set_values(session: Session, *, workspace_id: int, values: Mapping[str, object]) -> None:
    """Change settings, already validated."""
    if values:
        session.execute(update(Workspace).where(col(Workspace.id) == workspace_id).values(**values))


def lock_books(session: Session, *, workspace_id: int) -> int:
    """Let no other import write before this unit of work ends; return the names version.

    PostgreSQL: the row lock leaves inserts that refer to the workspace alone.
    """
    query = select(col(Workspace.names_version)).where(col(Workspace.id) == workspace_id)
    version = session.scalars(query.with_for_update(key_share=True)).one_or_none()
    if version is None:
        raise NotFound("There is no such workspace.")
    return version


def raise_versions(session: Session, *, workspace_id: int, people: bool = False) -> None:
    """Raise the names version (and the people's), so that every cache reads again."""
    values: dict[str, object] = {"names_version": col(Workspace.names_version) + 1}
    if people:
        values["people_version"] = col(Workspace.people_version) + 1
    set_values(session, workspace_id=workspace_id, values=values)


def _row(row: Workspace) -> WorkspaceRow:
    return WorkspaceRow(
        id=row.id,
        team_id=row.team_id,
        name=row.name,
        currency=row.currency,
        locale=row.locale,
        time_zone=row.time_zone,
        digest_at=row.digest_at,
        finance_channel=row.finance_channel,
        finance_name=row.finance_name,
        formal=row.formal,
        sales_see_totals=row.sales_see_totals,
        activated_at=row.activated_at,
        names_version=row.names_version,
        people_version=row.people_version,
    )
