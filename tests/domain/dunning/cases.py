"""A client and its steps, with defaults: one test says only what it is about."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.domain.calendar import Calendar
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.facts import ClientLedger, Made, Owed, Pause, PlanningDay
from bot.domain.dunning.planning import Plan, plan
from bot.domain.dunning.scenarios import Scenario, Step, StepState
from bot.domain.profiles import Profile

TUESDAY = date(2026, 11, 24)
USUAL = DEFAULTS[Profile.PUNCTUAL]
FRIENDLY, CALL, REMINDER, LAST, NOTICE, DECISION = USUAL.reminders


def days(count: int) -> timedelta:
    return timedelta(days=count)


def owed(days_late: int, euros: int = 1000, *, id: int = 1, currency: str = "EUR") -> Owed:
    """An item that is so many days late on the Tuesday; negative before its due date."""
    return Owed(id, TUESDAY - days(days_late), euros * 100, currency)


def made(
    step: Step,
    days_ago: int,
    *item_ids: int,
    state: StepState = StepState.SENT,
    episode: int = 739_000,
) -> Made:
    """A step made so many days before the Tuesday, about these items (the first by default)."""
    on = TUESDAY - days(days_ago)
    return Made(step.key, step.offset_days, on, state, episode, frozenset(item_ids or (1,)))


def a_client(
    *items: Owed,
    pauses: tuple[Pause, ...] = (),
    made: tuple[Made, ...] = (),
    credits: Mapping[str, int] | None = None,
    owner_id: int | None = 7,
    is_with_finance: bool = False,
    has_address: bool = True,
) -> ClientLedger:
    return ClientLedger(
        1, items, credits or {}, pauses, made, owner_id, is_with_finance, has_address
    )


def the_day(day: date = TUESDAY) -> PlanningDay:
    return PlanningDay(day, Calendar(), {"EUR": 10_00})


def planned(client: ClientLedger, day: date = TUESDAY, scenario: Scenario = USUAL) -> Plan:
    return plan(client, scenario, the_day(day))
