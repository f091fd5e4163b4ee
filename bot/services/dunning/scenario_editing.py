"""Scenarios changed step by step in Slack: a draft until activated, nobody's work lost."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from bot.domain.actors import Action, Actor, allow
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.scenario_document import scenario_from_document
from bot.domain.dunning.scenarios import Scenario
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.profiles import Profile
from bot.rendering.scenario_windows import ScenariosView, ScenarioView
from bot.services.journal.writing import write_action
from storage import scenarios
from storage.sessions import Session
from storage.unit_of_work import Database


class ScenarioEditing:
    """What finance's windows show of the scenarios, and change in them."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def list(self, actor: Actor) -> ScenariosView:
        """Return each sort of payer's scenario, as drafted where a draft waits.

        Raise `NotAllowed` unless the actor may set the rules.
        """
        allow(actor, Action.SET)
        with self._database.read() as uow:
            shown = (newest(uow.session, actor.workspace_id, profile) for profile in Profile)
            return ScenariosView(tuple(shown))

    def show(self, actor: Actor, profile: str) -> ScenarioView:
        """Return one scenario; raise as `list` does."""
        allow(actor, Action.SET)
        with self._database.read() as uow:
            return newest(uow.session, actor.workspace_id, Profile(profile))

    def change(
        self, actor: Actor, profile: str, rank: int, version: int, values: Mapping[str, Any]
    ) -> ScenarioView:
        """Keep a draft in which the step of that rank (from 0) has other values, or one is added.

        Raise `InvalidInput` at the value at fault, `Conflict` when somebody made a newer version
        than `version` meanwhile.
        """
        return self._draft(actor, profile, version, partial(_changed, rank=rank, values=values))

    def take_out(self, actor: Actor, profile: str, rank: int, version: int) -> ScenarioView:
        """Keep a draft without the step of that rank; raise as `change` does."""
        return self._draft(actor, profile, version, partial(_without, rank=rank))

    def _draft(
        self, actor: Actor, profile: str, version: int, edit: Callable[[Scenario], Scenario]
    ) -> ScenarioView:
        allow(actor, Action.SET)
        place = actor.workspace_id
        with self._database.write(interactive=True) as uow:
            shown = newest(uow.session, place, Profile(profile))
            if shown.version != version:
                raise Conflict("Somebody changed this scenario meanwhile: open it again.")
            drafted = scenarios.add_draft(
                uow.session,
                workspace_id=place,
                scenario=edit(shown.scenario),
                by=actor.name,
                now=self._clock(),
            )
            said = {"profile": profile, "version": drafted}
            write_action(uow.session, actor, "scenario_drafted", self._clock(), said)
            uow.commit()
            return newest(uow.session, place, Profile(profile))

    def activate(self, actor: Actor, profile: str, version: int) -> ScenarioView:
        """Put the draft of that version into force; twice is once.

        Raise `Conflict` when somebody made a newer version meanwhile.
        """
        allow(actor, Action.SET)
        place = actor.workspace_id
        with self._database.write(interactive=True) as uow:
            shown = newest(uow.session, place, Profile(profile))
            if shown.version != version:
                raise Conflict("Somebody changed this scenario meanwhile: open it again.")
            if shown.is_draft:
                scenarios.activate(
                    uow.session,
                    workspace_id=place,
                    profile=shown.scenario.profile,
                    version=version,
                    by=actor.name,
                    now=self._clock(),
                )
                said = {"profile": profile, "version": version}
                write_action(uow.session, actor, "scenario_activated", self._clock(), said)
                uow.commit()
            return newest(uow.session, place, Profile(profile))


def newest(session: Session, workspace_id: int, profile: Profile) -> ScenarioView:
    """Return the newest version of a scenario, else the house's own as version 0."""
    kept = scenarios.list_versions(session, workspace_id=workspace_id, profile=profile)
    if not kept:
        return ScenarioView(DEFAULTS[profile], 0)
    newest = kept[0]
    return ScenarioView(
        newest.scenario, newest.version, newest.activated_at is None, newest.made_by, newest.made_at
    )


def _changed(scenario: Scenario, rank: int, values: Mapping[str, Any]) -> Scenario:
    document = scenario.to_document()
    steps = document["steps"]
    if rank == len(steps):
        steps.append(scenario.next_step().to_document())
    _check_rank(steps, rank)
    step = steps[rank] = steps[rank] | dict(values)
    steps.sort(key=_offset)
    at = f"steps.{steps.index(step) + 1}."
    try:
        return scenario_from_document(document)
    except InvalidInput as wrong:
        words = wrong.message.removeprefix(f"scenario: {wrong.field}: ")
        field = (wrong.field or "").removeprefix(at)
        known = field if field in values else "offset_days"
        raise InvalidInput(words, field=known) from wrong


def _without(scenario: Scenario, rank: int) -> Scenario:
    document = scenario.to_document()
    _check_rank(document["steps"], rank)
    del document["steps"][rank]
    try:
        return scenario_from_document(document)
    except InvalidInput as wrong:
        words = wrong.message.removeprefix(f"scenario: {wrong.field}: ")
        raise InvalidInput(words, field="mode") from wrong


def _check_rank(steps: Sequence[object], rank: int) -> None:
    if not 0 <= rank < len(steps):
        raise NotFound("There is no such step.")


def _offset(step: Mapping[str, Any]) -> int:
    return int(step["offset_days"])
