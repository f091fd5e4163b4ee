"""Each night: clients without a SIREN are looked up, for finance to say which company each is."""

from collections.abc import Callable
from typing import Protocol

from bot.domain.errors import TemporarySourceError
from bot.services.delivery.job_queue import JobToDo


class LinkReport(Protocol):
    """What a night's search tells."""

    @property
    def failed(self) -> str:
        """How the register that stopped it answered; empty when the search came to its end."""


Suggests = Callable[[int], LinkReport]


def suggest_links(suggest: Suggests, job: JobToDo) -> None:
    """Search for the job's workspace; a register that failed has the job asked for again."""
    report = suggest(job.workspace_id)
    if report.failed:
        raise TemporarySourceError("The company register does not answer.", code=report.failed)
