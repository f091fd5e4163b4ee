"""Send payloads to the app: signed HTTP requests, or envelopes through a socket."""

import asyncio
import itertools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.playground.context import Slack
from bot.playground.shapes import Json

TIMED_OUT = "operation_timeout"
FAILED = "dispatch_failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered; `error` is what Slack would tell the user, `body` the JSON or text."""

    status: int | None
    body: Json
    error: str | None
    seconds: float

    @property
    def ok(self) -> bool:
        """Say whether the app acknowledged in time."""
        return self.error is None


class Socket(Protocol):
    """What Socket Mode offers: is somebody connected, and send an envelope."""

    @property
    def connected(self) -> bool:
        """Say whether an app is connected."""

    async def ask(self, kind: str, payload: Json, *, retry: int, reason: str) -> Json:
        """Send an envelope to one connection and wait for its acknowledgement's payload."""


def read_body(content: bytes) -> Json:
    """Return an acknowledgement as JSON; a plain text answers `{"text": ...}`."""
    text = content.decode(errors="replace")
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}


class Delivery:
    """Deliver payloads, `ack_seconds` at most each."""

    def __init__(self, slack: Slack, socket: Socket) -> None:
        self.slack = slack
        self.socket = socket
        self.transport: httpx.AsyncBaseTransport | None = None  # set to drive an app in-process
        self._turns = itertools.count()
        self._client: httpx.AsyncClient | None = None

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            timeout = httpx.Timeout(60.0)  # `send` cuts earlier
            self._client = httpx.AsyncClient(
                transport=self.transport, timeout=timeout, trust_env=False
            )
        return self._client

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def send(self, kind: str, payload: Json, *, retry: int = 0, reason: str = "") -> Answer:
        """Send one payload; `kind` is slash_commands, interactive or events_api."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(self.slack.config.ack_seconds):
                if self.slack.request_urls:
                    return await self._post(kind, payload, started, retry, reason)
                if self.socket.connected:
                    body = await self.socket.ask(kind, payload, retry=retry, reason=reason)
                    return Answer(200, body, None, time.monotonic() - started)
        except TimeoutError:
            return Answer(None, {}, TIMED_OUT, time.monotonic() - started)
        except (httpx.HTTPError, ConnectionError):
            pass
        return Answer(None, {}, FAILED, time.monotonic() - started)

    async def _post(
        self, kind: str, payload: Json, started: float, retry: int, reason: str
    ) -> Answer:
        urls = self.slack.request_urls
        url = urls[next(self._turns) % len(urls)]
        content, headers = self._request(kind, payload)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        response = await self._http().post(url, content=content, headers=headers)
        seconds = time.monotonic() - started
        error = None if response.is_success else FAILED
        return Answer(response.status_code, read_body(response.content), error, seconds)

    def _request(self, kind: str, payload: Json) -> tuple[bytes, dict[str, str]]:
        if kind == "events_api":
            content, content_type = json.dumps(payload), "application/json"
        else:
            content_type = "application/x-www-form-urlencoded"
            form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            content = urlencode(form)
        return content.encode(), signed_headers(self.slack.config.signing_secret, content) | {
            "Content-Type": content_type
        }


def signed_headers(secret: str, content: str, at: int | None = None) -> dict[str, str]:
    """Return the headers that sign a request body, `at` a Unix time (now by default)."""
    timestamp = str(int(time.time()) if at is None else at)
    verifier = SignatureVerifier(secret)
    signature = verifier.generate_signature(timestamp=timestamp, body=content) or ""
    headers: Mapping[str, str] = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }
    return dict(headers)
