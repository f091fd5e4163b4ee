"""What is the next step towards a client, and on which day: one step at a time, none skipped.

Pure: the ledger, the scenario and the steps made so far go in, a plan comes out. Run twice, run
late or run on books that changed meanwhile, it says the same of the same facts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.dunning.facts import ClientLedger, Made, Owed, Pause, PauseKind, PlanningDay
from bot.domain.dunning.parting import Parted, parted
from bot.domain.dunning.scenarios import Channel, Scenario, Step, StepActor, StepState

_ONE_DAY = timedelta(days=1)


class Outcome(StrEnum):
    """What the planning says of a client."""

    DUE = "due"
    WAITING = "waiting"
    HELD = "held"
    FINISHED = "finished"
    UNCOVERED = "uncovered"


class Because(StrEnum):
    """Why a plan is what it is, besides the kinds of pause."""

    ON_TIME = "on_time"
    NOT_YET = "not_yet"
    APPROVAL = "approval"
    IN_OUTBOX = "in_outbox"
    NOTHING_OWED = "nothing_owed"
    NETTED = "netted"
    SMALL = "small"
    EVERY_STEP_MADE = "every_step_made"
    BELOW_MINIMUM = "below_minimum"
    NO_STEP = "no_step"


class Plan(NamedTuple):
    """A client's next step: `on` is its day, else the day to look again (None: when told).

    `dropped` are steps that still wait though nothing they named may be asked for any more.
    """

    outcome: Outcome
    because: Because | PauseKind
    on: date | None = None
    step: Step | None = None
    actor: StepActor | None = None
    episode: int = 0
    items: tuple[Owed, ...] = ()
    without_address: bool = False
    dropped: tuple[Made, ...] = ()


def plan(client: ClientLedger, scenario: Scenario, day: PlanningDay) -> Plan:
    """Return the next step of a client on a day.

    The courtesy comes while nothing is late; then the reminders follow the oldest item: none on
    the due day, none before its minimum delay, none twice in an episode, one a run.
    """
    return plan_of_parts(client, parted(client, day), scenario, day)


def plan_of_parts(
    client: ClientLedger, parts: Parted, scenario: Scenario, day: PlanningDay
) -> Plan:
    """Return the plan of a client whose items were parted already.

    Books that are behind drop nothing: what waits cannot be sent until they are fresh, and stands
    when they come.
    """
    dropped: tuple[Made, ...] = ()
    if client.made and not any(one.kind is PauseKind.STALE_BOOKS for one in client.pauses):
        dropped = tuple(one for one in client.made if one.state.waits and _is_void(one, parts, day))
    if not parts.free:
        return _nothing_to_ask(parts, day)._replace(dropped=dropped)
    made = [
        one for one in client.made if one.state is not StepState.CANCELLED and one not in dropped
    ]
    found = _best(client, parts, scenario, made, day)
    return found._replace(dropped=dropped) if dropped else found


def _is_void(one: Made, parts: Parted, day: PlanningDay) -> bool:
    """Say whether nothing a step named may be asked for; of a courtesy, nothing is yet to come."""
    comes = one.offset_days < 0
    named = (item for item in parts.free if item.id in one.item_ids)
    return not any(item.due_on > day.today for item in named) if comes else not any(named)


def _best(
    client: ClientLedger,
    parts: Parted,
    scenario: Scenario,
    made: Sequence[Made],
    day: PlanningDay,
) -> Plan:
    anchor = min([item.due_on for item in parts.large])
    reminder = _reminder(client, parts.free, anchor, scenario, made, day)
    if anchor < day.today:
        return reminder
    courtesy = _courtesy(client, parts.large, scenario.courtesy, made, day)
    return reminder if courtesy is None else min(courtesy, reminder, key=_urgency)


def _urgency(one: Plan) -> tuple[bool, date]:
    return one.outcome not in (Outcome.DUE, Outcome.WAITING), one.on or date.max


def _nothing_to_ask(parts: Parted, day: PlanningDay) -> Plan:
    if parts.paused:
        ends = [pause.until for _, pause in parts.paused if pause.until is not None]
        until = min(ends, default=None)
        return Plan(Outcome.HELD, parts.paused[0][1].kind, _after(until, day))
    if parts.small:
        return Plan(Outcome.FINISHED, Because.SMALL)
    netted = Because.NETTED if parts.netted else Because.NOTHING_OWED
    return Plan(Outcome.FINISHED, netted)


def _courtesy(
    client: ClientLedger,
    large: Sequence[Owed],
    step: Step | None,
    made: Sequence[Made],
    day: PlanningDay,
) -> Plan | None:
    """Return the courtesy of what falls due next; never again for an item it was said of."""
    if step is None:
        return None
    said = frozenset().union(*(one.item_ids for one in made if one.offset_days < 0))
    least = max(1, step.minimum_minor)
    coming = [
        item
        for item in large
        if item.due_on > day.today and item.minor >= least and item.id not in said
    ]
    if not coming:
        return None
    first = min(item.due_on for item in coming)
    on = _spaced(first + timedelta(days=step.offset_days), step, _last(made), day)
    if on >= first:
        return None
    reach = max(on, day.today) - timedelta(days=step.offset_days)
    named = tuple(item for item in coming if item.due_on <= reach)
    return _dated(client, step, on, first.toordinal(), named, day)


def _reminder(
    client: ClientLedger,
    free: Sequence[Owed],
    anchor: date,
    scenario: Scenario,
    made: Sequence[Made],
    day: PlanningDay,
) -> Plan:
    """Return the reminder that the oldest item, due on `anchor`, has come to or will come to."""
    reminders, today = scenario.reminders, day.today
    if not reminders:
        return Plan(Outcome.UNCOVERED, Because.NO_STEP)
    late = tuple([item for item in free if item.due_on < today])
    last = _last(made)
    known = last if last is not None and _still_owed(client, last) else None
    if known is not None and known.state in (StepState.DRAFTED, StepState.QUEUED):
        because = Because.APPROVAL if known.state is StepState.DRAFTED else Because.IN_OUTBOX
        step = next((one for one in scenario.steps if one.key == known.key), None)
        actor = _actor(client, step) if step else None
        return Plan(Outcome.WAITING, because, known.on, step, actor, known.episode, late)
    reached = known.offset_days if known else 0
    owed = sum([item.minor for item in late or free])
    ahead = [step for step in reminders if step.offset_days > reached]
    asked = [step for step in ahead if owed >= step.minimum_minor]
    if not asked:
        over = Because.BELOW_MINIMUM if ahead else Because.EVERY_STEP_MADE
        return Plan(Outcome.FINISHED, over, episode=known.episode if known else 0, items=late)
    step = asked[0]
    on = _spaced(anchor + timedelta(days=step.offset_days), step, last, day)
    episode = known.episode if known else anchor.toordinal()
    return _dated(client, step, on, episode, late, day)


def _last(made: Sequence[Made]) -> Made | None:
    return max(made, key=lambda one: (one.on, one.offset_days), default=None)


def _still_owed(client: ClientLedger, last: Made) -> bool:
    """Say whether something its last step named is still open: else a new episode begins."""
    return any(item.id in last.item_ids for item in client.items)


def _spaced(on: date, step: Step, last: Made | None, day: PlanningDay) -> date:
    """Return the first business day from `on` that leaves the step its minimum delay."""
    if last is not None:
        on = max(on, last.on + timedelta(days=step.minimum_days))
    return day.working(on)


def _dated(
    client: ClientLedger,
    step: Step,
    on: date,
    episode: int,
    items: tuple[Owed, ...],
    day: PlanningDay,
) -> Plan:
    """Return a step on its day, or what keeps it from being made then."""
    actor = _actor(client, step)
    window = _window(client.pauses, actor)
    if window is not None and window.until is not None and on <= window.until:
        looks_again = _after(window.until, day)
        if on <= day.today <= window.until:
            return Plan(Outcome.HELD, PauseKind.WINDOW, looks_again, step, actor, episode, items)
        on = looks_again or on
    because = Because.ON_TIME if on <= day.today else Because.NOT_YET
    outcome = Outcome.DUE if on <= day.today else Outcome.WAITING
    if outcome is Outcome.DUE and not day.calendar.is_business_day(day.today):
        outcome, because, on = Outcome.WAITING, Because.NOT_YET, day.working(day.today)
    by_mail = step.channel is Channel.EMAIL
    lost = by_mail and not client.has_address
    if lost:
        actor = StepActor.FINANCE
    return Plan(outcome, because, on, step, actor, episode, items, lost)


def _actor(client: ClientLedger, step: Step) -> StepActor:
    """Return who does a step: finance once it has the file, and where nobody owns the client."""
    if step.actor is StepActor.SALES and (client.is_with_finance or client.owner_id is None):
        return StepActor.FINANCE
    return step.actor


def _window(pauses: Sequence[Pause], actor: StepActor) -> Pause | None:
    if actor is StepActor.SALES:
        return None
    return next((pause for pause in pauses if pause.kind is PauseKind.WINDOW), None)


def _after(until: date | None, day: PlanningDay) -> date | None:
    """Return the first business day after a pause; never a day already judged."""
    if until is None or until == date.max:
        return None
    return day.working(max(until, day.today) + _ONE_DAY)
