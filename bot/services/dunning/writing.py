"""Writing what was planned: the steps that are due, those to drop, and what comes next."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.dunning.facts import Made
from bot.domain.dunning.planning import Outcome, Plan, plan
from bot.domain.dunning.scenarios import Channel, Mode, StepActor, StepState
from bot.services.dunning.judging import JudgedClient, PlanningRules
from bot.services.dunning.mailing import queue_step
from bot.services.dunning.step_views import contact_of
from storage import step_planning, step_writing, steps
from storage.step_planning import Planned
from storage.step_writing import NewStep
from storage.unit_of_work import UnitOfWork


def write_steps(
    uow: UnitOfWork, rules: PlanningRules, judged: Sequence[JudgedClient]
) -> list[NewStep]:
    """Write the steps due, overtake the to-dos before them, cancel those paid; return the new."""
    session, workspace_id, now = uow.session, rules.workspace_id, rules.now
    dropped = [(one.ledger.client_id, made) for one in judged for made in one.plan.dropped]
    step_writing.cancel(session, workspace_id=workspace_id, dropped=dropped, now=now)
    due = list(_due(rules, judged))
    overtaken = [one.ledger.client_id for one in judged if _overtakes(one)]
    if overtaken:
        step_writing.overtake(session, workspace_id=workspace_id, client_ids=overtaken, now=now)
    step_writing.add_steps(
        session, workspace_id=workspace_id, today=rules.day.today, now=now, steps=due
    )
    automatic = [one.client_id for one in due if one.state is StepState.QUEUED]
    if automatic:
        _queue(uow, rules, automatic)
    planned = [
        Planned(one.ledger.client_id, one.profile.value, _next(rules, one)) for one in judged
    ]
    step_planning.keep_next(
        session, workspace_id=workspace_id, today=rules.day.today, plans=planned
    )
    return due


def _queue(uow: UnitOfWork, rules: PlanningRules, client_ids: Sequence[int]) -> None:
    """Queue the e-mails that leave by themselves, in the very commit that makes their steps.

    They leave when the company is at work: nobody is reminded at night.
    """
    session, workspace_id = uow.session, rules.workspace_id
    at = rules.day.calendar.next_working_minute(rules.now, rules.time_zone)
    for line in steps.list_unsent(
        session, workspace_id=workspace_id, client_ids=client_ids, made_at=rules.now
    ):
        contact = contact_of(session, line, workspace_id=workspace_id)
        if contact is None:
            steps.lose_address(session, workspace_id=workspace_id, id=line.id, now=rules.now)
            continue
        queue_step(
            session,
            line,
            contact,
            workspace_id=workspace_id,
            person_id=line.person_id,
            now=at,
        )


def _next(rules: PlanningRules, one: JudgedClient) -> Plan:
    """Return what comes next once a step that is due is made: what a planning anew would say."""
    due, step = one.plan, one.plan.step
    if due.outcome is not Outcome.DUE or step is None:
        return due
    made = Made(
        step.key,
        step.offset_days,
        rules.day.today,
        _state(step.channel, step.mode, lost=due.without_address),
        due.episode,
        frozenset(item.id for item in due.items),
    )
    left = (before for before in one.ledger.made if before not in due.dropped)
    return plan(replace(one.ledger, made=(*left, made)), rules.scenarios[one.profile], rules.day)


def _overtakes(one: JudgedClient) -> bool:
    is_due = one.plan.outcome is Outcome.DUE
    return is_due and any(made.state is StepState.DUE for made in one.ledger.made)


def _due(rules: PlanningRules, judged: Sequence[JudgedClient]) -> Iterator[NewStep]:
    for one in judged:
        due, step = one.plan, one.plan.step
        if due.outcome is not Outcome.DUE or step is None or due.actor is None:
            continue
        totals: dict[str, int] = defaultdict(int)
        for item in due.items:
            totals[item.currency] += item.minor
        yield NewStep(
            client_id=one.ledger.client_id,
            episode=due.episode,
            step_key=step.key,
            profile=one.profile.value,
            level=rules.scenarios[one.profile].level_of(step),
            offset_days=step.offset_days,
            actor=due.actor,
            channel=step.channel,
            tone=step.tone,
            mode=step.mode,
            contact=step.contact,
            text_key=step.text,
            without_address=due.without_address,
            person_id=_person(one, due.actor),
            state=_state(step.channel, step.mode, lost=due.without_address),
            item_ids=tuple(item.id for item in due.items),
            totals=dict(totals),
        )


def _person(one: JudgedClient, actor: StepActor) -> int | None:
    """Return who does or approves a step: the owner until finance has the file, else finance."""
    if actor is StepActor.FINANCE or one.ledger.is_with_finance:
        return None
    return one.ledger.owner_id


def _state(channel: Channel, mode: Mode, *, lost: bool) -> StepState:
    """Return where a step begins: an e-mail nobody can receive is a to-do to find an address."""
    if channel is not Channel.EMAIL or lost:
        return StepState.DUE
    return StepState.QUEUED if mode is Mode.AUTOMATIC else StepState.DRAFTED
