"""Turning alerts on from Slack: asked for in the click, done by a job, however large the books."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow, system
from bot.domain.job_kinds import JobKind
from bot.domain.told import Told
from bot.services.alerts.scan_report import ScanReport
from bot.services.alerts.service import AlertService
from bot.services.journal.writing import write_action
from storage import jobs, messages, scan_settings
from storage.jobs import JobToDo
from storage.unit_of_work import Database

EVERYONE = "everyone"


class ActivationService:
    """Asks for an activation at once, and carries it out later; both may be repeated."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._alerts = AlertService(database)

    def ask(self, actor: Actor, *, today: date, person_id: int | None = None) -> bool:
        """Ask once a day for everyone, or for one person; False when it was asked already.

        Raise `NotAllowed` unless the actor is finance or an administrator.
        """
        allow(actor, Action.ACTIVATE)
        whose = EVERYONE if person_id is None else str(person_id)
        with self._database.write(interactive=True) as uow:
            asked = jobs.add_job(
                uow.session,
                workspace_id=actor.workspace_id,
                key=f"{JobKind.ACTIVATE}:{whose}:{today}",
                kind=JobKind.ACTIVATE,
                run_at=self._clock(),
                body={"day": today.isoformat(), "person_id": person_id},
            )
            if asked:
                body = {"of_person_id": person_id}
                write_action(uow.session, actor, "activation_asked", self._clock(), body)
            uow.commit()
        return asked

    def carry_out(self, job: JobToDo) -> ScanReport:
        """Turn alerts on as the job says, then have the preview's message say so."""
        report = self._alerts.activate(
            system(job.workspace_id),
            today=date.fromisoformat(job.body["day"]),
            now=self._clock(),
            person_id=job.body["person_id"],
        )
        with self._database.write() as uow:
            tenant = job.workspace_id
            settings = scan_settings.get_settings(uow.session, workspace_id=tenant)
            messages.tell(
                uow.session,
                workspace_id=tenant,
                kind=Told.PREVIEW,
                subject="preview",
                key=f"preview:{job.key}",
                now=self._clock(),
                channel=settings.finance_channel,
                method=messages.EDIT,
            )
            uow.commit()
        return report
