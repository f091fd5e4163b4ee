"""Each morning: judge the promises whose date has passed, see the credit notes that arrived."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from bot.services.delivery.job_queue import JobToDo


class Promises(Protocol):
    """The follow-up service, as this job sees it."""

    def judge_promises(self, workspace_id: int, today: date, now: datetime) -> object:
        """Mark promises kept or broken on `today`."""

    def take_credit_notes(self, workspace_id: int, today: date, now: datetime) -> object:
        """End what waited for a credit note that is in the books."""


class Matches(Protocol):
    """The bank service, as this job sees it."""

    def match(self, workspace_id: int, today: date) -> object:
        """Look at the bank's new movements."""


class Offers(Protocol):
    """The offers to give fees up, as this job sees them."""

    def judge(self, workspace_id: int, today: date) -> object:
        """End the offers that were taken up, or too late."""


def check_promises(
    promises: Promises,
    clock: Callable[[], datetime],
    job: JobToDo,
    *,
    bank: Matches | None = None,
    offers: Offers | None = None,
) -> None:
    """Judge promises on the day the job names, with what the bank showed by then."""
    today = date.fromisoformat(str(job.body["day"]))
    if bank is not None:
        bank.match(job.workspace_id, today)
    promises.judge_promises(job.workspace_id, today, clock())
    promises.take_credit_notes(job.workspace_id, today, clock())
    if offers is not None:
        offers.judge(job.workspace_id, today)
