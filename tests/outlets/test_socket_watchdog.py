"""A dead Socket Mode connection is opened anew, and nothing stops the watch."""

import asyncio
from dataclasses import dataclass, field

from bot.outlets.socket_watchdog import Watchdog


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


async def looks(line: Line, count: int) -> list[bool]:
    watchdog = Watchdog(line)
    return [await watchdog.look() for _ in range(count)]


async def test_a_living_connection_is_left_alone() -> None:
    line = Line()
    assert (await looks(line, 3), line.opened) == ([False, False, False], 0)


async def test_one_silent_look_is_left_to_the_sdk() -> None:
    line = Line(heard=[False, True, False])
    assert (await looks(line, 3), line.opened) == ([False, False, False], 0)


async def test_a_connection_silent_twice_is_opened_anew() -> None:
    line = Line(heard=[False, False, True])
    assert (await looks(line, 3), line.opened) == ([False, True, False], 1)


async def test_what_fails_is_tried_again_at_the_next_look() -> None:
    line = Line(heard=[False, False, False], fails=1)
    assert (await looks(line, 3), line.opened) == ([False, False, True], 1)


async def test_it_looks_until_it_is_stopped() -> None:
    line = Line(heard=[False] * 100)
    running = asyncio.create_task(Watchdog(line, look_seconds=0).run())
    async with asyncio.timeout(10):
        await line.reopened.wait()
    running.cancel()
    assert line.opened
