"""The one door to the web for open data: httpx is used here and nowhere else.

A source that is slow, down or wrong is a value, never an exception. Addresses, keys and what was
asked stay out of the logs: names and SIRENs may be a tenant's own business.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import httpx
import structlog

from bot.domain.solvency.dossier import SourceName, SourceState
from bot.sources.breaker import Breaker

log = structlog.get_logger()

_MEBIBYTE = 1024 * 1024
_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_HEADERS = {
    "User-Agent": f"goodcop/{version('goodcop')}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
}
_ATTEMPT_SECONDS = 8.0
_RETRIES = 2
_BACK_OFF_SECONDS = 0.25
_WORTH_RETRYING = frozenset({500, 502, 503, 504})
_TOO_MANY = 429
_LONGEST_WAIT_SECONDS = 2.0
_DEFAULT_PAUSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where a source lives: `base` is its address, `gap_seconds` the least time between requests.

    recherche-entreprises: 2 requests a second at most; API Sirene: 30 a minute.
    """

    name: SourceName
    base: str
    gap_seconds: float = 0.2
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a JSON `document` when ANSWERED, an HTTP `status` when there was one."""

    state: SourceState
    document: Any = None
    status: int = 0


class Web:
    """Asks sites politely: one pace per site, few retries, a pause when told, a breaker.

    `transport`, `clock` (monotonic seconds), `sleep` and `chance` are there for tests. Belongs to
    one event loop; `close` gives the connections back.
    """

    def __init__(
        self,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._transport = transport
        self._opening = asyncio.Lock()
        self._opened: httpx.AsyncClient | None = None
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._lanes: dict[SourceName, _Lane] = {}

    async def get(
        self,
        site: Site,
        path: str,
        params: Mapping[str, str | int] | None = None,
        *,
        most_bytes: int = 8 * _MEBIBYTE,
    ) -> Reply:
        """Ask a site for a path under its own address; never raises for what the site does."""
        url = httpx.URL(joined(site.base, path), params=params)
        return await self._ask(site, httpx.Request("GET", url), most_bytes)

    async def post(self, site: Site, path: str, body: Mapping[str, str]) -> Reply:
        """Send a small JSON body to a path under a site's own address."""
        request = httpx.Request("POST", joined(site.base, path), json=dict(body))
        return await self._ask(site, request, _MEBIBYTE)

    async def close(self) -> None:
        """Give the connections back."""
        if self._opened is not None:
            await self._opened.aclose()

    async def _ask(self, site: Site, request: httpx.Request, most_bytes: int) -> Reply:
        client = await self._client()
        request.headers.update({**_HEADERS, **site.headers})
        request.extensions["timeout"] = _TIMEOUT.as_dict()
        lane = self._lanes.setdefault(site.name, _Lane(self._clock))
        reply = Reply(SourceState.DOWN)
        for attempt in range(1 + _RETRIES):
            if attempt:
                await self._sleep(_BACK_OFF_SECONDS * 2**attempt * (0.5 + self._chance()))
            if not await self._turn(lane, site.gap_seconds):
                return reply if attempt else Reply(lane.refusal)
            reply, again = await self._try(client, lane, request, most_bytes)
            if not again:
                break
        if reply.state not in (SourceState.ANSWERED, SourceState.NOTHING_KNOWN):
            log.warning("source_failed", source=site.name.value, state=reply.state.value,
                        status=reply.status)  # fmt: skip
        return reply

    async def _turn(self, lane: "_Lane", gap_seconds: float) -> bool:
        """Wait for this request's turn; False when the site rests (told to wait, or broken)."""
        async with lane.lock:
            if not lane.breaker.allows() or lane.rest_seconds() > _LONGEST_WAIT_SECONDS:
                return False
            wait = max(lane.rest_seconds(), lane.free_at - self._clock())
            if wait > 0:
                await self._sleep(wait)
            lane.free_at = self._clock() + gap_seconds
            return lane.breaker.begins()

    async def _client(self) -> httpx.AsyncClient:
        """Return the client, made at the first question; off the loop, for it takes 60 ms."""
        async with self._opening:
            if self._opened is None:
                self._opened = await asyncio.to_thread(
                    httpx.AsyncClient, transport=self._transport, follow_redirects=False
                )
            return self._opened

    async def _try(
        self, client: httpx.AsyncClient, lane: "_Lane", request: httpx.Request, most_bytes: int
    ) -> tuple[Reply, bool]:
        """Make one attempt; return what came of it and whether another may help."""
        try:
            async with asyncio.timeout(_ATTEMPT_SECONDS):
                response, body = await _read(client, request, most_bytes)
        except (httpx.TimeoutException, TimeoutError):
            lane.breaker.failed()
            return Reply(SourceState.SLOW), True
        except httpx.HTTPError:
            lane.breaker.failed()
            return Reply(SourceState.DOWN), True
        except asyncio.CancelledError:
            lane.breaker.abandoned()
            raise
        return self._judged(lane, response, body)

    def _judged(
        self, lane: "_Lane", response: httpx.Response, body: bytes | None
    ) -> tuple[Reply, bool]:
        status = response.status_code
        if status == _TOO_MANY:
            lane.rest(_retry_after(response))
            lane.breaker.failed()
            return Reply(SourceState.SLOW, status=status), True
        if status in _WORTH_RETRYING:
            if "retry-after" in response.headers:
                lane.rest(_retry_after(response))
            lane.breaker.failed()
            return Reply(SourceState.DOWN, status=status), True
        document = _document(body)
        if document is _UNREADABLE and status < 300:
            lane.breaker.failed()
            return Reply(SourceState.WRONG, status=status), False
        lane.breaker.worked()
        if status >= 300:
            return Reply(SourceState.WRONG, _known(document), status), False
        return Reply(SourceState.ANSWERED, document, status), False


