"""`goodcop demo`: the very same bot, in a local Slack, with an invented company."""

import argparse
import errno
import logging
import signal
import socket
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from bot.app import App, SlackAccess
from bot.cli.demo_words import CHANNELS, COMMANDS, EXAMPLE_RATE, SHORTCUTS, USERS, WELCOME
from bot.cli.opening import BadSettings, read_settings
from bot.cli.printing import say
from bot.cli.serve import DRAIN_SECONDS, set_up_logs
from bot.core import Core, open_core
from bot.demo import companies
from bot.demo.answers import InventedAnswers
from bot.demo.clock import PARIS, MovableClock, latest_business_day, ten_o_clock
from bot.demo.open_data import open_data_app
from bot.demo.register import register_of
from bot.demo.story import Story, tell
from bot.domain.actors import system
from bot.domain.late_payment.interest import HalfYear
from bot.outlets.smtp import MailServer, Security
from bot.playground.config import Control, PlaygroundConfig
from bot.playground.server import Served, create, start
from bot.services.late_payment.rates import RateService
from bot.services.solvency.open_data import Addresses
from bot.sources.holidays_fr import french_holidays
from storage import migrate

HOST = "127.0.0.1"
_OPEN_DATA = "/open-data"
_SLOW_SECONDS = "4.5"  # past the moment a person gets an answer, before the source is given up
_FINANCE = companies.FINANCE_CHANNEL


def run_demo(args: argparse.Namespace) -> int:
    """Show the whole story in a browser until it is told to stop; nothing is kept."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings = read_settings()
    set_up_logs(as_json=settings.goodcop_log_json, level=logging.WARNING)
    page = _listen(settings.goodcop_demo_port, named="GOODCOP_DEMO_PORT")
    with tempfile.TemporaryDirectory(prefix="goodcop-demo-") as name:
        folder = Path(name)
        clock = MovableClock(_start(settings.goodcop_today))
        bot = _listen(0)
        open_data = f"{_address(bot)}{_OPEN_DATA}"
        core = open_core(
            f"sqlite:///{folder / 'demo.sqlite3'}",
            ("demo",),
            clock,
            Addresses(open_data, open_data, open_data, open_data, open_data, is_ours=True),
        )
        try:
            migrate.upgrade(core.database.engine)
            activated = not args.before_activation
            _play(core, clock, folder, page, bot, activated=activated)
        finally:
            core.close()
    return 0


def _play(
    core: Core,
    clock: MovableClock,
    folder: Path,
    page: socket.socket,
    bot: socket.socket,
    *,
    activated: bool,
) -> None:
    config = _config(clock, _address(bot))
    if not activated:
        config = replace(config, first_user=companies.FIONA.slack_user_id, first_channel=_FINANCE)
    served = start(create(config), page)
    try:
        core.services.installations.install(
            team_id=config.team_id,
            team_name=companies.SELLER_NAME,
            bot_token=config.bot_token,
            bot_user_id=config.bot_user_id,
            bot_id=config.bot_id,
        )
        say("Writing and importing the books of an invented company…")
        story = tell(_Books(core), clock, folder)
        story.begin(activated=activated)
        access = SlackAccess(config.bot_token, config.signing_secret, "", _api(served))
        app = App(core, access, mail=_mail_server(served))
        faults: dict[str, str] = {}
        app.web.routes.extend(_controls(story, app, faults))
        app.web.routes.append(Mount(_OPEN_DATA, _registers(story, faults)))
        say(*(line.format(url=served.base_url) for line in WELCOME))
        server = uvicorn.Server(
            uvicorn.Config(
                app.web,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=DRAIN_SECONDS,
            )
        )
        server.run(sockets=[bot])
    finally:
        served.stop()


class _Books:
    """goodcop as the story uses it."""

    def __init__(self, core: Core) -> None:
        self._core, self._workspace = core, core.workspace_id()

    def bring(self, path: Path, today: date) -> None:
        self._core.services.imports.import_file(
            self._workspace, path, today=today, as_of=today, by="demo"
        )

    def judge(self, today: date) -> None:
        self._core.judge(self._workspace, today)

    def set_up(self) -> None:
        self._core.services.workspaces.set(
            self._workspace,
            [
                f"finance_channel={_FINANCE}",
                f"name={companies.SELLER_NAME}",
                f"entity_name={companies.SELLER_NAME}",
                f"iban={companies.SELLER_IBAN}",
            ],
            by="demo",
        )
        self._enter_rate(self._core.today(self._workspace))

    def _enter_rate(self, today: date) -> None:
        """Enter an example where the half-year's rates are not published: what uses it says so."""
        rates, half_year = RateService(self._core.database, self._core.clock), HalfYear.of(today)
        if all(row.half_year != half_year for row in rates.show(self._workspace)):
            rates.add(system(self._workspace), str(half_year), **EXAMPLE_RATE, is_example=True)

    def open_for_business(self, today: date) -> None:
        alerts, now = self._core.services.alerts, self._core.clock()
        alerts.activate(system(self._workspace), today=today, now=now)


