"""Goals 19 and 20: how long a command takes to start, and what `goodcop run` weighs when idle.

Anchors in the same run: `python -c pass` and `python -c 'import sqlmodel'`, medians of whole
processes taken in turn. Byte code is kept, as it is where goodcop is installed, and each command
is run once before it is timed. The weight is the resident memory of `goodcop run` in a process of
its own, served by a playground over HTTP, some seconds after its start.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bot.playground.config import PlaygroundConfig
from bot.playground.server import create, serve

RUNS = 15
# The tools of development bring rich, which structlog loads where it finds it: a server has none.
_RUN = """
import sys
sys.modules["rich"] = None
sys.argv[1:] = ["run"]
import bot.__main__
bot.__main__.main()
"""
START_SECONDS, IDLE_SECONDS, MOST_MIB = 60.0, 5.0, 150.0


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _warm(command: list[str], environment: dict[str, str]) -> None:
    ran = subprocess.run(command, check=False, env=environment, capture_output=True)
    if b"Traceback" in ran.stderr:
        raise RuntimeError(f"{' '.join(command)} failed: {ran.stderr.decode()}")


def _medians(commands: dict[str, list[str]], environment: dict[str, str]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            taken[name].append(_seconds(command, environment))
    return {name: statistics.median(values) for name, values in taken.items()}


def idle_mib(environment: dict[str, str]) -> float:
    """Return the resident MiB of an idle `goodcop run`."""
    config = PlaygroundConfig()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with serve(create(config)) as served:
        settings = {
            "SLACK_BOT_TOKEN": config.bot_token,
            "SLACK_SIGNING_SECRET": config.signing_secret,
            "SLACK_API_URL": served.playground.api_url,
            "GOODCOP_PORT": str(port),
        }
        process = subprocess.Popen([sys.executable, "-c", _RUN], env=environment | settings)
        try:
            _wait_until_healthy(port)
            time.sleep(IDLE_SECONDS)
            return resident_mib(process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_healthy(port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError("goodcop run did not start")


def resident_mib(pid: int) -> float:
    """Return the memory a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Print each ratio and whether its goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "GOODCOP_DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        goodcop = [sys.executable, "-m", "bot"]
        commands = {
            "pass": [sys.executable, "-c", "pass"],
            "sqlmodel": [sys.executable, "-c", "import sqlmodel"],
            "version": [*goodcop, "--version"],
            "help": [*goodcop, "--help"],
            "settings": [*goodcop, "settings", "show"],
            "balance": [*goodcop, "balance", "nobody"],
        }
        for command in commands.values():  # the first one migrates, each writes its byte code
            _warm(command, environment)
        found = _medians(commands, environment)
        weight = idle_mib(environment)
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
    verdict = "met" if weight <= MOST_MIB else "NOT met"
    print(f"idle goodcop run: {weight:.0f} MiB, at most {MOST_MIB:.0f} MiB: {verdict}")


if __name__ == "__main__":
    main()
