"""`goodcop run`: serve Slack until told to stop; and one round of delivery for the commands."""

import argparse
import logging
import subprocess
import sys
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import structlog
import uvicorn

from bot.app import App, SlackAccess
from bot.cli.opening import BadSettings, addresses, keys, read_settings
from bot.cli.printing import say
from bot.core import Core, open_core
from bot.outlets.smtp import MailServer, Security
from bot.outlets.webhook import Webhook
from bot.settings import Settings
from storage import version

DRAIN_SECONDS = 10


def run_run(arguments: argparse.Namespace) -> int:
    """Serve Slack: Socket Mode when an app-level token is set, HTTP otherwise."""
    settings = read_settings()
    access = _access(settings)
    set_up_logs(as_json=settings.goodcop_log_json)
    clock = _clock(settings.goodcop_today)
    core = open_core(settings.database_url, keys(settings), clock, addresses(settings))
    try:
        _bring_up_to_date(core)
        say(f"goodcop: data in {settings.database_url.rpartition('@')[2]}")
        if settings.goodcop_today:
            say(f"goodcop: *** GOODCOP_TODAY: judging dates as if it were "
                f"{settings.goodcop_today}. Never in production. ***")  # fmt: skip
        app = App(
            core,
            access,
            inbox=settings.goodcop_inbox,
            webhook=_webhook(settings),
            mail=mail_server(settings),
        )
        port = settings.goodcop_health_port if access.app_token else settings.goodcop_port
        serve(app, settings.goodcop_host, port)
    finally:
        core.close()
    return 0


def _bring_up_to_date(core: Core) -> None:
    """Migrate the database where it needs it, in a process of its own.

    The migration tools take 8 MiB that a server would keep for good.
    """
    if version.is_current(core.database.engine):
        return
    done = subprocess.run([sys.executable, "-m", "bot", "migrate"], check=False, stdout=sys.stderr)
    if done.returncode:
        raise BadSettings("The database could not be brought to this version's schema.")


def serve(app: App, host: str, port: int) -> None:
    """Run the web server until SIGTERM or SIGINT; what is under way ends before it leaves."""
    uvicorn.run(
        app.web,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


async def deliver_once(core: Core) -> None:
    """Send what is due, in one round."""
    settings = read_settings()
    set_up_logs(as_json=settings.goodcop_log_json)
    app = App(core, _access(settings), mail=mail_server(settings))
    await app.introduce()
    await app.deliver()


def set_up_logs(*, as_json: bool, level: int = logging.INFO) -> None:
    """Log to stderr from `level` up: plain lines, or JSON; never the values of variables."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    renderer = structlog.processors.JSONRenderer() if as_json else plain
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if as_json else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_to_stderr,
    )


def _to_stderr(*_names: object) -> structlog.PrintLogger:
    """Print to what standard error is now: it may have been replaced since the start."""
    return structlog.PrintLogger(sys.stderr)


def _webhook(settings: Settings) -> Webhook | None:
    """Return what is told of deliveries on hold, or None; it signs, so it needs a secret."""
    if not settings.goodcop_webhook_url:
        return None
    if settings.goodcop_webhook_secret is None:
        raise BadSettings("Set GOODCOP_WEBHOOK_SECRET: what is told to the webhook is signed.")
    return Webhook(settings.goodcop_webhook_url, settings.goodcop_webhook_secret.get_secret_value())


def mail_server(settings: Settings) -> MailServer | None:
    """Return the server that takes e-mails to clients, or None: they wait then."""
    if not settings.goodcop_smtp_host:
        return None
    password = settings.goodcop_smtp_password
    return MailServer(
        host=settings.goodcop_smtp_host,
        port=settings.goodcop_smtp_port,
        sender=settings.goodcop_smtp_from,
        user=settings.goodcop_smtp_user,
        password=password.get_secret_value() if password else "",
        security=Security(settings.goodcop_smtp_security),
    )


def _access(settings: Settings) -> SlackAccess:
    if settings.slack_bot_token is None:
        raise BadSettings("Set SLACK_BOT_TOKEN (xoxb-…), or try `goodcop demo`, which needs none.")
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise BadSettings("Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.")
    secret = settings.slack_signing_secret
    token = settings.slack_app_token
    return SlackAccess(
        bot_token=settings.slack_bot_token.get_secret_value(),
        signing_secret=secret.get_secret_value() if secret else "",
        app_token=token.get_secret_value() if token else "",
        api_url=settings.slack_api_url,
    )


class _clock:  # noqa: N801 — a function with a memory
    """Real time, or real time shifted so that it started at 10:00 in Paris on a given day."""

    def __init__(self, day: date | None) -> None:
        self._start = datetime.now(UTC)
        paris = ZoneInfo("Europe/Paris")
        ten = datetime.combine(day, time(10), paris) if day else self._start
        self._shift = ten.astimezone(UTC) - self._start

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._shift
