"""The only wiring of Slack: Bolt, HTTP or Socket Mode, health, and the clock's work beside them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import prometheus_client
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import handlers
from bot.core import Core
from handlers.desk import Desk

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """How to reach Slack; without an `app_token` requests come by HTTP."""

    bot_token: str
    signing_secret: str
    app_token: str = ""
    api_url: str = "https://slack.com/api/"


class App:
    """goodcop serving one Slack: Bolt, its web server, and the jobs, started and drained together."""

    def __init__(self, core: Core, access: SlackAccess, jobs: "Background") -> None:
        self.core, self.access, self._jobs = core, access, jobs
        self.bolt = _bolt(core, access)
        self.desk = Desk(core.services, core.clock, jobs.wake)
        handlers.register(self.bolt, self.desk)
        self.socket: AsyncSocketModeHandler | None = None
        if access.app_token:
            self.socket = AsyncSocketModeHandler(self.bolt, access.app_token)
        self.web = Starlette(routes=self._routes(), lifespan=self._lifespan)

    def _routes(self) -> list[Route]:
        routes = [Route("/health", self._health), Route("/metrics", _metrics)]
        if self.socket is None:
            slack = AsyncSlackRequestHandler(self.bolt)

            async def from_slack(request: Request) -> Response:
                return await slack.handle(request)

            routes.append(Route("/slack/events", from_slack, methods=["POST"]))
        return routes

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self._jobs.start()
        if self.socket:
            await self.socket.connect_async()
        try:
            yield
        finally:
            if self.socket:
                await self.socket.close_async()
            await self._jobs.stop()
            self.desk.threads.shutdown(wait=True)

    async def _health(self, _: Request) -> Response:
        """Answer 200 while the database answers and, in Socket Mode, the connection lives."""
        database = await asyncio.to_thread(self.core.is_reachable)
        connected = self.socket is None or await self.socket.client.is_connected()
        state = {"database": database, "slack": connected, "jobs": self._jobs.is_alive()}
        return JSONResponse(state, status_code=200 if all(state.values()) else 503)


class Background:
    """The shape of the work beside the requests: started and stopped with the web server."""

    def __init__(
        self,
        start: Callable[[], Awaitable[None]],
        stop: Callable[[], Awaitable[None]],
        wake: Callable[[], None],
        is_alive: Callable[[], bool],
    ) -> None:
        self.start, self.stop, self.wake, self.is_alive = start, stop, wake, is_alive


async def _metrics(_: Request) -> Response:
    return Response(
        prometheus_client.generate_latest(), media_type=prometheus_client.CONTENT_TYPE_LATEST
    )


def _bolt(core: Core, access: SlackAccess) -> AsyncApp:
    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        found = await asyncio.to_thread(core.installation_of, team_id or "")
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=found.team_id,
            bot_token=found.bot_token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
        )

    return AsyncApp(
        signing_secret=access.signing_secret or "socket-mode",
        authorize=authorize,
        client=AsyncWebClient(base_url=access.api_url, retry_handlers=[]),
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
