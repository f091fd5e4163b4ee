"""The whole of the background: jobs by the clock, messages to Slack, nothing cut short."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from sqlalchemy import select

import jobs
from bot.playground.faults import Fault, FaultKind
from bot.playground.server import Playground
from bot.services.delivery.job_queue import JobQueue, JobToDo
from jobs.background import Background
from jobs.runner import Runner
from jobs.schedule import Ticker
from storage import messages
from storage.tables.queue import Message
from storage.tables.workspaces import Person
from storage.unit_of_work import Database
from tests.delivery.stage import MovedClock, PostOffice, a_playground, a_post_office
from tests.storage.queue_rows import WORKSPACE, told, two_workspaces


@dataclass
class Quiet:
    """A watch that came to its end."""

    failed: str = ""


@dataclass
class Services:
    """Services that write down what they were asked; the scan tells something."""

    database: Database
    asked: list[str] = field(default_factory=list)

    def scan(self, workspace_id: int, *, today: date, now: datetime, lines: bool) -> None:
        self.asked.append(f"scan {workspace_id} {today}")
        with self.database.write() as uow:
            told(uow.session, f"scanned:{workspace_id}:{today}", now=now)
            uow.commit()

    def run_clocks(self, workspace_id: int, today: date, now: datetime) -> None:
        self.asked.append(f"clocks {workspace_id} {today}")

    def judge_promises(self, workspace_id: int, today: date, now: datetime) -> None:
        self.asked.append(f"promises {workspace_id} {today}")

    def take_credit_notes(self, workspace_id: int, today: date, now: datetime) -> None:
        self.asked.append(f"credit notes {workspace_id} {today}")

    def refresh(self, workspace_id: int, today: date, now: datetime) -> None:
        self.asked.append(f"refresh {workspace_id} {today}")

    def digest(
        self,
        workspace_id: int,
        today: date,
        now: datetime | None = None,
        *,
        person_id: int | None = None,
        write: bool,
    ) -> None:
        self.asked.append(f"digest {workspace_id} {person_id or 'finance'}")

    def watch(self, workspace_id: int, today: date) -> "Quiet":
        self.asked.append(f"watch {workspace_id} {today}")
        return Quiet()

    def carry_out(self, job: JobToDo) -> None:
        self.asked.append(f"activate {job.workspace_id}")


@pytest.fixture
def playground() -> Iterator[Playground]:
    with a_playground() as opened:
        yield opened


@pytest.fixture
async def office(sqlite_database: Database, playground: Playground) -> AsyncIterator[PostOffice]:
    two_workspaces(sqlite_database)
    with sqlite_database.write() as uow:
        uow.session.add(Person(workspace_id=WORKSPACE, id=7, slack_user_id="U7"))
        uow.commit()
    async with a_post_office(sqlite_database, playground, MovedClock()) as opened:
        yield opened


@pytest.fixture
def services(sqlite_database: Database) -> Services:
    return Services(sqlite_database)


@pytest.fixture
def background(sqlite_database: Database, office: PostOffice, services: Services) -> Background:
    return jobs.register(
        jobs.Services(
            queue=JobQueue(sqlite_database, office.clock),
            delivery=office.service,
            scans=services,
            handovers=services,
            promises=services,
            digests=services,
            activations=services,
            refreshes=services,
            watch=services.watch,
        ),
        office.clock,
        is_working_day=lambda _, day: day.weekday() < 5,
    )


async def posted(playground: Playground, count: int) -> list[str]:
    """Wait, two seconds at most, until so many messages were posted."""
    for _ in range(100):
        if len(playground.posts()) >= count:
            break
        await asyncio.sleep(0.02)
    return [str(post["text"]) for post in playground.posts()]


async def test_one_round_scans_judges_and_tells_in_order(
    background: Background, services: Services, playground: Playground
) -> None:
    await background.run_pending()
    mine = [line for line in services.asked if f" {WORKSPACE} " in f"{line} "]
    assert mine == [
        "watch 1 2026-11-24",
        "promises 1 2026-11-24",
        "credit notes 1 2026-11-24",
        "scan 1 2026-11-24",
        "clocks 1 2026-11-24",
        "refresh 1 2026-11-24",
        "digest 1 finance",
        "digest 1 7",
    ]
    assert f"scanned:{WORKSPACE}:2026-11-24" in await posted(playground, 1)


async def test_a_second_round_changes_nothing(background: Background, services: Services) -> None:
    await background.run_pending()
    before = list(services.asked)
    await background.run_pending()
    assert services.asked == before


async def test_a_start_makes_up_for_the_morning_and_a_wake_delivers(
    background: Background,
    services: Services,
    playground: Playground,
    sqlite_database: Database,
) -> None:
    await background.start()
    try:
        await posted(playground, 2)
        assert background.is_alive()
        with sqlite_database.write() as uow:
            told(uow.session, "written later")
            uow.commit()
        await asyncio.to_thread(background.wake)
        assert "written later" in await posted(playground, 3)
    finally:
        await background.stop()
    assert not background.is_alive()


async def test_slow_work_asked_after_the_slow_loop_looked_does_not_wait_for_the_next_tick(
    background: Background, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Event()
    run_due, tick = Runner.run_due, Ticker.tick

    def look(runner: Runner, workspace_id: int) -> int:
        done = run_due(runner, workspace_id)
        looked.set()
        return done

    def tick_late(ticker: Ticker) -> int:
        looked.wait(5)
        return tick(ticker)

    monkeypatch.setattr(Runner, "run_due", look)
    monkeypatch.setattr(Ticker, "tick", tick_late)
    await background.start()
    try:
        for _ in range(100):
            if any(line.startswith("watch") for line in services.asked):
                break
            await asyncio.sleep(0.02)
    finally:
        await background.stop()
    assert f"watch {WORKSPACE} 2026-11-24" in services.asked


async def test_a_stop_waits_for_the_outcome_of_a_message_under_way(
    background: Background, playground: Playground, sqlite_database: Database
) -> None:
    playground.faults.add(Fault(messages.POST, FaultKind.ANSWER_LOST, hold_seconds=0.3))
    await background.start()
    await posted(playground, 1)
    await background.stop()
    with sqlite_database.read() as uow:
        states = [row.state for row in uow.session.execute(select(Message)).scalars()]
    assert "unknown" in states
    assert "sending" not in states


async def test_an_activation_asked_in_a_click_is_carried_out(
    background: Background, services: Services, office: PostOffice
) -> None:
    queue = JobQueue(services.database, office.clock)
    queue.add(WORKSPACE, key="activate", kind="activate_alerts", run_at=office.clock())
    await background.run_pending()
    assert f"activate {WORKSPACE}" in services.asked
