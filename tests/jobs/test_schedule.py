"""The clock: local hours, each person's own zone, working days, grace, once per key."""

from datetime import UTC, date, datetime

import time_machine

from bot.services.delivery.job_queue import JobQueue, Timetable
from jobs.schedule import DIGEST, SCAN, TABLE, Slot, Ticker, due_slots
from storage.tables.workspaces import Person, Workspace
from storage.unit_of_work import Database
from tests.delivery.stage import MovedClock
from tests.storage.queue_rows import NOW, WORKSPACE

PARIS_AND_LISBON = Timetable(1, "Europe/Paris", "09:00", {7: "Europe/Paris", 8: "Europe/Lisbon"})


def weekday(_: int, day: date) -> bool:
    return day.weekday() < 5


def slots(now: datetime, kind: str, hours: Timetable = PARIS_AND_LISBON) -> list[Slot]:
    return [slot for slot in due_slots(hours, now, weekday) if slot.kind == kind]


def paris(hour: int, minute: int = 0, *, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


def test_a_scan_is_asked_for_at_its_local_hour() -> None:
    assert slots(paris(6, 59), SCAN) == []
    [slot] = slots(paris(7), SCAN)
    assert slot.key == "scan_clients:1:2026-11-24"


def test_a_missed_scan_is_made_up_for_within_its_grace() -> None:
    assert len(slots(paris(20, 59), SCAN)) == 1
    assert slots(paris(21), SCAN) == []


def test_a_digest_comes_at_the_hour_of_each_persons_zone() -> None:
    at_nine_in_paris = [slot.whose for slot in slots(paris(9), DIGEST)]
    at_nine_in_lisbon = [slot.whose for slot in slots(paris(10), DIGEST)]
    assert at_nine_in_paris == ["finance", "7"]
    assert at_nine_in_lisbon == ["finance", "7", "8"]


def test_no_digest_on_a_day_off() -> None:
    assert slots(paris(9, day=28), DIGEST) == []


def test_a_scan_keeps_its_local_hour_when_clocks_change() -> None:
    before = datetime(2026, 10, 24, 5, 0, tzinfo=UTC)
    after = datetime(2026, 10, 25, 6, 0, tzinfo=UTC)
    assert [slot.run_at for slot in slots(before, SCAN)] == [before]
    assert [slot.run_at for slot in slots(after, SCAN)] == [after]


def test_ticks_ask_once_whoever_ticks(database: Database) -> None:
    with database.write() as uow:
        uow.session.add(Workspace(id=WORKSPACE, created_at=NOW))
        uow.session.flush()
        uow.session.add(Person(workspace_id=WORKSPACE, id=7, slack_user_id="U7"))
        uow.commit()
    clock = MovedClock()
    one, two = (Ticker(JobQueue(database, clock), clock, weekday) for _ in range(2))
    of_a_day = len(TABLE) + 1  # the digest has two readers
    assert one.tick() == of_a_day
    assert (one.tick(), two.tick()) == (0, 0)
    clock.forward(days=1)
    assert two.tick() == of_a_day


def test_a_start_at_noon_makes_up_for_the_morning(sqlite_database: Database) -> None:
    with sqlite_database.write() as uow:
        uow.session.add(Workspace(id=WORKSPACE, created_at=NOW))
        uow.commit()
    with time_machine.travel(paris(12), tick=False):

        def clock() -> datetime:
            return datetime.now(UTC)

        queue = JobQueue(sqlite_database, clock)
        Ticker(queue, clock, weekday).tick()
        first = queue.take(WORKSPACE, [SCAN, DIGEST])
    assert first is not None
    assert first.key == f"scan_clients:{WORKSPACE}:2026-11-24"
