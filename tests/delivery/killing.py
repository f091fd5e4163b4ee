"""The parent of processes that get killed: start one, follow what it says it does, kill it."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.playground.server import Playground
from tests.delivery.worker import RunningClock

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "-"


class Workers:
    """The parent process of those that get killed; `done` holds the companies they finished."""

    def __init__(self, url: str, playground: Playground, clock: RunningClock) -> None:
        self.done: set[int] = set()
        self._clock = clock
        arguments = [url, playground.api_url, playground.config.bot_token]
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "tests.delivery.worker", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def begin(self, tenants: list[int], *, stand_at: str = NOWHERE) -> int:
        """Start a process that opens these companies' day; return its id.

        It stands still where it says `stand_at`, until it is killed.
        """
        assert self._process.stdin
        words = (stand_at, self._clock().timestamp(), *tenants)
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        return int(self._line().removeprefix("pid "))

    def wait_for(self, place: str, times: int = 1) -> bool:
        """Read until the process said `place` that often; False when it ended before."""
        while times:
            line = self._line()
            if line == "gone":
                return False
            times -= line == place
        return True

    def kill(self, pid: int, place: str) -> str:
        """Kill the process; return where it was by its last word, `place` when it said no more."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self.last_word(place)

    def last_word(self, default: str = "") -> str:
        """Return the last place the process named before it ended."""
        last = default
        while (line := self._line()) != "gone":
            last = line
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
        assert line, "the workers' parent ended"
        word, _, said = line.strip().partition(" ")
        assert word != "crashed", "a process ended by an error of its own"
        if word == "done":
            self.done.add(int(said))
        elif word == "wait":
            self._clock.wait_until(datetime.fromtimestamp(float(said), tz=UTC))
        else:
            return line.strip()
        return self._line()


@contextlib.contextmanager
def workers(url: str, playground: Playground, clock: RunningClock) -> Iterator[Workers]:
    """Open a parent for the length of a block."""
    opened = Workers(url, playground, clock)
    try:
        yield opened
    finally:
        opened.close()
