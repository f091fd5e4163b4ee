"""The steps of a morning: what waits for a person, or for finance, largest amounts first."""

from collections.abc import Collection
from datetime import date

from bot.domain.dunning.scenarios import Channel, StepState
from bot.rendering.team_views import LineView, Section, SectionView, StepDoing
from bot.services.dunning.asked_now import asked_now
from bot.services.mornings.parts import section_of
from storage import steps
from storage.sessions import Session
from storage.steps import StepLine

_DOINGS = {
    Channel.CALL: StepDoing.CALL,
    Channel.EMAIL: StepDoing.EMAIL,
    Channel.LETTER: StepDoing.LETTER,
    Channel.DECISION: StepDoing.DECISION,
}
_COURTESIES = {
    StepDoing.CALL: StepDoing.COURTESY_CALL,
    StepDoing.EMAIL: StepDoing.COURTESY_EMAIL,
}


def steps_section(
    session: Session,
    *,
    workspace_id: int,
    person_ids: Collection[int] | None,
    today: date,
    told: Collection[int] = (),
) -> SectionView:
    """Return the steps that wait for a person and those they stand in for (None: finance).

    `told` are clients named above, whose call is not said twice. E-mails in the outbox wait for
    nobody; what a pause or a payment made void is not listed while it is.
    """
    waiting = steps.list_waiting(
        session, workspace_id=workspace_id, person_ids=person_ids, finance=person_ids is None
    )
    listed = [
        step
        for step in waiting
        if step.state is not StepState.QUEUED
        and step.planned_on <= today
        and not (step.channel is Channel.CALL and step.client_id in told)
    ]
    asked = asked_now(session, listed, workspace_id=workspace_id, today=today)
    lines = [_line(step) for step in asked]
    return section_of(Section.STEPS, sorted(lines, key=lambda line: -line.minor))


def _line(step: StepLine) -> LineView:
    currency, minor = max(step.totals.items(), key=lambda one: one[1], default=("EUR", 0))
    return LineView(
        step.client_id,
        step.client,
        minor,
        currency,
        on=step.planned_on,
        step=doing_of(step),
        step_id=step.id,
    )


def doing_of(step: StepLine) -> StepDoing:
    """Return what a step asks of who does it: an address first, when there is none to write to."""
    doing = _DOINGS[step.channel]
    if step.without_address:
        return StepDoing.ADDRESS
    return _COURTESIES.get(doing, doing) if step.level == 0 else doing
