"""A scenario, drafted or in force, tried on a client before anybody lives with it."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.dunning.facts import PauseKind
from bot.domain.dunning.scenarios import Channel
from bot.domain.errors import NotFound
from bot.domain.profiles import Profile
from bot.rendering.client_writing import WrittenText
from bot.rendering.scenario_preview import StepAhead, TriedView, TryView
from bot.rendering.views import SumView
from bot.services.dunning.scenario_editing import newest
from bot.services.dunning.simulating import SimulatedStep
from bot.services.dunning.steps import StepService
from bot.services.mail.texts import TextService
from storage import client_files, reachable, workspaces
from storage.unit_of_work import Database


class ScenarioTryService:
    """Shows what the newest version of a scenario would do about one client; nothing is kept."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], steps: StepService
    ) -> None:
        self._database, self._steps = database, steps
        self._texts = TextService(database, clock)

    def show(
        self, actor: Actor, profile: str, today: date, client_id: int | None = None
    ) -> TryView:
        """Return a scenario to try, and what it would do about a client once one is chosen.

        Raise `NotAllowed` unless the actor may set the rules, `NotFound` without such a client.
        """
        allow(actor, Action.SET)
        with self._database.read() as uow:
            scenario = newest(uow.session, actor.workspace_id, Profile(profile))
            client = client_id and client_files.find_client(
                uow.session, workspace_id=actor.workspace_id, id=client_id
            )
        if client_id is None:
            return TryView(scenario, today)
        if not client:
            raise NotFound("There is no such client.")
        ahead = self._steps.preview(actor, client_id, scenario.scenario.to_document())
        now = self._steps.find_next(actor, client_id)
        pause = now.plan.because if now and isinstance(now.plan.because, PauseKind) else None
        tried = TriedView(
            client.name,
            tuple(map(_ahead, ahead)),
            pause,
            now.plan.on if now and pause else None,
            self._first_email(actor, client_id, ahead, today),
        )
        return TryView(scenario, today, tried)

    def _first_email(
        self, actor: Actor, client_id: int, ahead: list[SimulatedStep], today: date
    ) -> WrittenText | None:
        """Return the first e-mail as the client would read it today, in its contact's language."""
        steps = [one.step.step for one in ahead]
        text = next((one.text for one in steps if one.channel is Channel.EMAIL and one.text), "")
        if not text:
            return None
        tenant = actor.workspace_id
        with self._database.read() as uow:
            contacts = reachable.list_reachable(
                uow.session, workspace_id=tenant, client_id=client_id
            )
            house = workspaces.get_workspace(uow.session, workspace_id=tenant).locale
        language = next((one.language for one in contacts), house)
        kept = self._texts.show(tenant, text, language)
        return self._texts.preview(actor, client_id, kept.text, language, today=today)


def _ahead(one: SimulatedStep) -> StepAhead:
    sums = tuple(SumView(minor, currency) for currency, minor in sorted(one.totals.items()))
    made = one.step
    return StepAhead(one.on, made.step, made.actor, len(made.items), sums, made.without_address)
