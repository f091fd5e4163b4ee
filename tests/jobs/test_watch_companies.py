"""The job of the nightly watch: a source that failed is asked again, by a later try."""

from dataclasses import dataclass
from datetime import date

import pytest

from bot.domain.errors import TemporarySourceError
from bot.services.delivery.job_queue import JobToDo
from jobs.watch_companies import watch_companies
from tests.follow_up_rows import AT_TEN


@dataclass
class Report:
    """What a run told."""

    failed: str = ""


def a_job() -> JobToDo:
    return JobToDo(1, 2, "k", "watch_companies", AT_TEN, 1, "me", {"day": "2026-11-24"})


def test_the_day_the_job_names_is_watched() -> None:
    days: list[tuple[int, date]] = []

    def watch(workspace_id: int, day: date) -> Report:
        days.append((workspace_id, day))
        return Report()

    watch_companies(watch, a_job())
    assert days == [(1, date(2026, 11, 24))]


def test_a_source_that_failed_fails_the_job() -> None:
    with pytest.raises(TemporarySourceError):
        watch_companies(lambda _workspace, _day: Report("down"), a_job())
