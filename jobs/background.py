"""The background work of one process: the clock, the jobs, the outbox, started and drained."""

import asyncio
from collections.abc import Callable, Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from jobs.deliver_messages import DeliverMessages
from jobs.runner import Runner, border
from jobs.schedule import Ticker
from jobs.watch_inbox import WatchInbox

TICK_SECONDS = 30
LOOK_SECONDS = 5


class _Lane:
    """Work that waits on the outside world, apart from the rest and from other lanes."""

    def __init__(self, runner: Runner) -> None:
        self.runner, self.busy, self.wake = runner, asyncio.Lock(), asyncio.Event()


class Background:
    """Runs until stopped. APScheduler is only its clock: state is in tables, so that any number of
    processes may run, and a run missed while none did is made up for at the first tick.
    """

    def __init__(
        self,
        ticker: Ticker,
        runner: Runner,
        deliver: DeliverMessages,
        workspaces: Callable[[], list[int]],
        inbox: WatchInbox | None = None,
        slow: Sequence[Runner] = (),
        mail: DeliverMessages | None = None,
    ) -> None:
        self._ticker, self._runner = ticker, runner
        self._outboxes = [deliver] if mail is None else [deliver, mail]
        self._lanes = [_Lane(runner) for runner in slow]
        self._workspaces, self._inbox = workspaces, inbox
        self._scheduler: AsyncIOScheduler | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._busy = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._jobs_wake = asyncio.Event()

    async def start(self) -> None:
        """Start the clock and the loops; the first tick is at once."""
        self._loop = asyncio.get_running_loop()
        if self._inbox:
            await asyncio.to_thread(self._inbox.start)
        self._tasks = [
            *(self._loop.create_task(outbox.run()) for outbox in self._outboxes),
            self._loop.create_task(self._run_jobs()),
            *(self._loop.create_task(self._run_lane(lane)) for lane in self._lanes),
        ]
        if self._inbox:
            self._tasks.append(self._loop.create_task(self._watch(self._inbox)))
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self._wake_jobs,
            "interval",
            seconds=TICK_SECONDS,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop the clock, let what is under way end, begin nothing more."""
        if self._scheduler:
            self._scheduler.shutdown(wait=False)
        self._stopping.set()
        self._wake_jobs()
        for outbox in self._outboxes:
            outbox.stop()
        await asyncio.gather(*self._tasks)

    def wake(self) -> None:
        """Say, from any thread, that a message or a job was written."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_now)

    def is_alive(self) -> bool:
        """Say whether every loop is running."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    async def run_pending(self) -> None:
        """Tick, do the jobs that are due, deliver what may leave: all of it, now.

        For a clock that was just moved, and for commands that do one round and end.
        """
        await asyncio.to_thread(self._ticker.tick)
        for lane in self._lanes:
            await self._do_lane(lane)
        await self._do_jobs()
        await self.deliver_due()

    async def deliver_due(self) -> None:
        """Deliver what may leave now, and nothing else: e-mails first, Slack tells of them."""
        for outbox in reversed(self._outboxes):
            await outbox.deliver_all()

    def _wake_jobs(self) -> None:
        self._jobs_wake.set()
        self._wake_lanes()

    def _wake_lanes(self) -> None:
        for lane in self._lanes:
            lane.wake.set()

    def _wake_outboxes(self) -> None:
        for outbox in self._outboxes:
            outbox.wake()

    def _wake_now(self) -> None:
        self._wake_jobs()
        self._wake_outboxes()

    async def _run_jobs(self) -> None:
        while not self._stopping.is_set():
            self._jobs_wake.clear()
            with border("run_jobs"):
                if await self._do_jobs():
                    self._wake_outboxes()
            await self._jobs_wake.wait()

    async def _run_lane(self, lane: _Lane) -> None:
        """Do what waits on the outside world, apart: nobody's click waits for it."""
        while not self._stopping.is_set():
            lane.wake.clear()
            with border("run_slow_jobs"):
                if await self._do_lane(lane):
                    self._wake_now()
            await lane.wake.wait()

    async def _do_lane(self, lane: _Lane) -> int:
        async with lane.busy:
            done = 0
            for workspace_id in await asyncio.to_thread(self._workspaces):
                done += await asyncio.to_thread(lane.runner.run_due, workspace_id)
            return done

    async def _do_jobs(self) -> int:
        async with self._busy:
            if await asyncio.to_thread(self._ticker.tick):
                self._wake_lanes()
            done = 0
            for workspace_id in await asyncio.to_thread(self._workspaces):
                done += await asyncio.to_thread(self._runner.run_due, workspace_id)
            return done

    async def _watch(self, inbox: WatchInbox) -> None:
        while not self._stopping.is_set():
            with border("watch_inbox"):
                if await asyncio.to_thread(inbox.look):
                    self._wake_now()
            try:
                await asyncio.wait_for(self._stopping.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue
