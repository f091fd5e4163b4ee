"""Which workspace, bound to which Slack team, and its settings as KEY=VALUE."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.services.workspaces.settings import ENTITY_KEYS, read_setting
from storage import entities, events, faults, workspaces
from storage.entities import EntityRow
from storage.ids import new_id
from storage.sessions import Session
from storage.unit_of_work import Database
from storage.workspaces import WorkspaceRow

_SHOWN = (
    "team_id",
    "name",
    "currency",
    "locale",
    "time_zone",
    "digest_at",
    "finance_channel",
    "finance_name",
    "formal",
    "sales_see_totals",
)


class WorkspaceService:
    """Chooses, binds and sets workspaces."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def choose(self, team_id: str | None = None) -> int:
        """Return the team's workspace, or the only one, made in a new database.

        Raises NotFound for a team unknown here, Conflict `which_workspace` among several.
        """
        with faults.spoken(), self._database.read() as uow:
            if team_id:
                found = workspaces.find_workspace(uow.session, team_id=team_id)
                if found is None:
                    raise NotFound(f"There is no workspace of the Slack team {team_id}.")
                return found
            several = workspaces.list_workspaces(uow.session)
        if len(several) == 1:
            return several[0].id
        with faults.spoken(), self._database.write() as uow:
            found = workspaces.ensure_workspace(uow.session, now=self._clock())
            uow.commit()
            return found

    def bind(self, workspace_id: int, team_id: str, *, name: str = "") -> None:
        """Bind a workspace to its Slack team; another team later is a Conflict `other_team`."""
        with faults.spoken(), self._database.write() as uow:
            workspaces.bind_team(uow.session, workspace_id=workspace_id, team_id=team_id, name=name)
            uow.commit()

    def get(self, workspace_id: int) -> WorkspaceRow:
        """Return a workspace with its settings; raise NotFound."""
        with self._database.read() as uow:
            return workspaces.get_workspace(uow.session, workspace_id=workspace_id)

    def list_entities(self, workspace_id: int) -> list[EntityRow]:
        """Return the companies whose books are here."""
        with self._database.read() as uow:
            return entities.list_entities(uow.session, workspace_id=workspace_id)

    def show(self, workspace_id: int) -> Mapping[str, object]:
        """Return the settings as `settings` prints them, companies under `entities`."""
        row = self.get(workspace_id)
        shown: dict[str, object] = {name: getattr(row, name) for name in _SHOWN}
        shown["entities"] = [
            {
                "siren": each.siren,
                "entity_name": each.name,
                "address": each.address,
                "iban": each.iban,
                "currency": each.currency,
                "terms": each.default_terms,
                "late_rate": each.late_rate,
                "limitation": each.limitation.value,
                "rhythm_days": each.rhythm_days,
                "receipts_until": each.receipts_stated_until,
            }
            for each in self.list_entities(workspace_id)
        ]
        return shown

    def set(
        self, workspace_id: int, pairs: Sequence[str], *, by: str, entity_siren: str | None = None
    ) -> None:
        """Set KEY=VALUE pairs, all or none; raise InvalidInput naming the key at fault.

        Keys of a company go to `entity_siren`, else to the only one.
        """
        own: dict[str, object] = {}
        of_entity: dict[str, object] = {}
        for pair in pairs:
            key, sign, text = pair.partition("=")
            if not sign:
                raise InvalidInput(f"Settings are written KEY=VALUE, not {pair[:40]}.")
            column, value = read_setting(key.strip(), text.strip())
            (of_entity if key.strip() in ENTITY_KEYS else own)[column] = value
        with faults.spoken(), self._database.write() as uow:
            workspaces.get_workspace(uow.session, workspace_id=workspace_id)
            workspaces.set_values(uow.session, workspace_id=workspace_id, values=own)
            if of_entity:
                self._set_entity(uow.session, workspace_id, of_entity, entity_siren)
            events.append(
                uow.session,
                workspace_id=workspace_id,
                key=f"settings:{new_id()}",
                kind="settings",
                at=self._clock(),
                source=by,
                body={"keys": sorted([*own, *of_entity])},
            )
            workspaces.raise_versions(uow.session, workspace_id=workspace_id, people=True)
            uow.commit()

    def _set_entity(
        self,
        session: Session,
        workspace_id: int,
        values: Mapping[str, object],
        siren: str | None,
    ) -> None:
        held = entities.list_entities(session, workspace_id=workspace_id)
        wanted = [each for each in held if siren is None or each.siren == siren]
        if not wanted:
            raise NotFound("There is no such company here: import its books first.")
        if len(wanted) > 1:
            raise Conflict("There are several companies: say which one.", code="which_entity")
        entities.set_entity(session, workspace_id=workspace_id, id=wanted[0].id, values=values)
