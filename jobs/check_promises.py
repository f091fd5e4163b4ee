"""Each morning: judge the promises whose date has passed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from bot.services.delivery.job_queue import JobToDo


class Promises(Protocol):
    """The follow-up service, as this job sees it."""

    def judge_promises(self, workspace_id: int, today: date, now: datetime) -> object:
        """Mark promises kept or broken on `today`."""


def check_promises(promises: Promises, clock: Callable[[], datetime], job: JobToDo) -> None:
    """Judge promises on the day the job names."""
    today = date.fromisoformat(str(job.body["day"]))
    promises.judge_promises(job.workspace_id, today, clock())
