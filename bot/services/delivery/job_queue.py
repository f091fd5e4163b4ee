"""The queue of work to be done once: asked for by the clock or a handler, taken by any replica."""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from storage import jobs
from storage.jobs import JobToDo
from storage.timetables import Timetable, list_timetables
from storage.unit_of_work import Database

__all__ = ["JobQueue", "JobToDo", "Timetable"]

LEASE = timedelta(minutes=10)


class JobQueue:
    """Adds, gives and settles jobs; each call is one unit of work."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def timetables(self) -> Sequence[Timetable]:
        """Return every workspace's hours and its people's time zones."""
        with self._database.read() as uow:
            return list_timetables(uow.session)

    def add(
        self,
        workspace_id: int,
        *,
        key: str,
        kind: str,
        run_at: datetime,
        body: dict[str, str] | None = None,
    ) -> bool:
        """Ask for work once per key; False when it was already asked for."""
        with self._database.read() as uow:
            if jobs.has_job(uow.session, workspace_id=workspace_id, key=key):
                return False
        with self._database.write() as uow:
            added = jobs.add_job(
                uow.session,
                workspace_id=workspace_id,
                key=key,
                kind=kind,
                run_at=run_at,
                body=dict(body or {}),
            )
            uow.commit()
        return added

    def take(self, workspace_id: int, kinds: Collection[str]) -> JobToDo | None:
        """Take the oldest job of these kinds whose time has come."""
        now = self._clock()
        with self._database.read() as uow:
            if not jobs.is_due(uow.session, workspace_id=workspace_id, now=now):
                return None
        with self._database.write() as uow:
            taken = jobs.take_jobs(
                uow.session,
                workspace_id=workspace_id,
                now=now,
                taken_by=uuid.uuid4().hex,
                lease=LEASE,
                kinds=kinds,
            )
            uow.commit()
        return taken[0] if taken else None

    def done(self, job: JobToDo) -> None:
        """Say that the work is done."""
        with self._database.write() as uow:
            jobs.mark_done(uow.session, job, now=self._clock())
            uow.commit()

    def failed(self, job: JobToDo, error: str) -> datetime | None:
        """Ask for another try; return when, or None when the job is given up."""
        with self._database.write() as uow:
            again_at = jobs.mark_failed(uow.session, job, now=self._clock(), error=error)
            uow.commit()
        return again_at
