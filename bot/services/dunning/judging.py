"""Judging clients for their next step: facts from storage, the plan of the domain for each."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.dunning.facts import ClientLedger, PlanningDay
from bot.domain.dunning.planning import Plan, plan
from bot.domain.dunning.scenarios import Scenario
from bot.domain.profiles import PayerRules, Profile, payer_profile
from bot.services.alerts.judging import Rules, read_rules
from storage import dunning_ledgers, scenarios, step_planning
from storage.dunning_ledgers import Reading
from storage.unit_of_work import UnitOfWork

# A run stamps what it writes with its beginning, and the last planning may not have seen it yet.
_STILL_RUNNING = timedelta(hours=1)


class JudgedClient(NamedTuple):
    """A client, its sort of payer, and its next step."""

    ledger: ClientLedger
    profile: Profile
    plan: Plan


@dataclass(frozen=True, slots=True)
class PlanningRules:
    """What every plan of a run shares; `stamp` changes whenever any of it does."""

    workspace_id: int
    now: datetime
    day: PlanningDay
    scenarios: Mapping[Profile, Scenario]
    payers: PayerRules
    reading: Reading
    stamp: str
    anybody_active: bool
    time_zone: str


def read_planning_rules(
    uow: UnitOfWork, *, workspace_id: int, today: date, now: datetime
) -> PlanningRules:
    """Read the policy, the calendar, the scenarios in force and which books may be judged."""
    rules = read_rules(uow, workspace_id=workspace_id, today=today, now=now)
    in_force = scenarios.get_scenarios(uow.session, workspace_id=workspace_id)
    policy = rules.policy
    least = {currency: one.de_minimis_minor for currency, one in policy.amounts.items()}
    reading = Reading(
        workspace_id,
        today,
        rules.calendar,
        policy.broken_promise_grace_days,
        least,
        frozenset(rules.barred),
        _active_owners(rules),
    )
    documents = [one.to_document() for _, one in sorted(in_force.items())]
    barriers = [sorted(reading.active_owners or ()), sorted(reading.barred)]
    stamp = json.dumps([policy.to_document(), documents, barriers], sort_keys=True, default=str)
    return PlanningRules(
        workspace_id,
        now,
        PlanningDay(today, rules.calendar, least),
        in_force,
        policy.payers,
        reading,
        hashlib.sha256(stamp.encode()).hexdigest()[:16],
        rules.anybody_active,
        rules.settings.time_zone,
    )


def _active_owners(rules: Rules) -> frozenset[int] | None:
    if rules.settings.activated_at is not None:
        return None
    return frozenset(id for id in rules.people if rules.is_active(id))


def judge(
    uow: UnitOfWork, rules: PlanningRules, client_ids: Sequence[int]
) -> Iterator[JudgedClient]:
    """Yield each client's next step, in the order of ids."""
    for known in dunning_ledgers.list_ledgers(uow.session, rules.reading, client_ids):
        profile = payer_profile(known.payer, rules.payers).profile
        ledger = known.ledger
        yield JudgedClient(ledger, profile, plan(ledger, rules.scenarios[profile], rules.day))


def candidates(uow: UnitOfWork, rules: PlanningRules, *, everything: bool) -> list[int]:
    """Return the clients a planning must judge: all debtors, or whose day has come."""
    session, workspace_id = uow.session, rules.workspace_id
    last = step_planning.find_last(session, workspace_id=workspace_id)
    stale = last is None or last.rules != rules.stamp or last.on > rules.day.today
    if everything or stale or last is None:
        return step_planning.list_debtor_ids(session, workspace_id=workspace_id)
    since = last.at - _STILL_RUNNING
    if step_planning.was_redrawn_since(session, workspace_id=workspace_id, since=since):
        return step_planning.list_debtor_ids(session, workspace_id=workspace_id)
    return step_planning.list_looked_ids(
        session, workspace_id=workspace_id, today=rules.day.today, since=since
    )
