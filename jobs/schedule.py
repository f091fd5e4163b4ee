"""The table of what happens by itself, and the clock that asks for it, once per day and place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.job_kinds import JobKind
from bot.services.delivery.job_queue import JobQueue, Timetable

SCAN, PROMISES, DIGEST = JobKind.SCAN.value, JobKind.PROMISES.value, JobKind.DIGEST.value
REFRESH = JobKind.REFRESH.value
WATCH, LINKS = JobKind.WATCH.value, JobKind.LINKS.value
STEPS = JobKind.STEPS.value
FINANCE = "finance"


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the table: local hour (None: the workspace's digest hour) and grace in hours.

    Within its grace a missed run is made up for; past it, the next day's run will do.
    """

    kind: str
    at: time | None
    grace_hours: int
    each_person: bool = False
    working_days_only: bool = False


TABLE = (
    Planned(WATCH, time(5, 0), grace_hours=18),
    Planned(LINKS, time(5, 30), grace_hours=18),
    Planned(SCAN, time(7, 0), grace_hours=14),
    Planned(REFRESH, time(7, 30), grace_hours=8, working_days_only=True),
    Planned(PROMISES, time(6, 45), grace_hours=14),
    Planned(STEPS, time(7, 15), grace_hours=14),
    Planned(DIGEST, None, grace_hours=4, each_person=True, working_days_only=True),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One run to be made: where, for whom, which local day, since when."""

    workspace_id: int
    kind: str
    whose: str
    day: date
    run_at: datetime

    @property
    def key(self) -> str:
        """Return the key that makes the run unique."""
        parts = (self.kind, str(self.workspace_id), self.whose, self.day.isoformat())
        return ":".join(part for part in parts if part)

    @property
    def body(self) -> dict[str, str]:
        """Return what the job needs to know."""
        return {"day": self.day.isoformat(), "whose": self.whose}


IsWorkingDay = Callable[[int, date], bool]


def due_slots(hours: Timetable, now: datetime, is_working_day: IsWorkingDay) -> Iterator[Slot]:
    """Yield the runs of a workspace whose hour has passed and whose grace has not.

    Hours are local to the workspace, digests to each person; on a clock change the first of two
    like hours counts.
    """
    for planned in TABLE:
        at = planned.at or time.fromisoformat(hours.digest_at)
        for whose, zone in _readers(planned, hours):
            for day in _days(now, zone):
                run_at = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
                if not run_at <= now < run_at + timedelta(hours=planned.grace_hours):
                    continue
                if planned.working_days_only and not is_working_day(hours.workspace_id, day):
                    continue
                yield Slot(hours.workspace_id, planned.kind, whose, day, run_at)


def _readers(planned: Planned, hours: Timetable) -> Iterator[tuple[str, str]]:
    if not planned.each_person:
        yield "", hours.time_zone
        return
    yield FINANCE, hours.time_zone
    for person_id, zone in hours.people.items():
        yield str(person_id), zone


def _days(now: datetime, zone: str) -> tuple[date, date]:
    today = now.astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=1), today


class Ticker:
    """Asks, at each tick, for the runs that are due: a job row per key, whoever ticks."""

    def __init__(
        self, queue: JobQueue, clock: Callable[[], datetime], is_working_day: IsWorkingDay
    ) -> None:
        self._queue, self._clock, self._is_working_day = queue, clock, is_working_day
        self._asked: set[str] = set()

    def tick(self) -> int:
        """Ask for what is due; return how many runs nobody had asked for yet."""
        now, added, due = self._clock(), 0, set()
        for hours in self._queue.timetables():
            for slot in due_slots(hours, now, self._is_working_day):
                due.add(slot.key)
                if slot.key not in self._asked:
                    added += self._ask(slot)
        self._asked = due
        return added

    def _ask(self, slot: Slot) -> bool:
        return self._queue.add(
            slot.workspace_id, key=slot.key, kind=slot.kind, run_at=slot.run_at, body=slot.body
        )
