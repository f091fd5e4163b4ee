"""What every conversation needs: the services, a worker thread, who acts, and what day it is."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, ParamSpec, TypeVar
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
    """The services and the few things around them; `wake` tells delivery that there is work.

    `threads` run use cases, which may wait for a lock; `askers` are few: lookups never wait on
    SQLite, and sixteen at once would only contend for the interpreter.
    """

    services: Services
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(16, thread_name_prefix="desk")
    )
    askers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(2, thread_name_prefix="asker")
    )
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def work(self, use_case: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """Run one use case in a worker thread: the event loop never waits for a disk."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(use_case, *args, **more))

    async def reader(self, who: Who) -> Reader:
        """Return who acts; somebody nobody has introduced has no role and may do nothing."""
        return await self.work(self._reader, who)

    async def ask(self, who: Who, question: Callable[[Reader], T]) -> T:
        """Return the answer to what a person asks, found and drawn in one visit to a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.askers, lambda: question(self._reader(who)))

    def glance(self, who: Who, question: Callable[[Reader], T]) -> T:
        """Return an answer found in the event loop: a few indexed reads of a local file only.

        Under load a thread beside the loop costs more than such an answer takes (0.4 ms): both
        wait for the interpreter at every statement.
        """
        return question(self._reader(who))

    def close(self) -> None:
        """Let what is under way end, and take nothing new."""
        self.askers.shutdown()
        self.threads.shutdown()

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Go on with something after the acknowledgement; `finish` waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    async def finish(self) -> None:
        """Wait for what is under way, then give the threads back."""
        while self.under_way:
            await asyncio.gather(*self.under_way, return_exceptions=True)
        await asyncio.to_thread(self.close)

    def _reader(self, who: Who) -> Reader:
        actor, voice = self.services.readers.reader(who.team_id, who.user_id)
        return Reader(actor, voice, self.clock().astimezone(ZoneInfo(actor.time_zone)).date())