def _controls(story: Story, app: App, faults: dict[str, str]) -> list[Route]:
    async def next_morning(_: Request) -> Response:
        day = await run_in_threadpool(story.next_morning)
        await app.jobs.run_pending()
        return JSONResponse({"text": f"Il est 9 h, le {day:%d/%m/%Y}."})

    async def payment(_: Request) -> Response:
        cents = await run_in_threadpool(story.payment)
        app.jobs.wake()
        words = (
            f"{cents // 100:,} € encaissés.".replace(",", "\u202f") if cents else "Rien à payer."
        )
        return JSONResponse({"text": f"Menuiserie Roy : {words}"})

    async def statement(_: Request) -> Response:
        transfers = await run_in_threadpool(story.statement)
        app.jobs.wake()
        words = f"Relevé lu : {len(transfers)} virements." if transfers else "Rien de nouveau."
        return JSONResponse({"text": words})

    async def slow_notices(_: Request) -> Response:
        faults["notices"] = "" if faults.get("notices") else _SLOW_SECONDS
        return JSONResponse({"text": "BODACC lent." if faults["notices"] else "BODACC répond."})

    async def banner(_: Request) -> Response:
        local = story.clock().astimezone(PARIS)
        return JSONResponse({"text": "démo", "clock": f"{local:%d/%m/%Y %H:%M}"})

    return [
        Route("/demo/next-morning", next_morning, methods=["POST"]),
        Route("/demo/payment", payment, methods=["POST"]),
        Route("/demo/statement", statement, methods=["POST"]),
        Route("/demo/slow-notices", slow_notices, methods=["POST"]),
        Route("/demo/banner", banner),
    ]


def _config(clock: MovableClock, address: str) -> PlaygroundConfig:
    return PlaygroundConfig(
        host=HOST,
        team_name=companies.SELLER_NAME,
        commands=COMMANDS,
        shortcuts=SHORTCUTS,
        users=USERS,
        channels=CHANNELS,
        request_urls=(f"{address}/slack/events",),
        controls=(
            Control("Demain matin · next morning", f"{address}/demo/next-morning", "9:00"),
            Control("Un paiement arrive · a payment", f"{address}/demo/payment", "Menuiserie Roy"),
            Control("Un relevé bancaire · bank statement", f"{address}/demo/statement", "CAMT.053"),
            Control("BODACC lent · slow BODACC", f"{address}/demo/slow-notices", "/solvency"),
        ),
        banner_url=f"{address}/demo/banner",
        has_mailbox=True,
        first_user=companies.ANNE.slack_user_id,
        first_channel=companies.ANNE.channel,
        clock=clock,
    )


def _registers(story: Story, faults: dict[str, str]) -> Starlette:
    """Return the local open-data service: what the registers say of the invented companies."""
    register = register_of(story.ledger)
    return open_data_app(InventedAnswers(register, lambda: story.today), faults)


def _address(listening: socket.socket) -> str:
    return f"http://{HOST}:{listening.getsockname()[1]}"


def _mail_server(served: Served) -> MailServer:
    """Return the playground's own mail server: whatever leaves arrives on its page."""
    port = served.playground.mail_port
    return MailServer(HOST, port, companies.SELLER_EMAIL, security=Security.NONE)


def _api(served: Served) -> str:
    return f"{served.base_url}/api/"


def _start(day: date | None) -> datetime:
    today = day or datetime.now(UTC).astimezone(PARIS).date()
    return ten_o_clock(latest_business_day(today, french_holidays([today.year, today.year - 1])))


def _listen(port: int, *, named: str = "") -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise BadSettings(f"Port {port} is busy: choose another with {named}=8766.") from error
