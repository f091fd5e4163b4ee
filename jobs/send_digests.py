"""Each working morning: one digest per person, and one for finance."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from bot.services.delivery.job_queue import JobToDo
from jobs.schedule import FINANCE


class Digests(Protocol):
    """The digest service, as this job sees it."""

    def digest(
        self,
        workspace_id: int,
        today: date,
        now: datetime | None = None,
        *,
        person_id: int | None = None,
        write: bool,
    ) -> object:
        """Queue the digest of one person, or everyone's and finance's; once a day each."""


def send_digests(digests: Digests, clock: Callable[[], datetime], job: JobToDo) -> None:
    """Tell the reader that the job names; the service decides whether there is anything to say."""
    today, whose = date.fromisoformat(str(job.body["day"])), str(job.body["whose"])
    person_id = None if whose == FINANCE else int(whose)
    digests.digest(job.workspace_id, today, clock(), person_id=person_id, write=True)
