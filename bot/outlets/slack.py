"""The way out to Slack: a thin client that never re-sends by itself and says what failed how."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import (
    AmbiguousDelivery,
    DeliveryError,
    NotFound,
    PermanentDeliveryError,
    TemporaryDeliveryError,
)

EVENT_TYPE = "goodcop_message"
UNREACHABLE_SECONDS = 15.0
UNMENDED_SECONDS = 300.0
_PAGE = 200
_JSON = "application/json; charset=utf-8"

# The one table: what Slack's words mean for a message. Whatever is not here is permanent.
# Slack's documentation says of internal_error and fatal_error that part of the work may be done.
_AMBIGUOUS = frozenset({"internal_error", "fatal_error", "service_unavailable"})
_TEMPORARY = frozenset({"ratelimited", "rate_limited", "request_timeout", "team_added_to_org"})
_UNTIL_MENDED = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_expired",
        "token_revoked",
        "missing_scope",
        "team_access_not_granted",
        "ekm_access_denied",
    }
)
# Blocks of 2025 and 2026 that a workspace may refuse (SLACK.md section 2, phased rollout).
_NEWER_BLOCKS = frozenset(
    {"table", "data_table", "data_visualization", "card", "carousel", "container", "markdown"}
)

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands in Slack, and its text there."""

    channel: str
    ts: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SlackPerson:
    """A person as Slack knows them; `is_outsider` marks guests and other organisations."""

    id: str
    name: str
    locale: str
    time_zone: str
    email: str
    is_bot: bool
    is_outsider: bool


def open_session(*, seconds: float = 10.0) -> aiohttp.ClientSession:
    """Open the HTTP session that clients share; call it inside the event loop, close it at the end.

    `seconds` bounds a whole call; half of it, at most, goes to getting a connection.
    """
    timeout = aiohttp.ClientTimeout(total=seconds, connect=seconds / 2)
    return aiohttp.ClientSession(timeout=timeout)


def failure(error: Exception, method: str) -> DeliveryError:
    """Return what an error of slack_sdk or aiohttp means for the call that met it."""
    if isinstance(error, SlackApiError):
        response = error.response
        status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
        answer, headers = getattr(response, "data", None), getattr(response, "headers", {})
        return _refusal(method, status, answer, headers)
    unsent = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
    if isinstance(error, unsent):
        return TemporaryDeliveryError(
            f"{method}: Slack cannot be reached", retry_after=UNREACHABLE_SECONDS
        )
    return AmbiguousDelivery(f"{method}: no answer ({type(error).__name__})")


def _refusal(method: str, status: int, answer: object, headers: Mapping[str, str]) -> DeliveryError:
    code = str(answer.get("error", "")) if isinstance(answer, dict) else ""
    words = f"{method}: {code or f'HTTP {status} without an answer'}"
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in _TEMPORARY:
        return TemporaryDeliveryError(words, retry_after=_seconds(headers.get("Retry-After")))
    if not code or code in _AMBIGUOUS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return AmbiguousDelivery(words)
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return AmbiguousDelivery(words)
    if code in _UNTIL_MENDED:
        return TemporaryDeliveryError(words, retry_after=UNMENDED_SECONDS)
    return PermanentDeliveryError(words, slack_code=code)


def _seconds(header: str | None) -> float:
    try:
        return max(1.0, float(header or 1))
    except ValueError:
        return 1.0


