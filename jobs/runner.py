"""The border of all background work: logged, timed, caught with a reference, counted."""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from prometheus_client import Counter, Histogram

from bot.services.delivery.job_queue import JobQueue, JobToDo

log = structlog.get_logger()
RUNS = Counter("goodcop_jobs", "Background runs by kind and outcome.", ["kind", "outcome"])
SECONDS = Histogram("goodcop_job_seconds", "Seconds a background run took.", ["kind"])

Work = Callable[[JobToDo], None]


@dataclass(slots=True)
class Run:
    """One run; `error` names what stopped it, with the reference found in the log."""

    error: str = ""


@contextmanager
def border(kind: str, **facts: object) -> Iterator[Run]:
    """Let nothing out of the block: what is raised is logged with a reference and counted."""
    run, started = Run(), time.perf_counter()
    try:
        yield run
    except Exception as problem:
        reference = uuid.uuid4().hex[:8]
        run.error = f"{type(problem).__name__} (reference {reference})"
        log.exception("job_failed", kind=kind, reference=reference, **facts)
    RUNS.labels(kind, "failed" if run.error else "done").inc()
    SECONDS.labels(kind).observe(time.perf_counter() - started)


class Runner:
    """Does the jobs that are due, one after the other; a failing one is asked for again later."""

    def __init__(self, queue: JobQueue, work: Mapping[str, Work]) -> None:
        self._queue, self._work = queue, work

    def run_due(self, workspace_id: int) -> int:
        """Do every job that is due in a workspace; return how many were tried."""
        count = 0
        while (job := self._queue.take(workspace_id, list(self._work))) is not None:
            self._run(job)
            count += 1
        return count

    def _run(self, job: JobToDo) -> None:
        facts = {"workspace": job.workspace_id, "key": job.key, "attempt": job.attempts}
        with border(job.kind, **facts) as run:
            self._work[job.kind](job)
        if not run.error:
            self._queue.done(job)
            log.info("job_done", kind=job.kind, **facts)
        elif self._queue.failed(job, run.error) is None:
            log.error("job_given_up", kind=job.kind, error=run.error, **facts)
