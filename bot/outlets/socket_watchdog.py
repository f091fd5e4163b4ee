"""A watchdog on the Socket Mode connection: one that died without a word is opened anew."""

import asyncio
from typing import Protocol

import structlog
from prometheus_client import Counter

log = structlog.get_logger()
REOPENED = Counter("goodcop_socket_reopened", "Socket Mode connections the watchdog opened anew.")
LOOK_SECONDS = 15.0
_SILENT_LOOKS = 2  # the SDK mends most breaks by itself between two looks


class Connection(Protocol):
    """What the watchdog needs of a Socket Mode client."""

    async def is_connected(self) -> bool:
        """Say whether Slack can be heard."""

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Open a new connection in place of this one."""


class Watchdog:
    """Looks at a connection from time to time; what fails is tried again at the next look."""

    def __init__(self, connection: Connection, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._connection, self._seconds = connection, look_seconds
        self._silent = 0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(self._seconds)
            await self.look()

    async def look(self) -> bool:
        """Look once; return whether a new connection was opened."""
        try:
            if await self._connection.is_connected():
                self._silent = 0
                return False
            self._silent += 1
            if self._silent < _SILENT_LOOKS:
                return False
            log.warning("socket_silent", looks=self._silent)
            await self._connection.connect_to_new_endpoint(force=True)
        except Exception:
            log.exception("socket_not_reopened")
            return False
        self._silent = 0
        REOPENED.inc()
        return True
