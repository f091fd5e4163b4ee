"""A watchdog on the Socket Mode connection: one that died without a word is opened anew."""

import asyncio
from typing import Protocol

import structlog

from jobs.runner import border

log = structlog.get_logger()
LOOK_SECONDS = 15.0
_SILENT_LOOKS = 2  # the SDK mends most breaks by itself between two looks


class Connection(Protocol):
    """What the watchdog needs of a Socket Mode client."""

    async def is_connected(self) -> bool:
        """Say whether Slack can be heard."""

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Open a new connection in place of this one."""


class WatchConnection:
    """Looks at a connection from time to time; what fails is tried again at the next look."""

    def __init__(self, connection: Connection, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._connection, self._seconds = connection, look_seconds
        self._silent = 0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(self._seconds)
            with border("watch_connection"):
                await self.look()

    async def look(self) -> None:
        """Open a new connection when two looks in a row heard nothing."""
        if await self._connection.is_connected():
            self._silent = 0
            return
        self._silent += 1
        if self._silent >= _SILENT_LOOKS:
            log.warning("connection_silent", looks=self._silent)
            await self._connection.connect_to_new_endpoint(force=True)
            self._silent = 0
