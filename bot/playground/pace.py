"""Rate limits as Slack keeps them: tiers by method, about one post a second by channel."""

import math
import time
from collections import deque

from bot.playground.config import PlaygroundConfig

TIERS = {1: 10, 2: 20, 3: 50, 4: 100, 5: 600}  # calls a minute; tier 1 lets reconnections through
MINUTE = 60.0
CHANNEL_BURST = 3


class Pace:
    """Count calls; `refuse` gives the seconds to wait, or None to let the call through."""

    def __init__(self, config: PlaygroundConfig) -> None:
        self.enabled = config.rate_limits
        self.ceiling = config.workspace_ceiling
        self.refused = 0
        self._calls: dict[str, deque[float]] = {}
        self._credit: dict[str, tuple[float, float]] = {}

    def refuse(self, method: str, tier: int | None, channel: str | None) -> int | None:
        """Return whole seconds to wait when the call is one too many; count it otherwise."""
        if not self.enabled:
            return None
        now = time.monotonic()
        if tier is not None:
            wait = self._window(method, TIERS[tier], now)
        else:
            wait = self._window("posts", self.ceiling, now, count=False)
            wait = wait or self._channel(channel or "", now)
            if not wait:
                self._window("posts", self.ceiling, now)
        if wait is None:
            return None
        self.refused += 1
        return max(1, math.ceil(wait))

    def _window(
        self, key: str, most: int | None, now: float, *, count: bool = True
    ) -> float | None:
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if most is not None and len(calls) >= most:
            return calls[0] + MINUTE - now
        if count:
            calls.append(now)
        return None

    def _channel(self, channel: str, now: float) -> float | None:
        """Spend one credit of a channel: one comes back a second, three at most."""
        credit, since = self._credit.get(channel, (float(CHANNEL_BURST), now))
        credit = min(CHANNEL_BURST, credit + now - since)
        if credit < 1:
            self._credit[channel] = (credit, now)
            return 1 - credit
        self._credit[channel] = (credit - 1, now)
        return None
