"""Each working morning: let the messages of open alerts say the day's delays."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from bot.services.delivery.job_queue import JobToDo


class Refreshes(Protocol):
    """The refresh service, as this job sees it."""

    def refresh(self, workspace_id: int, today: date, now: datetime) -> object:
        """Queue the edits of alerts that were drawn another day."""


def refresh_alerts(refreshes: Refreshes, clock: Callable[[], datetime], job: JobToDo) -> None:
    """Refresh on the day the job names."""
    today = date.fromisoformat(str(job.body["day"]))
    refreshes.refresh(job.workspace_id, today, clock())
