"""Asking open data about a company: cold, with every source hanging, and a night's watch.

Run `python -m benchmarks.open_data`. The sources answer on loopback from the demo's own service,
each after 400 ms, or not at all; the floor is one bare request to the same service.
"""

import asyncio
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import httpx
import uvicorn

from bot.demo.answers import InventedAnswers
from bot.demo.ledger import generate, siren_for
from bot.demo.open_data import SOURCES, open_data_app
from bot.demo.register import register_of
from bot.services.solvency.gathering import Gatherer
from bot.services.solvency.open_data import Addresses, OpenData, open_data
from bot.services.solvency.shelf import Kept, Slot
from bot.sources.http import Web

TODAY = date(2026, 11, 24)
FOLLOWED = 10_000
ROUNDS = 7
COLD_SECONDS, HANGING_SECONDS = 1.0, 2.5


def main() -> int:
    """Measure, print, and say by the exit code whether every goal was met."""
    faults = dict.fromkeys(SOURCES, "")
    app = open_data_app(InventedAnswers(register_of(generate(TODAY))), faults)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    serving.start()
    try:
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        return asyncio.run(_measured(base, faults))
    finally:
        server.force_exit = server.should_exit = True
        serving.join()


async def _measured(base: str, faults: dict[str, str]) -> int:
    faults.update(dict.fromkeys(SOURCES, "0.4"))
    floor = statistics.median([await _bare(base) for _ in range(ROUNDS)])
    cold = statistics.median([await _cold(base) for _ in range(ROUNDS)])
    faults.update(dict.fromkeys(SOURCES, "hang"))
    hanging = await _cold(base)
    faults.update(dict.fromkeys(SOURCES, ""))
    requests = await _watched(base)
    print(f"one bare request, answered after 400 ms: {floor:.2f} s")
    print(f"every source after 400 ms: {cold:.2f} s (goal {COLD_SECONDS} s)")
    print(f"every source hanging: {hanging:.2f} s (goal {HANGING_SECONDS} s)")
    print(f"a night's watch of {FOLLOWED} companies: {requests} requests (goal {FOLLOWED // 20})")
    met = cold <= COLD_SECONDS and hanging <= HANGING_SECONDS and requests <= FOLLOWED // 20
    return 0 if met else 1


async def _cold(base: str) -> float:
    """Return the seconds of one question by a process that is up but has asked nobody yet."""
    sources = _sources(base)
    start = time.perf_counter()
    await _gathered(sources)
    return time.perf_counter() - start


async def _bare(base: str) -> float:
    async with httpx.AsyncClient() as client:
        start = time.perf_counter()
        await client.get(f"{base}/search", params={"q": siren_for("C0412")})
        return time.perf_counter() - start


async def _gathered(sources: OpenData) -> None:
    await Gatherer(sources, _now).gather(siren_for("C0412"), _Nowhere())


async def _watched(base: str) -> int:
    """Ask for one day, then for each company met: what a night costs."""
    sources = _sources(base)
    followed = frozenset(register_of(generate(TODAY)).companies)
    padded = followed | {str(800_000_000 + n) for n in range(FOLLOWED - len(followed))}
    found = await sources.notices.published_on(TODAY - timedelta(days=24), padded)
    met = {reading.event.siren for reading in found.value or ()}
    for siren in met:
        await sources.notices.find(siren)
    await sources.close()
    return 1 + len(met)


def _sources(base: str) -> OpenData:
    return open_data(Addresses(base, base, base, base, base, "a-key"), Web())


def _now() -> datetime:
    return datetime.now(UTC)


class _Nowhere:
    """Keeps nothing: every question is cold."""

    def load(self, asked: Sequence[tuple[Slot, str]]) -> dict[Slot, Kept]:
        """Find nothing."""
        return {}

    def save(self, kept: Iterable[Kept]) -> None:
        """Keep nothing."""


if __name__ == "__main__":
    sys.exit(main())
