"""The way in: `create` a playground, `serve` it, act in it, look at what the app did."""

import asyncio
import contextlib
import socket as sockets
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette

from bot.playground.choices import Entered
from bot.playground.config import PlaygroundConfig
from bot.playground.context import Slack
from bot.playground.control import Control
from bot.playground.delivery import Answer, Delivery
from bot.playground.events import Events, SentEvent
from bot.playground.faults import Faults
from bot.playground.interactions import Interactions
from bot.playground.mailbox import Mail
from bot.playground.pages import Pages
from bot.playground.shapes import Json
from bot.playground.socket_mode import SocketMode
from bot.playground.web_api import WebApi

T = TypeVar("T")


class Playground:
    """One strict local Slack. Methods that act are coroutines, usable from any event loop."""

    def __init__(self, config: PlaygroundConfig) -> None:
        self.config = config
        self.slack = Slack(config)
        self.socket_mode = SocketMode(self.slack)
        self.delivery = Delivery(self.slack, self.socket_mode)
        self.interactions = Interactions(self.slack, self.delivery)
        self.events = Events(self.slack, self.delivery)
        self.loop: asyncio.AbstractEventLoop | None = None
        control = Control(self.slack, self.interactions, self.events)
        pages = Pages(self.slack, self.interactions, self.events)
        self.app = Starlette(
            routes=[*WebApi(self.slack).routes(), *control.routes(), *pages.routes()],
            lifespan=self._lifespan,
        )

    @contextlib.asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        self.loop = asyncio.get_running_loop()
        await self.socket_mode.start()
        if self.config.has_mailbox:
            await self.slack.mailbox.open()
        yield
        await self.slack.mailbox.close()
        await self.slack.stop_background()
        await self.socket_mode.stop()
        await self.delivery.close()
        self.loop = None

    @property
    def faults(self) -> Faults:
        """Faults to come."""
        return self.slack.faults

    @property
    def mails(self) -> list[Mail]:
        """Every e-mail the mailbox took, oldest first."""
        return list(self.slack.mailbox.mails)

    @property
    def mail_port(self) -> int:
        """The port of the mail server on loopback; 0 without one."""
        return self.slack.mailbox.port

    @property
    def api_url(self) -> str:
        """The base address for `AsyncWebClient(base_url=…)` and `SLACK_API_URL`."""
        return f"{self.slack.base_url}/api/"

    def send_to(self, *request_urls: str) -> None:
        """Set where signed requests go; none means Socket Mode."""
        self.slack.request_urls[:] = request_urls

    async def _here(self, work: Coroutine[object, object, T]) -> T:
        """Run work on the playground's own loop, wherever the caller runs."""
        if self.loop is None or self.loop is asyncio.get_running_loop():
            return await work
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    async def type_command(self, user: str, channel: str, line: str) -> Answer:
        """Type `/command text` in a channel as a user."""
        return await self._here(self.interactions.type_command(user, channel, line))

    async def click(
        self,
        user: str,
        where: str,
        action_id: str,
        value: Entered = None,
        *,
        block_id: str | None = None,
    ) -> Answer:
        """Press or choose in a message (`where` its ts) or a view (`where` its id)."""
        work = self.interactions.click(user, where, action_id, value, block_id=block_id)
        return await self._here(work)

    async def submit(self, user: str, view_id: str, values: dict[str, Entered]) -> Answer:
        """Fill fields (by block_id or action_id) and submit a modal."""
        return await self._here(self.interactions.submit(user, view_id, values))

    async def send_file(
        self, user: str, view_id: str, action_id: str, name: str, content: bytes
    ) -> None:
        """Choose a file in a field of a modal."""

        async def send() -> None:
            self.interactions.send_file(user, view_id, action_id, name, content, block_id="")

        await self._here(send())

    async def close(self, user: str, view_id: str) -> Answer:
        """Close a modal."""
        return await self._here(self.interactions.close(user, view_id))

    async def shortcut(self, user: str, ts: str, callback_id: str) -> Answer:
        """Use a message shortcut."""
        return await self._here(self.interactions.shortcut(user, ts, callback_id))

    async def suggest(self, user: str, view_id: str, action_id: str, query: str) -> list[Json]:
        """Type in an external select of a view; return the options the app offers."""
        return await self._here(self.interactions.suggest(user, view_id, action_id, query))

    async def open_home(self, user: str) -> SentEvent | None:
        """Open the app's Home tab."""
        return await self._here(self.events.open_home(user))

    async def say(
        self, user: str, channel: str, text: str, *, thread_ts: str | None = None
    ) -> Json:
        """Write a message as a user; the app gets a `message` event when it subscribed."""
        message = await self._here(self.events.say(user, channel, text, thread_ts=thread_ts))
        return message.as_json(self.config)

    async def send_event(self, inner: Json) -> SentEvent | None:
        """Deliver an event, when the app subscribed to its type."""
        return await self._here(self.events.send(inner))

    async def redeliver(self, event: SentEvent, *, retry: int = 1) -> Answer:
        """Deliver an event again, as Slack does when an answer was late."""
        return await self._here(self.events.redeliver(event, retry=retry))

    def posts(self) -> list[Json]:
        """Return every accepted post, in order: never edited, never deleted."""
        return list(self.slack.workspace.posts)

    def messages(self, channel: str) -> list[Json]:
        """Return a channel's messages as they are now, metadata included, ephemeral ones apart."""
        found = self.slack.workspace.messages.get(channel, [])
        shown = [message for message in found if message.ephemeral_for is None]
        return [message.as_json(self.config, with_metadata=True) for message in shown]

    def ephemerals(self, user: str) -> list[Json]:
        """Return what only this user sees, oldest first."""
        found = [m for messages in self.slack.workspace.messages.values() for m in messages]
        own = sorted((m for m in found if m.ephemeral_for == user), key=lambda m: m.ts)
        return [message.as_json(self.config) | {"channel": message.channel} for message in own]

    def modal_of(self, user: str) -> Json | None:
        """Return the modal on top for a user, with `errors` and `notice` shown in it."""
        stack = self.slack.workspace.stacks.get(user)
        if not stack:
            return None
        return stack[-1].as_json(self.config) | {
            "errors": dict(stack[-1].errors),
            "notice": stack[-1].notice,
        }

    def home_of(self, user: str) -> Json | None:
        """Return a user's Home view."""
        home = self.slack.workspace.homes.get(user)
        return home.as_json(self.config) if home else None

    def direct_channel(self, user: str) -> str:
        """Return the id of the direct conversation between the app and a user."""
        return self.slack.workspace.direct(user).id


