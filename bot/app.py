"""The only wiring of Slack: Bolt, HTTP or Socket Mode, health, and the clock's work beside them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import aiohttp
import prometheus_client
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
import jobs
from bot.core import Core
from bot.outlets.guarded_slack import GuardedSlackClient, SeenChannels
from bot.outlets.slack import SlackClient, open_session
from bot.outlets.slack_files import SlackFile, SlackFiles
from bot.outlets.slack_uploads import SlackUploads
from bot.outlets.smtp import MailServer
from bot.outlets.webhook import Webhook
from bot.services.delivery.drawings import drawings, sent_hooks
from bot.services.delivery.job_queue import JobToDo
from bot.services.delivery.service import DeliveryService, DeliverySettings
from bot.services.items.webhooks import WebhookService
from bot.services.letters.sharing import SharingPapers
from bot.services.mail.service import MailService
from bot.services.mail_kinds import MAIL_KINDS
from bot.sources.holidays_fr import french_holidays
from handlers.desk import Desk
from jobs.background import Background
from jobs.watch_connection import WatchConnection


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """How to reach Slack; without an `app_token` requests come by HTTP."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"


class App:
    """goodcop serving one Slack: Bolt, its web server, the jobs, started and drained together."""

    def __init__(
        self,
        core: Core,
        access: SlackAccess,
        *,
        inbox: Path | None = None,
        webhook: Webhook | None = None,
        mail: MailServer | None = None,
    ) -> None:
        self.core, self.access = core, access
        self._webhook, self._mail = webhook, mail
        self._session: aiohttp.ClientSession | None = None
        self._seen = SeenChannels()
        self.jobs = self._background(inbox)
        self.bolt = bolt_app(core, access)
        self.desk = Desk(core.services, core.clock, self.jobs.wake)
        handlers.register(self.bolt, self.desk)
        self.socket: AsyncSocketModeHandler | None = None
        self._watchdog: asyncio.Task[None] | None = None
        self.web = Starlette(routes=self._routes(), lifespan=self._lifespan)

    async def introduce(self) -> None:
        """Ask Slack whose token this is, bind the workspace to that team, keep the token sealed.

        Raises Conflict when the database belongs to another team.
        """
        client = AsyncWebClient(token=self.access.bot_token, base_url=self.access.api_url)
        answer = await client.auth_test()
        installed = await asyncio.to_thread(
            self.core.services.installations.install,
            team_id=str(answer["team_id"]),
            team_name=str(answer.get("team") or ""),
            bot_token=self.access.bot_token,
            bot_user_id=str(answer["user_id"]),
            bot_id=str(answer.get("bot_id") or ""),
        )
        workspace_id = installed.workspace_id
        await self.core.services.introductions.learn(workspace_id, self._client_for(workspace_id))

    async def deliver(self) -> None:
        """Send what is due, in one round, without serving."""
        try:
            await self.jobs.deliver_due()
        finally:
            if self._session:
                await self._session.close()

    def _background(self, inbox: Path | None) -> Background:
        core = self.core
        delivery = DeliveryService(
            core.database,
            self._client_for,
            core.clock,
            drawings(core.clock),
            sent_hooks(),
            DeliverySettings(),
        )
        services = jobs.Services(
            queue=core.services.queue,
            delivery=delivery,
            scans=core.services.alerts,
            lift_paid=core.services.deliveries.lift_paid,
            handovers=core.services.handovers,
            bank=core.services.bank,
            offers=core.services.late_payment.offers,
            promises=core.services.follow_ups,
            digests=core.services.digests,
            refreshes=core.services.refreshes,
            activations=core.services.activations,
            watch=core.watch,
            steps=core.services.dunning.planning,
            links=core.services.links.suggest,
            rate_list=self._rate_list,
            share_paper=self._share_paper,
            case_file=core.services.case_files.make,
            webhook=WebhookService(core.database, self._webhook).tell,
            mail=MailService(core.database, core.clock, self._mail, MAIL_KINDS),
        )
        return jobs.register(
            services,
            core.clock,
            is_working_day=is_working_day,
            inbox=inbox,
            import_file=core.take_file,
        )

    def _share_paper(self, job: JobToDo) -> None:
        uploads = SlackUploads(self.access.api_url)
        SharingPapers(self.core.database, self.core.clock, uploads).share(job)

    def _rate_list(self, job: JobToDo) -> None:
        files = SlackFiles(self.access.api_url)

        def fetch(workspace_id: int, file_id: str) -> SlackFile:
            installed = self.core.services.installations.of_workspace(workspace_id)
            return files.fetch(installed.bot_token if installed else "", file_id)

        self.core.services.sent_lists.rate(job, fetch)

    def _client_for(self, workspace_id: int) -> SlackClient:
        installed = self.core.services.installations.of_workspace(workspace_id)
        if self._session is None:
            self._session = open_session()
        token = installed.bot_token if installed else ""

        async def may_post(channel: str, troubles: Sequence[str]) -> bool:
            channels = self.core.services.channels
            return await asyncio.to_thread(channels.may_post, workspace_id, channel, troubles)

        return GuardedSlackClient(
            token,
            base_url=self.access.api_url,
            session=self._session,
            seen=self._seen,
            may_post=may_post,
        )

    def _routes(self) -> list[Route]:
        routes = [Route("/health", self._health), Route("/metrics", _metrics)]
        if not self.access.app_token:
            slack = AsyncSlackRequestHandler(self.bolt)

            async def from_slack(request: Request) -> Response:
                return await slack.handle(request)

            routes.append(Route("/slack/events", from_slack, methods=["POST"]))
        return routes

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.introduce()
        await self.jobs.start()
        if self.access.app_token:
            self.socket = AsyncSocketModeHandler(self.bolt, self.access.app_token)
            await self.socket.connect_async()  # type: ignore[no-untyped-call]
            self._watchdog = asyncio.create_task(WatchConnection(self.socket.client).run())
        try:
            yield
        finally:
            await self._drain()

    async def _drain(self) -> None:
        """Take nothing new, let what is under way end, give everything back."""
        if self._watchdog:
            self._watchdog.cancel()
        if self.socket:
            await self.socket.close_async()  # type: ignore[no-untyped-call]
        await self.jobs.stop()
        await self.desk.finish()
        if self._session:
            await self._session.close()

    async def _health(self, _: Request) -> Response:
        """Answer 200 while the database answers and, in Socket Mode, the connection lives."""
        connected = self.socket is None or await self.socket.client.is_connected()
        state = {
            "database": await asyncio.to_thread(self.core.is_reachable),
            "slack": connected,
            "jobs": self.jobs.is_alive(),
        }
        return JSONResponse(state, status_code=200 if all(state.values()) else 503)


def is_working_day(_workspace_id: int, day: date) -> bool:
    """Say whether people work that day in France."""
    return day.weekday() < 5 and day not in french_holidays([day.year])


async def _metrics(_: Request) -> Response:
    return Response(
        prometheus_client.generate_latest(), media_type=prometheus_client.CONTENT_TYPE_LATEST
    )


def bolt_app(core: Core, access: SlackAccess) -> AsyncApp:
    """Return a Bolt application that authorises through the installation table.

    Slack's answer leaves when the handler returns (`process_before_response`): Bolt's default
    waits for the acknowledgement in sleeps of 10 ms.
    """

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        installations, team = core.services.installations, team_id or ""
        found = installations.recall(team) or await asyncio.to_thread(installations.of_team, team)
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
        signing_secret=access.signing_secret or "socket-mode-needs-none",
        authorize=authorize,  # type: ignore[arg-type]  # None is Bolt's word for "not here"
        client=AsyncWebClient(base_url=access.api_url, retry_handlers=[]),
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