class SlackClient:
    """One team's Slack. Every method raises `TemporaryDeliveryError`, `AmbiguousDelivery` or
    `PermanentDeliveryError`; none tries twice, but for blocks that a workspace does not know yet.
    """

    def __init__(self, token: str, *, base_url: str, session: aiohttp.ClientSession) -> None:
        self._web = AsyncWebClient(
            token=token, base_url=base_url, session=session, retry_handlers=[]
        )
        self._session, self._url = session, base_url
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": _JSON}

    async def post(
        self, channel: str, text: str, blocks: Sequence[Block], *, key: str, thread: str = ""
    ) -> Posted:
        """Post a message marked with `key`, by which `find_by_key` knows it again."""
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        arguments: dict[str, Any] = {"channel": channel, "text": text, "metadata": metadata}
        arguments |= {"unfurl_links": False, "unfurl_media": False}
        if thread:
            arguments["thread_ts"] = thread
        answer = await self._with_blocks("chat.postMessage", arguments, blocks)
        return Posted(str(answer["channel"]), str(answer["ts"]), text)

    async def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> Posted:
        """Edit one of our messages; doing it twice changes nothing."""
        arguments = {"channel": channel, "ts": ts, "text": text}
        answer = await self._with_blocks("chat.update", arguments, blocks)
        return Posted(str(answer["channel"]), str(answer["ts"]), text)

    async def ephemeral(
        self, channel: str, user: str, text: str, blocks: Sequence[Block], *, thread: str = ""
    ) -> None:
        """Show a message to one member of a channel only."""
        arguments = {"channel": channel, "user": user, "text": text}
        if thread:
            arguments["thread_ts"] = thread
        await self._with_blocks("chat.postEphemeral", arguments, blocks)

    async def find_by_key(
        self, channel: str, key: str, *, oldest: datetime, thread: str = ""
    ) -> Posted | None:
        """Return the message posted with `key` since `oldest`, in the thread when one is given."""
        if channel.startswith(("U", "W")):
            channel = await self.direct_channel(channel)
        arguments: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{oldest.astimezone(UTC).timestamp():.6f}",
            "include_all_metadata": True,
        }
        if thread:
            arguments["ts"] = thread
        method = "conversations.replies" if thread else "conversations.history"
        async for message in self._pages(method, arguments, "messages"):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") != EVENT_TYPE:
                continue
            if metadata.get("event_payload", {}).get("key") == key:
                return Posted(channel, str(message["ts"]), str(message.get("text", "")))
        return None

    async def direct_channel(self, slack_user_id: str) -> str:
        """Return the id of the direct conversation with a person, opened when missing."""
        answer = await self._call("conversations.open", {"users": slack_user_id})
        return str(answer["channel"]["id"])

    async def channel(self, channel: str) -> Mapping[str, Any]:
        """Return what Slack says of a channel."""
        described: Mapping[str, Any] = (
            await self._call("conversations.info", {"channel": channel})
        )["channel"]
        return described

    async def members(self, channel: str) -> list[str]:
        """Return the ids of a channel's members."""
        pages = self._pages("conversations.members", {"channel": channel}, "members")
        return [str(member) async for member in pages]

    async def person(self, slack_user_id: str) -> SlackPerson:
        """Return a person with their locale and time zone; raise `NotFound` when unknown."""
        return await self._person("users.info", {"user": slack_user_id, "include_locale": True})

    async def person_by_email(self, email: str) -> SlackPerson:
        """Return the person with this address; raise `NotFound` when nobody has it."""
        found = await self._person("users.lookupByEmail", {"email": email})
        return await self.person(found.id)

    async def _person(self, method: str, arguments: Mapping[str, Any]) -> SlackPerson:
        try:
            user = (await self._call(method, arguments))["user"]
        except PermanentDeliveryError as refused:
            if refused.slack_code in ("user_not_found", "users_not_found", "user_not_visible"):
                raise NotFound(refused.message) from refused
            raise
        profile = user.get("profile", {})
        return SlackPerson(
            id=str(user["id"]),
            name=str(profile.get("real_name") or user.get("real_name") or user.get("name", "")),
            locale=str(user.get("locale", "")),
            time_zone=str(user.get("tz", "")),
            email=str(profile.get("email", "")),
            is_bot=bool(user.get("is_bot")),
            is_outsider=any(
                user.get(word) for word in ("is_restricted", "is_ultra_restricted", "is_stranger")
            ),
        )

    async def _with_blocks(
        self, method: str, arguments: dict[str, Any], blocks: Sequence[Block]
    ) -> Mapping[str, Any]:
        known = [block for block in blocks if block.get("type") not in _NEWER_BLOCKS]
        try:
            return await self._call(method, arguments | {"blocks": list(blocks)})
        except PermanentDeliveryError as refused:
            newer = len(known) < len(blocks)
            if refused.slack_code not in ("invalid_blocks", "invalid_attachments") or not newer:
                raise
        return await self._call(method, arguments | {"blocks": known})

    async def _pages(
        self, method: str, arguments: Mapping[str, Any], name: str
    ) -> AsyncIterator[Any]:
        cursor = ""
        while True:
            page = {"limit": _PAGE} | ({"cursor": cursor} if cursor else {})
            answer = await self._call(method, {**arguments, **page})
            for thing in answer[name]:
                yield thing
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    async def _call(self, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            if method.startswith("chat."):
                return await self._say(method, arguments)
            response = await self._web.api_call(method, params=_plain(arguments))
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise failure(error, method) from error
        except AttributeError as error:  # slack_sdk reads a plain-text 200 as if it were JSON
            raise AmbiguousDelivery(f"{method}: an answer that is not JSON") from error
        if not isinstance(response.data, dict):
            raise AmbiguousDelivery(f"{method}: an answer that is not JSON")
        return response.data

    async def _say(self, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Post JSON without slack_sdk, which takes half as long again for the same request."""
        body = json.dumps(arguments).encode()
        call = self._session.post(self._url + method, data=body, headers=self._headers)
        async with call as response:
            said, status, headers = await response.read(), response.status, response.headers
        try:
            answer = json.loads(said)
        except ValueError:
            answer = None
        if status == HTTPStatus.OK and not isinstance(answer, dict):
            raise AmbiguousDelivery(f"{method}: an answer that is not JSON")
        if status != HTTPStatus.OK or not answer.get("ok"):
            raise _refusal(method, status, answer, headers)
        return dict(answer)


def _plain(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments as a query string holds them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in arguments.items()
    }
