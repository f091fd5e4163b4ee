"""The loops that empty the outboxes: woken by who wrote to one, looking by itself otherwise."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from jobs.runner import border

_SOONEST, _STRAGGLERS = 0.05, 8


class Report(Protocol):
    """What a round of delivery tells."""

    @property
    def next_at(self) -> datetime | None:
        """The soonest instant at which there is more to do."""

    @property
    def total(self) -> int:
        """How many messages it dealt with."""


class Delivers(Protocol):
    """The delivery service, as the loop sees it."""

    async def deliver_due(self, workspace_id: int) -> Report:
        """Send what may leave now."""

    async def settle_unknown(self, workspace_id: int) -> Report:
        """Look for what may have been sent."""


class DeliverMessages:
    """Delivers for every workspace until stopped; a slow call holds up only its own round."""

    def __init__(
        self,
        delivery: Delivers,
        workspaces: Callable[[], Sequence[int]],
        clock: Callable[[], datetime],
        *,
        poll_seconds: float = 1.0,
        name: str = "deliver_messages",
    ) -> None:
        self._name = name
        self._delivery, self._workspaces, self._clock = delivery, workspaces, clock
        self._poll = poll_seconds
        self._wake, self._stopping = asyncio.Event(), False
        self._rounds: set[asyncio.Task[datetime | None]] = set()

    def wake(self) -> None:
        """Say that something was written; call it from the event loop."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until `stop`, then end the rounds under way."""
        while not self._stopping:
            self._wake.clear()
            pause = self._poll
            with border(self._name):
                pause = await self._turn()
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
            except TimeoutError:
                continue
        if self._rounds:
            await asyncio.wait(self._rounds)

    def stop(self) -> None:
        """Begin no new round; `run` returns once those under way have ended."""
        self._stopping = True
        self._wake.set()

    async def deliver_all(self) -> int:
        """Deliver until nothing is due; return how many messages were dealt with."""
        total = 0
        for workspace_id in await asyncio.to_thread(self._workspaces):
            while True:
                await self._delivery.settle_unknown(workspace_id)
                report = await self._delivery.deliver_due(workspace_id)
                total += report.total
                if report.next_at is None or (report.next_at > self._clock() and not report.total):
                    break
                await asyncio.sleep(_SOONEST)
        return total

    async def _turn(self) -> float:
        """Start a round for each workspace; return how long to wait before the next turn."""
        if len(self._rounds) >= _STRAGGLERS:
            await asyncio.wait(self._rounds, return_when=asyncio.FIRST_COMPLETED)
        loop = asyncio.get_running_loop()
        for workspace_id in await asyncio.to_thread(self._workspaces):
            task = loop.create_task(self._round(workspace_id))
            self._rounds.add(task)
            task.add_done_callback(self._rounds.discard)
        if not self._rounds:
            return self._poll
        done, _ = await asyncio.wait(self._rounds, timeout=self._poll)
        instants = [instant for task in done if (instant := task.result()) is not None]
        soonest = min(instants, default=None)
        left = (soonest - self._clock()).total_seconds() if soonest else self._poll
        return min(max(left, _SOONEST), self._poll)

    async def _round(self, workspace_id: int) -> datetime | None:
        reports: list[Report] = []
        with border(self._name, workspace=workspace_id):
            reports.append(await self._delivery.settle_unknown(workspace_id))
            reports.append(await self._delivery.deliver_due(workspace_id))
        return min((r.next_at for r in reports if r.next_at), default=None)
