"""Work to be done once, by any replica: keyed when asked for, leased while it runs."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlmodel import Session, col

from storage.once import insert_once
from storage.tables.queue import Job

TRIES = 6
_FIRST_DELAY = timedelta(seconds=30)
_LONGEST_DELAY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class JobToDo:
    """A job taken; `attempts` counts the present try, `taken_by` is new for each taking."""

    workspace_id: int
    id: int
    key: str
    kind: str
    run_at: datetime
    attempts: int
    taken_by: str
    body: dict[str, Any] = field(default_factory=dict)


def add_job(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    kind: str,
    run_at: datetime,
    body: dict[str, Any] | None = None,
) -> bool:
    """Ask for work once per `key`; return False when it was already asked for."""
    values = {
        "workspace_id": workspace_id,
        "key": key,
        "kind": kind,
        "run_at": run_at,
        "body": body or {},
    }
    return insert_once(session, Job, values) is not None


def has_job(session: Session, *, workspace_id: int, key: str) -> bool:
    """Say whether this work was ever asked for."""
    asked = select(col(Job.id)).where(col(Job.workspace_id) == workspace_id, col(Job.key) == key)
    return session.execute(asked).first() is not None


def take_jobs(
    session: Session,
    *,
    workspace_id: int,
    now: datetime,
    taken_by: str,
    lease: timedelta,
    kinds: Collection[str],
    limit: int = 1,
) -> list[JobToDo]:
    """Take jobs of these kinds whose time has come, oldest first, each by one process only.

    A job whose process died is taken again when its lease ends: jobs are safe to run twice.
    """
    chosen = (
        select(Job)
        .where(
            col(Job.workspace_id) == workspace_id,
            col(Job.done_at).is_(None),
            col(Job.run_at) <= now,
            col(Job.kind).in_(kinds),
            col(Job.attempts) < TRIES,
            or_(col(Job.taken_until).is_(None), col(Job.taken_until) < now),
        )
        .order_by(col(Job.run_at), col(Job.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    jobs = []
    for job in session.execute(chosen).scalars():
        job.attempts += 1
        job.taken_by, job.taken_until = taken_by, now + lease
        jobs.append(
            JobToDo(
                job.workspace_id,
                job.id,
                job.key,
                job.kind,
                job.run_at,
                job.attempts,
                taken_by,
                job.body,
            )
        )
    session.flush()
    return jobs


def is_due(session: Session, *, workspace_id: int, now: datetime) -> bool:
    """Say whether a job may be to do; a read that spares an idle write lock."""
    due = select(col(Job.id)).where(
        col(Job.workspace_id) == workspace_id,
        col(Job.done_at).is_(None),
        col(Job.run_at) <= now,
        col(Job.attempts) < TRIES,
    )
    return session.execute(due.limit(1)).first() is not None


def mark_done(session: Session, job: JobToDo, *, now: datetime) -> bool:
    """Say that the work is done; False when another process has the job by now."""
    return _settle(session, job, done_at=now, error="")


def mark_failed(session: Session, job: JobToDo, *, now: datetime, error: str) -> datetime | None:
    """Ask for another try later (30 s, doubling); None when that was the last one.

    A job given up keeps its error and stays visible through `count_failed`.
    """
    delay = min(_FIRST_DELAY * 2 ** (job.attempts - 1), _LONGEST_DELAY)
    _settle(session, job, run_at=now + delay, error=error)
    return now + delay if job.attempts < TRIES else None


def count_failed(session: Session, *, workspace_id: int) -> int:
    """Return how many jobs were given up."""
    counted = select(func.count()).where(
        col(Job.workspace_id) == workspace_id,
        col(Job.done_at).is_(None),
        col(Job.attempts) >= TRIES,
    )
    return session.scalar(counted.select_from(Job)) or 0


def _settle(session: Session, job: JobToDo, **values: object) -> bool:
    statement = (
        update(Job)
        .where(
            col(Job.workspace_id) == job.workspace_id,
            col(Job.id) == job.id,
            col(Job.taken_by) == job.taken_by,
            col(Job.done_at).is_(None),
        )
        .values(taken_by="", taken_until=None, **values)
    )
    return bool(session.connection().execute(statement).rowcount)
