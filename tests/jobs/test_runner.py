"""The runner: done once, tried again after a failure, nothing let out."""

import pytest

from bot.services.delivery.job_queue import JobQueue, JobToDo
from jobs.runner import RUNS, Runner
from storage import jobs
from storage.unit_of_work import Database
from tests.delivery.stage import MovedClock
from tests.storage.queue_rows import NOW, OTHER, WORKSPACE, two_workspaces


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def queue(database: Database, clock: MovedClock) -> JobQueue:
    two_workspaces(database)
    queue = JobQueue(database, clock)
    queue.add(WORKSPACE, key="a", kind="work", run_at=NOW, body={"day": "2026-11-24"})
    return queue


def test_a_due_job_is_done_once(queue: JobQueue) -> None:
    done: list[str] = []
    runner = Runner(queue, {"work": lambda job: done.append(job.key)})
    runner.run_due(WORKSPACE)
    runner.run_due(WORKSPACE)
    assert done == ["a"]


def test_a_job_of_another_workspace_is_left_alone(queue: JobQueue) -> None:
    done: list[str] = []
    assert Runner(queue, {"work": lambda job: done.append(job.key)}).run_due(OTHER) == 0


def test_a_failing_job_is_tried_again_later_and_the_others_run(
    queue: JobQueue, clock: MovedClock
) -> None:
    tried: list[str] = []

    def work(job: JobToDo) -> None:
        tried.append(job.key)
        if job.key == "a" and job.attempts == 1:
            raise RuntimeError("first time")

    queue.add(WORKSPACE, key="b", kind="work", run_at=NOW)
    runner = Runner(queue, {"work": work})
    runner.run_due(WORKSPACE)
    assert tried == ["a", "b"]
    clock.forward(seconds=31)
    runner.run_due(WORKSPACE)
    assert tried == ["a", "b", "a"]


def test_a_job_that_keeps_failing_is_given_up_visibly(
    database: Database, queue: JobQueue, clock: MovedClock
) -> None:
    def work(job: JobToDo) -> None:
        raise RuntimeError("always")

    runner = Runner(queue, {"work": work})
    for _ in range(2 * jobs.TRIES):
        runner.run_due(WORKSPACE)
        clock.forward(hours=1)
    with database.read() as uow:
        assert jobs.count_failed(uow.session, workspace_id=WORKSPACE) == 1


def test_runs_are_counted_by_kind_and_outcome(queue: JobQueue) -> None:
    before = RUNS.labels("work", "done")._value.get()
    Runner(queue, {"work": lambda job: None}).run_due(WORKSPACE)
    assert RUNS.labels("work", "done")._value.get() == before + 1
