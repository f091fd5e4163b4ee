"""Scenarios as finance keeps them: shown, written as a draft, put into force."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain.actors import Action, Actor, allow
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.scenario_document import scenarios_from_document
from bot.domain.errors import Conflict
from bot.domain.profiles import Profile
from bot.services.journal.writing import write_action
from storage import scenarios
from storage.scenarios import KeptScenario
from storage.sessions import Session
from storage.unit_of_work import Database


class ScenarioService:
    """Reads, writes and activates a workspace's scenarios; older versions are kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def show(self, workspace_id: int, profile: Profile | None = None) -> dict[str, Any]:
        """Return the scenarios in force, and the drafts that wait, as `set` takes them back."""
        chosen = [profile] if profile else list(Profile)
        with self._database.read() as uow:
            return {"scenarios": [_shown(uow.session, workspace_id, one) for one in chosen]}

    def set(self, actor: Actor, document: dict[str, Any]) -> list[dict[str, Any]]:
        """Keep a file's scenarios as drafts; return each profile with its new version.

        Raise `InvalidInput` that names the step at fault, `NotAllowed` unless finance writes it.
        """
        allow(actor, Action.SET)
        read = scenarios_from_document(_without_state(document))
        with self._database.write() as uow:
            kept = [
                {
                    "profile": one.profile.value,
                    "version": scenarios.add_draft(
                        uow.session,
                        workspace_id=actor.workspace_id,
                        scenario=one,
                        by=actor.name,
                        now=self._clock(),
                    ),
                }
                for one in read
            ]
            for one in kept:
                write_action(uow.session, actor, "scenario_drafted", self._clock(), one)
            uow.commit()
        return kept

    def activate(self, actor: Actor, profile: Profile | None = None) -> list[dict[str, Any]]:
        """Put the drafts into force, of one profile or of all; return what came into force.

        Raise `Conflict` when no draft waits, `NotAllowed` unless finance does it.
        """
        allow(actor, Action.SET)
        chosen = [profile] if profile else list(Profile)
        done = []
        with self._database.write() as uow:
            place = {"workspace_id": actor.workspace_id}
            for one in chosen:
                draft = scenarios.find_draft(uow.session, profile=one, **place)
                if draft is None:
                    continue
                scenarios.activate(
                    uow.session,
                    profile=one,
                    version=draft.version,
                    by=actor.name,
                    now=self._clock(),
                    **place,
                )
                came = {"profile": one.value, "version": draft.version}
                write_action(uow.session, actor, "scenario_activated", self._clock(), came)
                done.append(came)
            if not done:
                raise Conflict("No scenario waits to be activated.")
            uow.commit()
        return done


def _shown(session: Session, workspace_id: int, profile: Profile) -> dict[str, Any]:
    versions = scenarios.list_versions(session, workspace_id=workspace_id, profile=profile)
    in_force = max(
        (one for one in versions if one.activated_at is not None),
        key=lambda one: (one.activated_at, one.version),
        default=None,
    )
    scenario = in_force.scenario if in_force else DEFAULTS[profile]
    shown = scenario.to_document() | {"state": _state(in_force)}
    draft = versions[0] if versions and versions[0].activated_at is None else None
    if draft is not None:
        shown["draft"] = {
            "version": draft.version,
            "by": draft.made_by,
        } | draft.scenario.to_document()
    return shown


def _state(in_force: KeptScenario | None) -> dict[str, Any]:
    if in_force is None or in_force.activated_at is None:
        return {"version": 0, "by": "goodcop", "since": None}
    since = in_force.activated_at.isoformat()
    return {"version": in_force.version, "by": in_force.activated_by, "since": since}


def _without_state(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without what `show` adds, so that it can be edited and given back."""
    if isinstance(document.get("scenarios"), list):
        bodies = document["scenarios"]
        kept = [_without_state(body) if isinstance(body, dict) else body for body in bodies]
        return document | {"scenarios": kept}
    return {key: value for key, value in document.items() if key not in ("state", "draft")}
