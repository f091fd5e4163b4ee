"""The steps of people: what waits for whom, done, skipped with a reason, sent as edited."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Action, Actor, allow
from bot.domain.dunning.scenario_document import scenario_from_document
from bot.domain.dunning.scenarios import Channel, StepState
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.rendering.client_writing import WrittenText
from bot.services.dunning.judging import JudgedClient, judge, read_planning_rules
from bot.services.dunning.mailing import queue_step, write_draft
from bot.services.dunning.remembering import remember_step
from bot.services.dunning.simulating import SimulatedStep, SimulationService
from bot.services.dunning.step_views import StepCard, done_already, step_card
from storage import alerts, scan_settings, steps
from storage.sessions import Session
from storage.steps import StepLine
from storage.unit_of_work import Database

_LONGEST_REASON = 500
_PREVIEW_DAYS = 120


class StepService:
    """Shows and moves the steps that wait for people; each move is safe twice."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def list_waiting(self, actor: Actor) -> tuple[StepLine, ...]:
        """Return the steps that wait for a person, and for those they stand in for.

        For finance: those that are nobody's own.
        """
        with self._database.read() as uow:
            return steps.list_waiting(
                uow.session,
                workspace_id=actor.workspace_id,
                person_ids=None if actor.is_finance else actor.served,
                finance=actor.is_finance,
            )

    def show(self, actor: Actor, step_id: int) -> StepCard:
        """Return a step as it stands now; raise `NotFound`, or `NotAllowed` when not theirs."""
        now, today = self._clock(), self._today(actor.workspace_id)
        with self._database.read() as uow:
            line = _line(uow.session, actor, step_id)
            return step_card(uow, line, workspace_id=actor.workspace_id, today=today, now=now)

    def complete(self, actor: Actor, step_id: int) -> bool:
        """Mark a call, a letter or a decision done; return False when it was before."""
        return self._move(actor, step_id, StepState.DONE, "step_done")

    def skip(self, actor: Actor, step_id: int, reason: str) -> bool:
        """Leave a step out, with the reason its history keeps; return False when it was moved."""
        words = reason.strip()
        if not words or len(words) > _LONGEST_REASON:
            raise InvalidInput("Say why this step is left out.", field="reason")
        return self._move(actor, step_id, StepState.SKIPPED, "step_skipped", words)

    def send(self, actor: Actor, step_id: int, words: str = "") -> StepCard:
        """Hand a draft to the outbox, as edited; return what was sent.

        Raise `Conflict` when it was sent or moved already, or must not be sent any more (paid,
        paused): nothing is queued then.
        """
        now, today = self._clock(), self._today(actor.workspace_id)
        with self._database.write(interactive=True) as uow:
            line = _line(uow.session, actor, step_id)
            card = step_card(uow, line, workspace_id=actor.workspace_id, today=today, now=now)
            if card.step.channel is not Channel.EMAIL:
                raise Conflict("This step is no e-mail that can be sent.")
            if card.because is not None:
                raise Conflict("Nothing is asked of this client any more: it is not sent.")
            moved = steps.move(
                uow.session,
                workspace_id=actor.workspace_id,
                id=step_id,
                to=StepState.QUEUED,
                now=now,
                by_id=actor.person_id,
                words=words,
                among_states=(StepState.DRAFTED.value, StepState.DUE.value),
            )
            if not moved:
                raise done_already(uow.session, line, workspace_id=actor.workspace_id)
            queue_step(
                uow.session,
                card.step,
                card.contact,
                workspace_id=actor.workspace_id,
                person_id=_voice(actor, card.step),
                now=now,
                words=words,
                asked=card.asked,
            )
            uow.commit()
        return card

    def draft(self, actor: Actor, step_id: int) -> WrittenText:
        """Return the e-mail of a step as it would leave now; raise as `show` does."""
        today = self._today(actor.workspace_id)
        card = self.show(actor, step_id)
        with self._database.read() as uow:
            return write_draft(
                uow.session,
                card,
                workspace_id=actor.workspace_id,
                person_id=_voice(actor, card.step),
                today=today,
            )

    def preview(
        self, actor: Actor, client_id: int, document: dict[str, Any] | None = None
    ) -> list[SimulatedStep]:
        """Return what a scenario would do about a client in the coming months.

        The one in force, or a `document`'s that is tried; raise `InvalidInput` when it is wrong.
        """
        trying = scenario_from_document(document) if document is not None else None
        today = self._today(actor.workspace_id)
        with self._database.read() as uow:
            self._see(uow.session, actor, client_id)
        service = SimulationService(self._database, self._clock)
        until = today + timedelta(days=_PREVIEW_DAYS)
        return service.simulate(
            actor.workspace_id,
            first=today,
            last=until,
            today=today,
            client_ids=[client_id],
            trying=trying,
        ).steps

    def find_next(self, actor: Actor, client_id: int) -> JudgedClient | None:
        """Return what comes next for a client and when, judged now; None where nothing is owed."""
        now, today = self._clock(), self._today(actor.workspace_id)
        with self._database.read() as uow:
            self._see(uow.session, actor, client_id)
            rules = read_planning_rules(uow, workspace_id=actor.workspace_id, today=today, now=now)
            return next(judge(uow, rules, [client_id]), None)

    def _see(self, session: Session, actor: Actor, client_id: int) -> None:
        found = alerts.list_clients(session, workspace_id=actor.workspace_id, ids=[client_id])
        if client_id not in found:
            raise NotFound("There is no such client.")
        allow(actor, Action.SEE, owner_id=found[client_id].owner_id)

    def _move(
        self, actor: Actor, step_id: int, to: StepState, kind: str, words: str | None = None
    ) -> bool:
        now, today = self._clock(), self._today(actor.workspace_id)
        with self._database.write(interactive=True) as uow:
            line = _line(uow.session, actor, step_id)
            moved = steps.move(
                uow.session,
                workspace_id=actor.workspace_id,
                id=step_id,
                to=to,
                now=now,
                done_on=today,
                by_id=actor.person_id,
                words=words,
            )
            if moved:
                remember_step(
                    uow.session,
                    line,
                    workspace_id=actor.workspace_id,
                    person_id=actor.person_id,
                    kind=kind,
                    now=now,
                )
            uow.commit()
        return moved

    def _today(self, workspace_id: int) -> date:
        with self._database.read() as uow:
            settings = scan_settings.get_settings(uow.session, workspace_id=workspace_id)
        return self._clock().astimezone(ZoneInfo(settings.time_zone)).date()


def _line(session: Session, actor: Actor, step_id: int) -> StepLine:
    """Return a step that the actor may act on: their client's, or finance's own for finance."""
    line = steps.find_step(session, workspace_id=actor.workspace_id, id=step_id)
    if line is None:
        raise NotFound("There is no such step.")
    allow(actor, Action.NOTE if line.person_id else Action.TAKE, owner_id=line.owner_id)
    return line


def _voice(actor: Actor, line: StepLine) -> int | None:
    """Return whose voice a step speaks in: its owner's, else whoever of finance sends it."""
    return line.person_id or actor.person_id
