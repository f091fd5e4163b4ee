"""Socket Mode: the app connects to us, and payloads travel in envelopes with acknowledgements.

aiohttp serves it because uvicorn has no WebSocket of its own and aiohttp is already there for
slack_sdk's Socket Mode client.
"""

import asyncio
import contextlib
import itertools
import json
import uuid

from aiohttp import WSMsgType, web

from bot.playground.context import Slack
from bot.playground.shapes import Json, SlackError

CONNECTIONS_MAX = 10


class SocketMode:
    """Serve `/socket` on a port of its own; each envelope goes to one connection, in turn."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turns = itertools.count()
        self._runner: web.AppRunner | None = None

    @property
    def connected(self) -> bool:
        """Say whether an app is connected."""
        return bool(self.open)

    async def start(self) -> None:
        """Listen on a free port of the playground's host."""
        app = web.Application()
        app.router.add_get("/socket", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.slack.config.host, 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.slack.socket_url = f"ws://{self.slack.config.host}:{port}/socket"

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        for socket in list(self.open):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner, self.slack.socket_url = None, None

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        try:
            self.slack.tickets.take_trigger(request.query.get("ticket"))
        except SlackError:
            await socket.close()
            return socket
        if len(self.open) >= CONNECTIONS_MAX:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        hello = {
            "type": "hello",
            "num_connections": len(self.open) + 1,
            "connection_info": {"app_id": self.slack.config.app_id},
        }
        await socket.send_json(hello)
        self.open.append(socket)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            self.open.remove(socket)
        return socket

    def _acknowledge(self, text: str) -> None:
        try:
            body = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.pop(str(body.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            payload = body.get("payload") or {}
            waiting.set_result(payload if isinstance(payload, dict) else {"text": str(payload)})

    async def ask(self, kind: str, payload: Json, *, retry: int, reason: str) -> Json:
        """Send an envelope to one connection and wait for its acknowledgement."""
        socket = self.open[next(self._turns) % len(self.open)]
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        try:
            await socket.send_json(envelope)
            return await waiting
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell the oldest connection to leave and close it, as Slack does every few hours."""
        if self.open:
            socket = self.open[0]
            with contextlib.suppress(ConnectionError):
                await socket.send_json({"type": "disconnect", "reason": reason})
            await socket.close()
