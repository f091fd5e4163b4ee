"""Posts with client data go only where they may: each channel is looked at before it is used."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import aiohttp

from bot.domain.errors import TemporaryDeliveryError
from bot.outlets.slack import Posted, SlackClient
from bot.outlets.slack_channels import check_channel

LOOK_AGAIN_SECONDS = 600.0


class SafeChannels:
    """Which channels were found safe, and when; a look is good for ten minutes."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: dict[str, float] = {}

    def is_known(self, channel: str) -> bool:
        """Say whether the channel was found safe lately."""
        return self._now() - self._seen.get(channel, float("-inf")) < LOOK_AGAIN_SECONDS

    def keep(self, channel: str) -> None:
        """Remember that the channel is safe."""
        self._seen[channel] = self._now()


class GuardedSlackClient(SlackClient):
    """A client that refuses public, shared or guested channels, saying how to mend them.

    The message waits (it is tried again), so that mending the channel loses nothing.
    """

    def __init__(
        self, token: str, *, base_url: str, session: aiohttp.ClientSession, safe: SafeChannels
    ) -> None:
        super().__init__(token, base_url=base_url, session=session)
        self._safe = safe

    async def post(
        self,
        channel: str,
        text: str,
        blocks: Sequence[Mapping[str, Any]],
        *,
        key: str,
        thread: str = "",
    ) -> Posted:
        """Post once the channel is known to be safe; raise TemporaryDeliveryError otherwise."""
        if not self._safe.is_known(channel):
            problems = await check_channel(self, channel)
            if problems:
                said = " ".join(f"{p.trouble.value}: {p.mend}" for p in problems)
                raise TemporaryDeliveryError(
                    f"channel {channel} refused. {said}", retry_after=LOOK_AGAIN_SECONDS
                )
            self._safe.keep(channel)
        return await super().post(channel, text, blocks, key=key, thread=thread)
