"""Sources over a local open-data service, and a shelf in memory, for tests of gathering."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import httpx

from bot.demo.answers import Answers, InventedAnswers
from bot.demo.ledger import generate
from bot.demo.open_data import open_data_app
from bot.demo.register import register_of
from bot.services.solvency.gathering import Gatherer
from bot.services.solvency.open_data import Addresses, open_data
from bot.services.solvency.shelf import Kept, Slot
from bot.sources.http import Web
from tests.follow_up_rows import Clock

REGISTER = register_of(generate(date(2026, 11, 24)))
BASE = "http://open.test"


@dataclass
class Shelf:
    """Keeps answers in memory."""

    kept: dict[tuple[Slot, str], Kept] = field(default_factory=dict)

    def load(self, asked: Sequence[tuple[Slot, str]]) -> dict[Slot, Kept]:
        """Return what is kept of these."""
        return {pair[0]: self.kept[pair] for pair in asked if pair in self.kept}

    def save(self, kept: Iterable[Kept]) -> None:
        """Keep these."""
        self.kept |= {(answer.slot, answer.key): answer for answer in kept}


@dataclass
class OpenDataDesk:
    """A gatherer, what it asks, and what has been asked so far."""

    answers: Answers = field(default_factory=lambda: InventedAnswers(REGISTER))
    with_key: bool = False
    clock: Clock = field(default_factory=Clock)
    faults: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    arrived: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    shelf: Shelf = field(default_factory=Shelf)

    def __post_init__(self) -> None:
        app = httpx.ASGITransport(open_data_app(self.answers, self.faults))
        web = Web(transport=_Counted(app, self.requests, self.arrived), sleep=at_once)
        key = "a-key" if self.with_key else ""
        sources = open_data(Addresses(BASE, BASE, BASE, BASE, BASE, key), web)
        self.gatherer = Gatherer(sources, self.clock)


class _Counted(httpx.AsyncBaseTransport):
    def __init__(
        self, app: httpx.ASGITransport, requests: list[str], arrived: asyncio.Queue[str]
    ) -> None:
        self._app, self._requests, self._arrived = app, requests, arrived

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._requests.append(request.url.path)
        self._arrived.put_nowait(request.url.path)
        return await self._app.handle_async_request(request)


async def at_once(seconds: float) -> None:
    """Tests do not wait for a pace."""
