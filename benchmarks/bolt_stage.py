"""What the dispatch benchmarks share: goodcop's Bolt on made-up books, signed commands, a stub."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import update

import handlers
from benchmarks.lookup_books import TODAY
from bot.app import SlackAccess, bolt_app
from bot.core import Core, open_core
from bot.services.solvency.open_data import Addresses
from handlers.desk import Desk
from storage.schema import metadata
from storage.unit_of_work import Database

TEAM, USER, SECRET, TOKEN = "TBENCH", "UBENCH", "bench-secret", "xoxb-bench"
KEYS = ("bench",)
FORM = "application/x-www-form-urlencoded"


def open_bench_core(url: str, addresses: Addresses | None = None) -> Core:
    """Open goodcop at 10:00 on the day of the books."""
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
    return open_core(url, KEYS, lambda: at, addresses)


def bind_team(database: Database, workspace_id: int) -> None:
    """Make the workspace the bench team's, its one person a Slack user of finance."""
    workspace, person = metadata.tables["workspace"], metadata.tables["person"]
    with database.write() as uow:
        uow.session.execute(
            update(workspace)
            .where(workspace.c.id == workspace_id)
            .values(team_id=TEAM, names_version=1)
        )
        uow.session.execute(
            update(person)
            .where(person.c.workspace_id == workspace_id)
            .values(slack_user_id=USER, roles="finance")
        )
        uow.commit()


def install(core: Core) -> None:
    """Keep a token for the bench team."""
    core.services.installations.install(
        team_id=TEAM, team_name="Bench", bot_token=TOKEN, bot_user_id="UBOT", bot_id="BBOT"
    )


def goodcop_app(core: Core, api_url: str) -> tuple[AsyncApp, Desk]:
    """Return goodcop's Bolt with every conversation."""
    app = bolt_app(core, SlackAccess(TOKEN, SECRET, api_url=api_url))
    desk = Desk(core.services, core.clock, lambda: None)
    handlers.register(app, desk)
    return app, desk


def empty_app(*, at_once: bool) -> AsyncApp:
    """Return a stock app whose one command answers nothing; `at_once` skips Bolt's polling."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=TOKEN)

    app = AsyncApp(
        signing_secret=SECRET,
        authorize=authorize,
        process_before_response=at_once,
    )

    async def answer(ack: AsyncAck) -> None:
        await ack()

    app.command("/balance")(answer)
    return app


def signed(text: str, command: str = "/balance") -> tuple[str, dict[str, str | Sequence[str]]]:
    """Return the body and headers of a typed command, as Slack signs them, now."""
    body = urlencode(
        {
            "command": command,
            "text": text,
            "team_id": TEAM,
            "user_id": USER,
            "channel_id": "CBENCH",
            "trigger_id": "1.2.3",
            "response_url": "http://127.0.0.1:9/none",
        }
    )
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body)
    return body, {
        "x-slack-request-timestamp": at,
        "x-slack-signature": str(signature),
        "content-type": FORM,
    }


@contextmanager
def slack_stub() -> Iterator[tuple[str, list[str]]]:
    """Serve a Slack that says ok; give its address and the list of the methods called."""
    called: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            called.append(self.path.rpartition("/")[2])
            self.rfile.read(int(self.headers.get("content-length") or 0))
            body = b'{"ok":true,"team_id":"TBENCH","user_id":"UBOT","bot_id":"BBOT","url":""}'
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/", called
    server.shutdown()
    server.server_close()
