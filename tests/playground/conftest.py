"""A playground served on loopback, and a small app that answers what each test says."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
import uvicorn
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.config import (
    Command,
    MessageShortcut,
    PlaygroundConfig,
    SeedChannel,
    SeedUser,
)
from bot.playground.server import Playground, create, serve
from bot.playground.shapes import Json

ANNE, KARIM, FIONA = "U0ANNE", "U0KARIM", "U0FIONA"
SALES, PUBLIC, FOREIGN = "C0SALES", "C0PUBLIC", "C0FOREIGN"


def a_config(**changes: object) -> PlaygroundConfig:
    """Return a small workspace; `changes` replace settings."""
    settings: Json = {
        "users": (
            SeedUser(ANNE, "anne", "Anne Morel", "anne@example.org", title="Ventes"),
            SeedUser(KARIM, "karim", "Karim Haddad", "karim@example.org", locale="en-GB"),
            SeedUser(FIONA, "fiona", "Fiona Leroy", "fiona@example.org"),
        ),
        "channels": (
            SeedChannel(SALES, "ventes-anne", [ANNE]),
            SeedChannel(PUBLIC, "general", [ANNE, KARIM], False, bot_is_member=False),
            SeedChannel(FOREIGN, "direction", [FIONA], bot_is_member=False),
        ),
        "commands": (Command("/balance", "Solde d’un client", "[client]"),),
        "shortcuts": (MessageShortcut("log_note", "Noter l’échange"),),
        "rate_limits": False,
        "ack_seconds": 0.6,
    }
    return PlaygroundConfig(**(settings | changes))


class App:
    """An app that records requests and answers by kind (command, block_actions…)."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.payloads: list[Json] = []
        self.answers: dict[str, Callable[[Json], Response]] = {}

    async def serve(self, request: Request) -> Response:
        """Record a request and answer it."""
        body = await request.body()
        self.requests.append((dict(request.headers), body))
        payload = self._payload(body)
        self.payloads.append(payload)
        answer = self.answers.get(str(payload.get("type", "command")))
        return answer(payload) if answer else Response()

    @staticmethod
    def _payload(body: bytes) -> Json:
        if body.startswith(b"{"):
            return dict(json.loads(body))
        form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
        return dict(json.loads(form["payload"])) if "payload" in form else dict(form)

    def say(self, kind: str, body: Json, status: int = 200) -> None:
        """Answer payloads of a kind with JSON."""
        self.answers[kind] = lambda payload: JSONResponse(body, status)


@contextlib.contextmanager
def listening(app: Starlette) -> Iterator[str]:
    """Serve an app on loopback; give its address."""
    sock = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)
    sock.close()


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Give a served playground without rate limits."""
    with serve(create(a_config())) as served:
        yield served.playground


@pytest.fixture
def app(playground: Playground) -> Iterator[App]:
    """Give an app that receives what the playground sends."""
    app = App()
    with listening(Starlette(routes=[Route("/slack/events", app.serve, methods=["POST"])])) as url:
        playground.send_to(f"{url}/slack/events")
        yield app


@pytest.fixture
def client(playground: Playground) -> AsyncWebClient:
    """Give the app's Web API client; it retries nothing by itself."""
    return client_of(playground)


def client_of(playground: Playground, token: str = "xoxb-playground") -> AsyncWebClient:
    """Return a client of a playground."""
    return AsyncWebClient(token, base_url=playground.api_url, retry_handlers=[], timeout=5)


def section(text: str = "Bonjour", **more: object) -> Json:
    """Return a section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str = "note", value: str = "1", **more: object) -> Json:
    """Return a button."""
    text = {"type": "plain_text", "text": "Noter"}
    return {"type": "button", "action_id": action_id, "text": text, "value": value, **more}


def a_modal(*blocks: Json, **more: object) -> Json:
    """Return a modal with a title, a submit button and blocks."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Noter un échange"},
        "submit": {"type": "plain_text", "text": "Enregistrer"},
        "callback_id": "note",
        "blocks": list(blocks) or [an_input()],
        **more,
    }


def an_input(block_id: str = "what", **more: object) -> Json:
    """Return an input block with a text field."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": "Note"},
        "element": {"type": "plain_text_input", "action_id": "text"},
        **more,
    }
