"""SIGKILL at seeded instants: the playground's record of posts says none lost, none doubled."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.server import Playground
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.delivery.stage import a_playground
from tests.delivery.worker import KEY
from tests.storage.queue_rows import two_workspaces

ROOT = Path(__file__).resolve().parents[2]
PHASES = ("scan", "send", "after")
INSTANTS, AT_LEAST = 60, 20  # on each engine
NEW_EACH_TIME = 8


class Workers:
    """The parent process of those that get killed."""

    def __init__(self, url: str, playground: Playground) -> None:
        arguments = [url, playground.api_url, playground.config.bot_token]
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "tests.delivery.worker", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def begin(self, first: int, last: int) -> int:
        """Start a process that scans these numbers and delivers; return its id."""
        assert self._process.stdin
        self._process.stdin.write(f"{first} {last}\n")
        word, _, pid = self._line().partition(" ")
        while word != "pid":
            word, _, pid = self._line().partition(" ")
        return int(pid)

    def wait_for(self, phase: str, times: int) -> bool:
        """Read until a phase began `times` times; False when the process ended before."""
        while times:
            line = self._line()
            if line == "gone":
                return False
            times -= line == phase
        return True

    def last_word(self, default: str) -> str:
        """Return the phase in which the process ended."""
        last = default
        while (line := self._line()) != "gone":
            last = line if line in PHASES else last
        return last

    def close(self) -> None:
        """End the parent."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the worker's parent ended"
        return line.strip()


@contextlib.contextmanager
def workers(url: str, playground: Playground) -> Iterator[Workers]:
    opened = Workers(url, playground)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def url(database_url: str) -> str:
    """A database with its workspace, on each engine."""
    database = Database(database_url, Vault((KEY,)))
    two_workspaces(database)
    database.close()
    return database_url


def kill_somewhere(team: Workers, chance: random.Random, phase: str, first: int) -> str | None:
    """Kill a process soon after `phase` began; return where it was, None when it had ended."""
    pid = team.begin(first, first + NEW_EACH_TIME)
    if not team.wait_for(phase, chance.randint(1, 4)):
        return None
    time.sleep(chance.choice((0, 0, 0.0005, 0.001, 0.002, 0.004)))
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return team.last_word(phase)


def test_a_kill_at_any_instant_loses_and_doubles_nothing(url: str) -> None:
    seed = int(os.environ.get("GOODCOP_KILL_SEED") or time.time_ns() % 1_000_000)
    sys.stdout.write(f"GOODCOP_KILL_SEED={seed}\n")  # shown when the test fails
    chance, killed, first = random.Random(seed), Counter[str](), 0
    with a_playground() as playground, workers(url, playground) as team:
        for _ in range(4 * INSTANTS):
            if killed.total() >= INSTANTS and min(killed[one] for one in PHASES) >= AT_LEAST:
                break
            phase = min(PHASES, key=lambda one: (killed[one], chance.random()))
            place = kill_somewhere(team, chance, phase, first)
            first += NEW_EACH_TIME
            if place:
                killed[place] += 1
        team.begin(0, first)
        team.last_word("scan")
        posted = Counter(str(post["text"]) for post in playground.posts())
    assert posted == Counter({f"k{number}": 1 for number in range(first)}), f"seed {seed}"
    assert min(killed[phase] for phase in PHASES) >= AT_LEAST, f"{killed}, seed {seed}"


def test_two_processes_on_one_database_send_each_message_once(url: str) -> None:
    with a_playground() as playground:
        with workers(url, playground) as one, workers(url, playground) as two:

            def live(team: Workers) -> None:
                team.begin(0, 120)
                team.last_word("scan")

            lives = [threading.Thread(target=live, args=(team,)) for team in (one, two)]
            for life in lives:
                life.start()
            for life in lives:
                life.join()
        posted = Counter(str(post["text"]) for post in playground.posts())
    assert posted == Counter({f"k{number}": 1 for number in range(120)})
