"""What the scenarios would have done between two days: a replay of the ledger; nothing is kept."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from bot.domain.dunning.facts import PlanningDay
from bot.domain.dunning.replay import Replayed, replay
from bot.domain.dunning.scenarios import Scenario
from bot.domain.errors import InvalidInput
from bot.domain.profiles import Profile, payer_profile
from bot.services.alerts.judging import calendar_for
from bot.services.dunning.judging import PlanningRules, read_planning_rules
from storage import alerts, crossing, past_ledgers, policies
from storage.unit_of_work import Database, UnitOfWork

_MOST_DAYS = 1100


@dataclass(frozen=True, slots=True)
class SimulatedStep:
    """A step that would have been made: to whom, by whom, about how many items, how much."""

    on: date
    client: str
    profile: Profile
    step: Replayed
    totals: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return it ready for JSON; totals are minor units by currency."""
        made = self.step
        return {
            "on": self.on.isoformat(),
            "client": self.client,
            "profile": self.profile.value,
            "step": made.step.key,
            "actor": made.actor.value,
            "channel": made.step.channel.value,
            "tone": made.step.tone.value,
            "to": made.step.contact,
            "without_address": made.without_address,
            "items": len(made.items),
            "totals": self.totals,
        }


@dataclass(slots=True)
class Simulation:
    """The steps of a stretch of days, in their order."""

    first: date
    last: date
    steps: list[SimulatedStep] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many steps each actor would have had."""
        return dict(sorted(Counter(one.step.actor.value for one in self.steps).items()))

    def as_json(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "count": len(self.steps),
            "by_actor": self.counts(),
            "steps": [one.as_json() for one in self.steps],
        }


class SimulationService:
    """Replays the books day by day, by the scenarios in force."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], chunk: int = 2000
    ) -> None:
        self._database, self._clock, self._chunk = database, clock, chunk

    def simulate(
        self,
        workspace_id: int,
        *,
        first: date,
        last: date,
        today: date,
        client_ids: Sequence[int] | None = None,
        trying: Scenario | None = None,
    ) -> Simulation:
        """Return what would have been done from `first` to `last`, both included.

        The books are replayed as they moved; after today nobody is taken to pay. Drafts are taken
        to be approved and calls made on their day; each client keeps the profile it has today.
        `trying` stands for the scenario of every profile.
        Raise `InvalidInput` when the days are out of order or more than three years apart.
        """
        if not 0 <= (last - first).days <= _MOST_DAYS:
            raise InvalidInput("The last day comes after the first, three years later at most.")
        made = Simulation(first, last)
        with self._database.read() as uow:
            rules = _lasting(
                read_planning_rules(uow, workspace_id=workspace_id, today=today, now=self._clock())
            )
            ids = list(client_ids or ()) or crossing.list_client_ids(
                uow.session, workspace_id=workspace_id
            )
            for start in range(0, len(ids), self._chunk):
                chunk = ids[start : start + self._chunk]
                self._replay(uow, rules, chunk, made, trying)
        made.steps.sort(key=lambda one: (one.on, one.client))
        return made

    def _replay(
        self,
        uow: UnitOfWork,
        rules: PlanningRules,
        ids: Sequence[int],
        made: Simulation,
        trying: Scenario | None,
    ) -> None:
        policy = policies.get_policy(uow.session, workspace_id=rules.workspace_id)

        @cache
        def day_of(day: date) -> PlanningDay:
            return PlanningDay(day, calendar_for(policy, day), rules.day.least)

        lines = alerts.list_clients(uow.session, workspace_id=rules.workspace_id, ids=ids)
        for known in past_ledgers.list_past(uow.session, rules.reading, ids, first=made.first):
            profile = payer_profile(known.payer, rules.payers).profile
            scenario = trying or rules.scenarios[profile]
            for step in replay(known.client, scenario, made.first, made.last, day_of):
                totals: dict[str, int] = defaultdict(int)
                for item in step.items:
                    totals[item.currency] += item.minor
                line = lines[step.client_id]
                label = f"{line.code} {line.name}".strip()
                made.steps.append(SimulatedStep(step.on, label, profile, step, dict(totals)))


def _lasting(rules: PlanningRules) -> PlanningRules:
    """Return the rules without what only holds today: books behind, alerts not on yet."""
    reading = rules.reading._replace(barred=frozenset(), active_owners=None)
    return replace(rules, reading=reading)
