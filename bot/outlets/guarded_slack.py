"""Posts with client data go only where they may: each channel is looked at before it is used."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp

from bot.domain.errors import ChannelRefused
from bot.outlets.slack import Posted, SlackClient
from bot.outlets.slack_channels import ChannelProblem, check_channel

LOOK_AGAIN_SECONDS = 600.0
REFUSED_SECONDS = 60.0
_DIRECT = ("U", "W", "D")

MayPost = Callable[[str, Sequence[str]], Awaitable[bool]]
"""Keep what was found wrong with a channel (words); say whether one may post there all the same."""


class SeenChannels:
    """What was found wrong with each channel, and when; a look is good for ten minutes."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: dict[str, tuple[float, tuple[ChannelProblem, ...]]] = {}

    def find(
        self, channel: str, *, within: float = LOOK_AGAIN_SECONDS
    ) -> tuple[ChannelProblem, ...] | None:
        """Return what was found lately (nothing means safe), None when nobody looked."""
        at, problems = self._seen.get(channel, (float("-inf"), ()))
        return problems if self._now() - at < within else None

    def keep(self, channel: str, problems: Sequence[ChannelProblem]) -> None:
        """Remember what was found."""
        self._seen[channel] = (self._now(), tuple(problems))


class GuardedSlackClient(SlackClient):
    """A client that refuses public, shared or guested channels, unless consented to.

    The message waits (it is tried again), so that mending the channel loses nothing.
    """

    def __init__(
        self,
        token: str,
        *,
        base_url: str,
        session: aiohttp.ClientSession,
        seen: SeenChannels,
        may_post: MayPost,
    ) -> None:
        super().__init__(token, base_url=base_url, session=session)
        self._seen, self._may_post = seen, may_post

    async def post(
        self,
        channel: str,
        text: str,
        blocks: Sequence[Mapping[str, Any]],
        *,
        key: str,
        thread: str = "",
    ) -> Posted:
        """Post once the channel is known to be safe or consented to; else raise ChannelRefused."""
        if not channel.startswith(_DIRECT):
            await self._check(channel)
        return await super().post(channel, text, blocks, key=key, thread=thread)

    async def _check(self, channel: str) -> None:
        problems = self._seen.find(channel)
        if problems == () or (problems and await self._is_consented(channel, problems)):
            return
        refused_now = self._seen.find(channel, within=REFUSED_SECONDS)
        if refused_now is None:
            problems = tuple(await check_channel(self, channel))
            self._seen.keep(channel, problems)
            if await self._is_consented(channel, problems):
                return
        said = " ".join(f"{one.trouble.value}: {one.mend}" for one in problems or ())
        raise ChannelRefused(f"channel {channel} refused. {said}", retry_after=LOOK_AGAIN_SECONDS)

    async def _is_consented(self, channel: str, problems: Sequence[ChannelProblem]) -> bool:
        return await self._may_post(channel, [one.trouble.value for one in problems])
