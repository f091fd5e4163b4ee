"""goodcop in a Slack team: the tokens it was given, and the workspace they open."""

import time
from collections.abc import Callable
from datetime import datetime

from storage import installations, workspaces
from storage.installations import Installed
from storage.unit_of_work import Database

_REMEMBERED_SECONDS = 60.0


class InstallationService:
    """Keeps each team's tokens, and finds them for authorisation and for jobs.

    What authorised a request is remembered a minute: forgotten at once when this process changes
    it, within that minute when another does.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._clock, self._seconds = database, clock, seconds
        self._remembered: dict[str, tuple[float, Installed]] = {}

    def install(
        self, *, team_id: str, team_name: str, bot_token: str, bot_user_id: str, bot_id: str
    ) -> Installed:
        """Bind the only workspace to this team and keep its token; raise Conflict for another."""
        with self._database.write() as uow:
            workspace_id = workspaces.find_workspace(uow.session, team_id=team_id)
            if workspace_id is None:
                workspace_id = workspaces.ensure_workspace(uow.session, now=self._clock())
                workspaces.bind_team(
                    uow.session, workspace_id=workspace_id, team_id=team_id, name=team_name
                )
            installed = Installed(
                workspace_id=workspace_id,
                team_id=team_id,
                bot_user_id=bot_user_id,
                bot_id=bot_id,
                app_id="",
                scopes="",
                bot_token=bot_token,
            )
            installations.save_installation(uow.session, installed, now=self._clock())
            installations.rotate_installations(uow.session)
            uow.commit()
        self._remembered.pop(team_id, None)
        return installed

    def recall(self, team_id: str) -> Installed | None:
        """Return the tokens of a Slack team as read within a minute; ask no database."""
        read_at, installed = self._remembered.get(team_id, (0.0, None))
        return installed if self._seconds() - read_at < _REMEMBERED_SECONDS else None

    def of_team(self, team_id: str) -> Installed | None:
        """Return the tokens of a Slack team, or None when it never installed goodcop."""
        read_at = self._seconds()
        with self._database.read() as uow:
            installed = installations.find_installation_of_team(uow.session, team_id=team_id)
        if installed is not None:
            self._remembered[team_id] = (read_at, installed)
        return installed

    def of_workspace(self, workspace_id: int) -> Installed | None:
        """Return the tokens of a workspace, or None before its first run."""
        with self._database.read() as uow:
            return installations.find_installation(uow.session, workspace_id=workspace_id)

    def forget(self, team_id: str) -> None:
        """Delete a team's tokens: it took the app away."""
        with self._database.write() as uow:
            installations.delete_installation(uow.session, team_id=team_id)
            uow.commit()
        self._remembered.pop(team_id, None)
