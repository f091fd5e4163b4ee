"""Each morning: make the steps towards clients that are due, by whoever does them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from bot.services.delivery.job_queue import JobToDo


class Plans(Protocol):
    """The dunning service, as this job sees it."""

    def plan(self, workspace_id: int, *, today: date, now: datetime) -> object:
        """Make the workspace's steps of `today`, once however often it is asked."""


def plan_steps(plans: Plans, clock: Callable[[], datetime], job: JobToDo) -> None:
    """Plan the steps of the day the job names."""
    today = date.fromisoformat(str(job.body["day"]))
    plans.plan(job.workspace_id, today=today, now=clock())
