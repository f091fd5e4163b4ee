"""Jobs: asked for once, taken by one, tried again a few times, never lost with a process."""

from datetime import datetime, timedelta

import pytest

from storage import jobs
from storage.jobs import JobToDo
from storage.unit_of_work import Database
from tests.storage.queue_rows import NOW, OTHER, WORKSPACE, two_workspaces


@pytest.fixture(autouse=True)
def _tenants(database: Database) -> None:
    two_workspaces(database)


def ask(database: Database, key: str, run_at: datetime = NOW) -> bool:
    with database.write() as uow:
        added = jobs.add_job(
            uow.session, workspace_id=WORKSPACE, key=key, kind="scan", run_at=run_at
        )
        uow.commit()
    return added


def take(
    database: Database,
    *,
    now: datetime = NOW,
    taken_by: str = "one",
    workspace_id: int = WORKSPACE,
    kind: str = "scan",
) -> list[JobToDo]:
    with database.write() as uow:
        found = jobs.take_jobs(
            uow.session,
            workspace_id=workspace_id,
            now=now,
            taken_by=taken_by,
            lease=timedelta(minutes=5),
            kinds=[kind],
            limit=10,
        )
        uow.commit()
    return found


def test_a_job_is_added_once_per_key(database: Database) -> None:
    assert ask(database, "scan:2026-11-24")
    assert not ask(database, "scan:2026-11-24")


def test_a_job_is_taken_by_one(database: Database) -> None:
    ask(database, "a")
    assert [job.key for job in take(database)] == ["a"]
    assert take(database, taken_by="two") == []


def test_a_job_waits_for_its_time_and_its_kind(database: Database) -> None:
    ask(database, "a", run_at=NOW + timedelta(hours=1))
    assert take(database) == []
    assert take(database, now=NOW + timedelta(hours=1), kind="digest") == []


def test_a_job_done_is_not_taken_again(database: Database) -> None:
    ask(database, "a")
    [job] = take(database)
    with database.write() as uow:
        assert jobs.mark_done(uow.session, job, now=NOW)
        uow.commit()
    assert take(database, now=NOW + timedelta(days=1)) == []


def test_a_job_whose_process_died_is_taken_again(database: Database) -> None:
    ask(database, "a")
    take(database)
    [again] = take(database, now=NOW + timedelta(minutes=6), taken_by="two")
    assert again.attempts == 2


def test_the_first_holder_cannot_settle_a_job_taken_since(database: Database) -> None:
    ask(database, "a")
    [first] = take(database)
    take(database, now=NOW + timedelta(minutes=6), taken_by="two")
    with database.write() as uow:
        assert not jobs.mark_done(uow.session, first, now=NOW)


def test_a_failing_job_is_tried_a_few_times_then_given_up(database: Database) -> None:
    ask(database, "a")
    at: datetime | None = NOW
    tries = 0
    while at is not None:
        [job] = take(database, now=at)
        tries += 1
        with database.write() as uow:
            at = jobs.mark_failed(uow.session, job, now=at, error="boom")
            uow.commit()
    assert tries == jobs.TRIES
    with database.read() as uow:
        assert jobs.count_failed(uow.session, workspace_id=WORKSPACE) == 1


def test_another_workspace_finds_nothing(database: Database) -> None:
    ask(database, "a")
    assert take(database, workspace_id=OTHER) == []
    with database.read() as uow:
        assert not jobs.has_job(uow.session, workspace_id=OTHER, key="a")
        assert jobs.has_job(uow.session, workspace_id=WORKSPACE, key="a")
        assert jobs.count_failed(uow.session, workspace_id=OTHER) == 0
