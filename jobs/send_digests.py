"""Each working morning: one digest per person, and one for finance."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from bot.services.job_queue import JobToDo
from jobs.schedule import FINANCE


class Digests(Protocol):
    """The digest service, as this job sees it."""

    def tell_person(self, workspace_id: int, person_id: int, today: date, now: datetime) -> object:
        """Queue a person's digest, unless there is nothing in it."""

    def tell_finance(self, workspace_id: int, today: date, now: datetime) -> object:
        """Queue finance's digest, unless there is nothing in it."""


def send_digests(digests: Digests, clock: Callable[[], datetime], job: JobToDo) -> None:
    """Tell the reader that the job names; the service decides whether there is anything to say."""
    today, whose = date.fromisoformat(str(job.body["day"])), str(job.body["whose"])
    if whose == FINANCE:
        digests.tell_finance(job.workspace_id, today, clock())
    else:
        digests.tell_person(job.workspace_id, int(whose), today, clock())
