"""Each morning: judge every client, open, raise or resolve alerts, run the windows' clocks."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from bot.services.delivery.job_queue import JobToDo


class Scans(Protocol):
    """The alert service, as this job sees it."""

    def scan(self, workspace_id: int, *, today: date, now: datetime, lines: bool) -> object:
        """Judge the workspace's clients on `today`; nobody reads the report's `lines` here."""


class Clocks(Protocol):
    """The handover service, as this job sees it."""

    def run_clocks(self, workspace_id: int, today: date, now: datetime) -> object:
        """Warn of windows that end, hand over those that ended."""


Lifts = Callable[[int, date], int]  # of a workspace, on a day


def scan_clients(
    scans: Scans,
    handovers: Clocks,
    clock: Callable[[], datetime],
    job: JobToDo,
    *,
    lift_paid: Lifts | None = None,
) -> None:
    """Scan, run the clocks, free the deliveries of those who paid, for the day the job names."""
    today = date.fromisoformat(str(job.body["day"]))
    scans.scan(job.workspace_id, today=today, now=clock(), lines=False)
    handovers.run_clocks(job.workspace_id, today, clock())
    if lift_paid is not None:
        lift_paid(job.workspace_id, today)
