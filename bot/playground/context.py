"""What one playground is made of at run time, shared by its Web API, page and interactions."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass

from bot.playground.config import PlaygroundConfig
from bot.playground.faults import Faults
from bot.playground.mailbox import Mailbox
from bot.playground.pace import Pace
from bot.playground.shapes import Json
from bot.playground.state import Workspace
from bot.playground.tickets import Tickets


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call, its arguments already read from form, JSON or query."""

    method: str
    args: Json
    token: str


class Slack:
    """The parts of one running playground."""

    def __init__(self, config: PlaygroundConfig) -> None:
        self.config = config
        self.workspace = Workspace(config)
        self.mailbox = Mailbox(config.clock, self.workspace.touch)
        self.faults = Faults()
        self.pace = Pace(config)
        self.tickets = Tickets(config.trigger_seconds)
        self.base_url = f"http://{config.host}:{config.port}"
        self.socket_url: str | None = None  # set once the Socket Mode server listens
        self.request_urls = list(config.request_urls)
        self.calls: list[Call] = []  # every authorised call, in order, refused or not
        self._tasks: set[asyncio.Task[None]] = set()

    def in_background(self, work: Coroutine[object, object, None]) -> None:
        """Run work after the answer; a reference is kept until it ends."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop_background(self) -> None:
        """Cancel what still waits."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
