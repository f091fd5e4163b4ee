"""The job that looks clients up: a register that failed is asked again, by a later try."""

from dataclasses import dataclass

import pytest

from bot.domain.errors import TemporarySourceError
from bot.services.delivery.job_queue import JobToDo
from jobs.suggest_links import suggest_links
from tests.follow_up_rows import AT_TEN


@dataclass
class Report:
    """What a night told."""

    failed: str = ""


def a_job() -> JobToDo:
    return JobToDo(1, 2, "k", "suggest_links", AT_TEN, 1, "me", {"day": "2026-11-24"})


def test_the_jobs_workspace_is_searched() -> None:
    searched: list[int] = []

    def suggest(workspace_id: int) -> Report:
        searched.append(workspace_id)
        return Report()

    suggest_links(suggest, a_job())
    assert searched == [1]


def test_a_register_that_failed_fails_the_job() -> None:
    with pytest.raises(TemporarySourceError):
        suggest_links(lambda _workspace: Report("down"), a_job())
