"""A dead Socket Mode connection is opened anew, and nothing stops the watch."""

import asyncio
from dataclasses import dataclass, field

from jobs.watch_connection import WatchConnection


@dataclass
class Line:
    """A connection whose health is set by the test."""

    heard: list[bool] = field(default_factory=list)
    fails: int = 0
    opened: int = 0
    reopened: asyncio.Event = field(default_factory=asyncio.Event)

    async def is_connected(self) -> bool:
        return self.heard.pop(0) if self.heard else True

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("no network")
        self.opened += 1
        self.reopened.set()


async def opened(heard: list[bool]) -> int:
    line = Line(heard)
    watch = WatchConnection(line)
    for _ in range(len(heard)):
        await watch.look()
    return line.opened


async def test_a_living_connection_is_left_alone() -> None:
    assert await opened([True, True, True]) == 0


async def test_one_silent_look_is_left_to_the_sdk() -> None:
    assert await opened([False, True, False]) == 0


async def test_a_connection_silent_twice_is_opened_anew() -> None:
    assert await opened([False, False, True]) == 1


async def test_what_fails_is_tried_again_at_the_next_look() -> None:
    line = Line([False] * 3, fails=1)
    running = asyncio.create_task(WatchConnection(line, look_seconds=0).run())
    async with asyncio.timeout(10):
        await line.reopened.wait()
    running.cancel()
    assert line.opened == 1
