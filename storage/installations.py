"""The tokens of each Slack team, sealed with the team's id: moved elsewhere they do not open."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from storage.prepared import Prepared
from storage.schema import metadata
from storage.tables.workspaces import Installation
from storage.vault import Vault

_installation = metadata.tables["installation"].c


@dataclass(frozen=True, slots=True)
class Installed:
    """goodcop in one team; the token never shows in a log."""

    workspace_id: int
    team_id: str
    bot_user_id: str
    bot_id: str
    app_id: str
    scopes: str
    bot_token: str = field(repr=False)


_OF_TEAM = Prepared(
    select(
        _installation.workspace_id,
        _installation.bot_token_sealed,
        _installation.bot_user_id,
        _installation.bot_id,
        _installation.app_id,
        _installation.scopes,
    ).where(_installation.team_id == bindparam("team_id"))
)


def save_installation(session: Session, installed: Installed, *, now: datetime) -> None:
    """Keep a team's tokens, in place of those it had."""
    session.merge(
        Installation(
            workspace_id=installed.workspace_id,
            team_id=installed.team_id,
            bot_token_sealed=_vault(session).seal(installed.team_id, installed.bot_token),
            bot_user_id=installed.bot_user_id,
            bot_id=installed.bot_id,
            app_id=installed.app_id,
            scopes=installed.scopes,
            installed_at=now,
        )
    )
    session.flush()


def find_installation(session: Session, *, workspace_id: int) -> Installed | None:
    """Return the tokens of a workspace; raise `SealBroken` when no key opens them."""
    row = session.get(Installation, workspace_id)
    return None if row is None else _opened(session, row)


def find_installation_of_team(session: Session, *, team_id: str) -> Installed | None:
    """Return the tokens of a Slack team, for the authorisation of what it sends."""
    for workspace_id, sealed, bot_user_id, bot_id, app_id, scopes in _OF_TEAM.rows(
        session, team_id=team_id
    ):
        token = _vault(session).unseal(team_id, sealed)
        return Installed(workspace_id, team_id, bot_user_id, bot_id, app_id, scopes, token)
    return None


def delete_installation(session: Session, *, team_id: str) -> None:
    """Forget a team's tokens (it took the app away)."""
    chosen = select(Installation).where(col(Installation.team_id) == team_id)
    for row in session.execute(chosen).scalars():
        session.delete(row)
    session.flush()


def rotate_installations(session: Session) -> int:
    """Seal again with the newest key whatever an older one sealed; return how many."""
    vault, rotated = _vault(session), 0
    for row in session.execute(select(Installation)).scalars():
        if not vault.is_current(row.bot_token_sealed):
            token = vault.unseal(row.team_id, row.bot_token_sealed)
            row.bot_token_sealed = vault.seal(row.team_id, token)
            rotated += 1
    session.flush()
    return rotated


def _opened(session: Session, row: Installation) -> Installed:
    return Installed(
        workspace_id=row.workspace_id,
        team_id=row.team_id,
        bot_user_id=row.bot_user_id,
        bot_id=row.bot_id,
        app_id=row.app_id,
        scopes=row.scopes,
        bot_token=_vault(session).unseal(row.team_id, row.bot_token_sealed),
    )


def _vault(session: Session) -> Vault:
    vault: Vault = session.info["vault"]
    return vault
