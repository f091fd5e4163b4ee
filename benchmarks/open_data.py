"""Asking open data about a company: cold, with every source hanging, and a night's watch.

Run `python -m benchmarks.open_data`. The sources answer on loopback from the demo's own service,
each after 400 ms, or not at all; the floor is one bare request to the same service.
"""

import asyncio
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.lookup_books import open_database
from benchmarks.scan_books import NOW, write_books
from bot.demo.answers import InventedAnswers
from bot.demo.ledger import generate, siren_for
from bot.demo.open_data import SOURCES, open_data_app
from bot.demo.register import register_of
from bot.services.solvency.gathering import Gatherer
from bot.services.solvency.open_data import Addresses, OpenData, open_data
from bot.services.solvency.shelf import Kept, Slot
from bot.services.solvency.watching import WatchService
from bot.sources.http import Web
from storage import scan_settings
from storage.bulk import insert_rows
from storage.ids import new_ids

TODAY = date(2026, 11, 24)
FOLLOWED = 10_000
ROUNDS = 7
COLD_SECONDS, HANGING_SECONDS = 1.0, 2.5


def main() -> int:
    """Measure, print, and say by the exit code whether every goal was met."""
    faults = dict.fromkeys(SOURCES, "")
    asked: list[str] = []
    app = _counted(open_data_app(InventedAnswers(register_of(generate(TODAY))), faults), asked)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    serving.start()
    try:
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        met = asyncio.run(_measured(base, faults))
        with tempfile.TemporaryDirectory() as folder:
            first, night = _watch(base, asked, Path(folder))
        print(
            f"a watch of {FOLLOWED} companies: {first} requests on the first night, {night} on "
            f"the next (goal {FOLLOWED // 20})"
        )
        return 0 if met and max(first, night) <= FOLLOWED // 20 else 1
    finally:
        server.force_exit = server.should_exit = True
        serving.join()


async def _measured(base: str, faults: dict[str, str]) -> bool:
    faults.update(dict.fromkeys(SOURCES, "0.4"))
    floor = statistics.median([await _bare(base) for _ in range(ROUNDS)])
    cold = statistics.median([await _cold(base) for _ in range(ROUNDS)])
    faults.update(dict.fromkeys(SOURCES, "hang"))
    hanging = await _cold(base)
    faults.update(dict.fromkeys(SOURCES, ""))
    print(f"one bare request, answered after 400 ms: {floor:.2f} s")
    print(f"every source after 400 ms: {cold:.2f} s (goal {COLD_SECONDS} s)")
    print(f"every source hanging: {hanging:.2f} s (goal {HANGING_SECONDS} s)")
    return cold <= COLD_SECONDS and hanging <= HANGING_SECONDS


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


def _watch(base: str, asked: list[str], folder: Path) -> tuple[int, int]:
    """Watch ten thousand companies on a first night and on the next; return their requests."""
    database = open_database(f"sqlite:///{folder / 'watch.sqlite3'}")
    workspace_id = write_books(database, items=0, clients=1, salespeople=1)
    followed = frozenset(register_of(generate(TODAY)).companies)
    padded = followed | {str(800_000_000 + n) for n in range(FOLLOWED - len(followed))}
    with database.write() as work:
        session = work.session
        person_id = min(scan_settings.list_recipients(session, workspace_id=workspace_id))
        rows = [
            {"workspace_id": workspace_id, "id": id, "siren": siren, "name": siren}
            | {"person_id": person_id, "since": NOW}
            for id, siren in zip(new_ids(FOLLOWED), sorted(padded), strict=True)
        ]
        insert_rows(session, "watch", rows)
        work.commit()
    service = WatchService(database, _now, partial(_sources, base))
    counts = []
    for night in (TODAY, TODAY + timedelta(days=1)):
        asked.clear()
        service.run(workspace_id, night)
        counts.append(len(asked))
    database.close()
    return counts[0], counts[1]


def _counted(app: Starlette, asked: list[str]) -> ASGIApp:
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked.append(scope["path"])
        await app(scope, receive, send)

    return serve


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
