"""Goals 19 and 20: how long a command takes to start, and what `goodcop run` weighs when idle.

Anchors in the same run: `python -c pass` and `python -c 'import sqlmodel'`, medians of whole
processes taken in turn.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _medians(commands: dict[str, list[str]], environment: dict[str, str]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            taken[name].append(_seconds(command, environment))
    return {name: statistics.median(values) for name, values in taken.items()}


def main() -> None:
    """Print each ratio and whether its goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "GOODCOP_DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        }
        goodcop = [sys.executable, "-m", "bot"]
        commands = {
            "pass": [sys.executable, "-c", "pass"],
            "sqlmodel": [sys.executable, "-c", "import sqlmodel"],
            "version": [*goodcop, "--version"],
            "help": [*goodcop, "--help"],
            "settings": [*goodcop, "settings", "show"],
            "balance": [*goodcop, "balance", "nobody"],
        }
        _seconds(commands["settings"], environment)  # the first one migrates
        found = _medians(commands, environment)
    for goal, name, anchor, limit in (
        (19, "version", "pass", 6.0),
        (19, "help", "pass", 6.0),
        (20, "settings", "sqlmodel", 1.5),
        (20, "balance", "sqlmodel", 1.5),
    ):
        ratio = found[name] / found[anchor]
        verdict = "met" if ratio <= limit else "NOT met"
        print(
            f"goal {goal}: goodcop {name}: {found[name] * 1000:.0f} ms, "
            f"{ratio:.2f}x {anchor} ({found[anchor] * 1000:.0f} ms), at most {limit}x: {verdict}"
        )


if __name__ == "__main__":
    main()
