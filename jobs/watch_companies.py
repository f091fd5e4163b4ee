"""Each night: what BODACC published about clients and followed prospects since the last run."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from bot.domain.errors import TemporarySourceError
from bot.services.delivery.job_queue import JobToDo


class WatchReport(Protocol):
    """What a run of the watch tells."""

    @property
    def failed(self) -> str:
        """How the source that stopped it answered; empty when it came to its end."""


Watches = Callable[[int, date], WatchReport]


def watch_companies(watch: Watches, job: JobToDo) -> None:
    """Watch on the day the job names; a source that failed has the job asked for again."""
    report = watch(job.workspace_id, date.fromisoformat(str(job.body["day"])))
    if report.failed:
        raise TemporarySourceError("BODACC does not answer.", code=report.failed)
