"""What every conversation needs: the services, a worker thread, who acts, and what day it is."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from bot.core import Services
from bot.domain.actors import Actor
from bot.rendering.views import Voice
from handlers.payloads import Who

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who acts, how to speak to them, and the day it is where they are."""

    actor: Actor
    voice: Voice
    today: date


@dataclass(frozen=True, slots=True)
class Desk:
    """The services and the few things around them; `wake` tells delivery that there is work."""

    services: Services
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(16, thread_name_prefix="desk")
    )

    async def work(self, use_case: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Run one use case in a worker thread: the event loop never waits for a disk."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(use_case, *args, **more))

    async def reader(self, who: Who) -> Reader:
        """Return who acts; somebody nobody has introduced has no role and may do nothing."""
        actor, voice = await self.work(self.services.readers.reader, who.team_id, who.user_id)
        return Reader(actor, voice, self.clock().astimezone(ZoneInfo(actor.time_zone)).date())