def create(config: PlaygroundConfig) -> Playground:
    """Build a playground; nothing listens yet."""
    return Playground(config)


class Served:
    """A playground served by uvicorn in a thread of its own."""

    def __init__(self, playground: Playground, sock: sockets.socket) -> None:
        self.playground = playground
        self._sock = sock
        self._server = uvicorn.Server(
            uvicorn.Config(
                playground.app,
                log_level="warning",
                access_log=False,
                http="h11",
                ws="none",
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(target=self._run, name="playground", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.01)

    def _run(self) -> None:
        self._server.run(sockets=[self._sock])

    @property
    def base_url(self) -> str:
        """The address of the page; the Web API is under `/api/`."""
        return self.playground.slack.base_url

    def run(self, work: Coroutine[object, object, T], seconds: float = 30.0) -> T:
        """Run one of the playground's coroutines from plain code and return its result."""
        loop = self.playground.loop
        if loop is None:
            work.close()
            raise RuntimeError("the playground is stopped")
        return asyncio.run_coroutine_threadsafe(work, loop).result(seconds)

    def stop(self) -> None:
        """Stop serving and wait for the thread to end."""
        self._server.should_exit = True
        self._thread.join(10)
        self._sock.close()


def start(playground: Playground, sock: sockets.socket | None = None) -> Served:
    """Serve a playground on a bound socket, else on the configured host and port (0: any)."""
    config = playground.config
    if sock is None:
        sock = sockets.create_server((config.host, config.port))
    playground.slack.base_url = f"http://{config.host}:{sock.getsockname()[1]}"
    return Served(playground, sock)


@contextlib.contextmanager
def serve(playground: Playground, sock: sockets.socket | None = None) -> Iterator[Served]:
    """Serve a playground for the length of a `with` block."""
    served = start(playground, sock)
    try:
        yield served
    finally:
        served.stop()
