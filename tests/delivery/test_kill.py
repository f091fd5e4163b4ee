"""SIGKILL at seeded instants: the playground's record of posts says none lost, none doubled."""

import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.playground.server import Playground
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.conftest import NOW
from tests.delivery.companies import Companies, told
from tests.delivery.killing import Workers, workers
from tests.delivery.stage import a_playground
from tests.delivery.worker import BESIDE_ANOTHER, KEY, RunningClock

INSTANTS, AT_LEAST = 100, 20  # on each engine
PHASES = ("scan", "send", "after")
# Between the commits of a scan (alerts written, posts not chosen) and of an activation.
EXACT = ("scanned-1", "activated-1", "activated-2", "activated-3")
EXACTLY = 6  # instants at each of these
DELAYS = (0, 0, 0.0005, 0.001, 0.002, 0.004)


@pytest.fixture
def companies(database_url: str) -> Iterator[Companies]:
    """Companies on a fresh database, on each engine."""
    database = Database(database_url, Vault((KEY,)))
    yield Companies(database)
    database.close()


@pytest.fixture
def clock() -> RunningClock:
    """The companies' clock: from 10:00 in Paris on a Tuesday."""
    return RunningClock(NOW)


@pytest.fixture
def playground(clock: RunningClock) -> Iterator[Playground]:
    """A Slack whose clock goes with the companies'."""
    with a_playground(clock) as opened:
        yield opened


class Killer:
    """Opens companies' days in processes, kills these, and counts where."""

    def __init__(self, companies: Companies, team: Workers, chance: random.Random) -> None:
        self.companies, self.team, self.chance = companies, team, chance
        self.killed: Counter[str] = Counter()
        self.unfinished: list[int] = []

    def at(self, place: str) -> None:
        """Kill a process that stands still at an exact place."""
        new = self.companies.at_work if place.startswith("scanned") else self.companies.to_activate
        pid = self._begin(new(), stand_at=place)
        assert self.team.wait_for(place), f"no process came to {place}"
        self.killed[self.team.kill(pid, place)] += 1

    def soon_after(self, phase: str) -> None:
        """Kill a process soon after a phase began, some time or other."""
        add = self.chance.choice((self.companies.at_work, self.companies.to_activate))
        pid = self._begin(add(), stand_at="-")
        if self.team.wait_for(phase, self.chance.randint(1, 4)):
            time.sleep(self.chance.choice(DELAYS))
            self.killed[self.team.kill(pid, phase)] += 1

    def spare(self) -> None:
        """Let a process finish what is left."""
        self.team.begin(self.unfinished)
        self.team.last_word()

    def phases(self) -> Counter[str]:
        """Return how many were killed in each phase; every commit of a scan is part of it."""
        return Counter(
            {one: self.killed[one] for one in ("send", "after")}
            | {"scan": sum(n for place, n in self.killed.items() if place[:4] in ("scan", "acti"))}
        )

    def _begin(self, tenant: int, stand_at: str) -> int:
        """Start a process that takes up what killed ones left, then opens one more day."""
        self.unfinished = [one for one in self.unfinished if one not in self.team.done]
        self.unfinished.append(tenant)
        return self.team.begin(self.unfinished, stand_at=stand_at)


def kill_all(killer: Killer, chance: random.Random) -> None:
    """Kill at every exact place, and at instants spread over the phases, in a seeded order."""
    plan = [place for place in EXACT for _ in range(EXACTLY)]
    plan += [""] * (INSTANTS - len(plan))
    chance.shuffle(plan)
    for place in plan:
        if place:
            killer.at(place)
        else:
            kill_in_rarest_phase(killer)
    while killer.killed.total() < INSTANTS or min(killer.phases().values()) < AT_LEAST:
        kill_in_rarest_phase(killer)


def kill_in_rarest_phase(killer: Killer) -> None:
    """Kill soon after the phase begins in which fewest were killed."""
    phases = killer.phases()
    killer.soon_after(min(PHASES, key=lambda phase: phases[phase]))


def test_a_kill_at_any_instant_loses_and_doubles_nothing(
    companies: Companies, playground: Playground, clock: RunningClock
) -> None:
    seed = int(os.environ.get("GOODCOP_KILL_SEED") or time.time_ns() % 1_000_000)
    sys.stdout.write(f"GOODCOP_KILL_SEED={seed}\n")  # shown when the test fails
    chance = random.Random(seed)
    with workers(companies.database.url, playground, clock) as team:
        killer = Killer(companies, team, chance)
        kill_all(killer, chance)
        killer.spare()
    sys.stdout.write(f"{killer.killed}\n")
    posted = told(playground.posts())
    lost, doubled = companies.expected - posted, posted - companies.expected
    assert (lost, doubled) == (Counter(), Counter()), f"seed {seed}"
    assert all(killer.killed[place] for place in EXACT), f"{killer.killed}, seed {seed}"


def test_two_processes_on_one_database_send_each_message_once(
    companies: Companies, playground: Playground, clock: RunningClock
) -> None:
    url = companies.database.url
    tenants = [companies.at_work() for _ in range(15)]
    with workers(url, playground, clock) as one, workers(url, playground, clock) as two:

        def live(team: Workers) -> None:
            team.begin(tenants, stand_at=BESIDE_ANOTHER)
            team.last_word()

        lives = [threading.Thread(target=live, args=(team,)) for team in (one, two)]
        for life in lives:
            life.start()
        for life in lives:
            life.join()
    assert told(playground.posts()) == companies.expected