async def _read(
    client: httpx.AsyncClient, request: httpx.Request, most_bytes: int
) -> tuple[httpx.Response, bytes | None]:
    """Return the response with its body, or None for the body when it is too big."""
    response = await client.send(request, stream=True)
    try:
        chunks, size = [], 0
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            if size > most_bytes:
                return response, None
            chunks.append(chunk)
        return response, b"".join(chunks)
    finally:
        await response.aclose()


class _Lane:
    """One site's pace and health."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.lock = asyncio.Lock()
        self.breaker = Breaker(clock)
        self.free_at = 0.0
        self._rests_until = 0.0
        self._clock = clock

    @property
    def refusal(self) -> SourceState:
        """Return how to name a site that was not even asked."""
        return SourceState.SLOW if self.breaker.allows() else SourceState.DOWN

    def rest(self, seconds: float) -> None:
        """Ask nothing for a while, because the site said so."""
        self._rests_until = max(self._rests_until, self._clock() + seconds)

    def rest_seconds(self) -> float:
        """Return how much longer the site wants to be left alone; 0 or less when it does not."""
        return self._rests_until - self._clock()


_UNREADABLE = object()


def _document(body: bytes | None) -> Any:
    if body is None:
        return _UNREADABLE
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return _UNREADABLE


def _known(document: Any) -> Any:
    return None if document is _UNREADABLE else document


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds a site asks to be left alone (RFC 9110 10.2.3; dates count as unknown)."""
    try:
        return min(max(float(response.headers["retry-after"]), 0.0), 3600.0)
    except (KeyError, ValueError):
        return _DEFAULT_PAUSE_SECONDS


def joined(base: str, path: str) -> str:
    """Return `path` under `base`, saying once what the end of one and the start of other share.

    So a base may be a bare host or the whole address of the interface.
    """
    parts = [part for part in path.split("/") if part]
    root = base.rstrip("/")
    for shared in range(len(parts), 0, -1):
        if root.endswith("/" + "/".join(parts[:shared])):
            parts = parts[shared:]
            break
    return "/".join([root, *parts])
