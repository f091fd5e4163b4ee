"""A list of companies sent in Slack: taken at once, fetched and rated by a job, told to its sender.

Each step is safe twice: a list is taken once per submission, its job may run again after a kill.
"""

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import GoodcopError, InvalidInput, NotAllowed, TemporarySourceError
from bot.domain.job_kinds import JobKind
from bot.domain.told import Told
from bot.outlets.slack_files import SlackFile
from bot.services.delivery.job_queue import JobToDo
from bot.services.journal.writing import write_action
from bot.services.solvency.prospect_report import ProspectReport
from bot.services.solvency.prospects import ProspectService
from storage import jobs, messages, people, prospect_lists
from storage.prospect_lists import SentList
from storage.sessions import Session
from storage.unit_of_work import Database

Fetch = Callable[[int, str], SlackFile]
KINDS = ("csv", "xlsx")
_SHARES_TOLD = 4  # how often progress is said


@dataclass(frozen=True, slots=True)
class SentListService:
    """Takes lists from people and has them rated."""

    database: Database
    clock: Callable[[], datetime]
    prospects: ProspectService

    def take(self, actor: Actor, *, file_id: str, file_name: str, key: str) -> None:
        """Take a list of somebody with a role; raise InvalidInput for another kind of file."""
        if not actor.roles or actor.person_id is None:
            raise NotAllowed("not_allowed")
        if Path(file_name).suffix.lower().lstrip(".") not in KINDS:
            raise InvalidInput("Send a CSV or XLSX file.", field="prospect_file")
        tenant, now = actor.workspace_id, self.clock()
        with self.database.write(interactive=True) as work:
            id = prospect_lists.add_list(
                work.session,
                workspace_id=tenant,
                key=key,
                person_id=actor.person_id,
                file_id=file_id,
                file_name=Path(file_name).name[:120],
                now=now,
            )
            if id is None:
                return
            write_action(work.session, actor, "prospect_list_sent", now, {"list_id": id})
            jobs.add_job(
                work.session,
                workspace_id=tenant,
                key=f"rate_list:{id}",
                kind=JobKind.RATE_LIST.value,
                run_at=now,
                body={"list_id": str(id)},
            )
            _tell(work.session, tenant, id, actor.person_id, now)
            work.commit()

    def rate(self, job: JobToDo, fetch: Fetch) -> None:
        """Fetch and rate the list of a job; what cannot be used is told to who sent it.

        Raises TemporarySourceError while Slack may still give the file.
        """
        tenant, id = job.workspace_id, int(job.body["list_id"])
        with self.database.read() as work:
            sent = prospect_lists.find_list(work.session, workspace_id=tenant, id=id)
        if sent is None or sent.outcome or sent.refusal:
            return
        try:
            report = self._rated(tenant, sent, fetch)
        except TemporarySourceError as silence:
            if job.attempts < jobs.TRIES:
                raise
            self._finish(tenant, sent, refusal=silence.message)
        except GoodcopError as refusal:
            self._finish(tenant, sent, refusal=refusal.message)
        else:
            self._finish(tenant, sent, report)

    def _rated(self, tenant: int, sent: SentList, fetch: Fetch) -> ProspectReport:
        actor = self._actor(tenant, sent.person_id)
        today = self.clock().astimezone(ZoneInfo(actor.time_zone)).date()
        file = fetch(tenant, sent.file_id)
        told = 0

        def progress(done: int, total: int) -> None:
            nonlocal told
            share = done * _SHARES_TOLD // total
            if share > told:
                told = share
                self._say_progress(tenant, sent, done, total, share)

        with tempfile.TemporaryDirectory(prefix="goodcop-") as folder:
            path = Path(folder) / f"list{Path(sent.file_name).suffix.lower()}"
            path.write_bytes(file.content)
            return self.prospects.rate_file(tenant, path, today=today, progress=progress, by=actor)

    def _actor(self, tenant: int, person_id: int) -> Actor:
        with self.database.read() as work:
            everybody = people.list_people(work.session, workspace_id=tenant)
            slack_id = next((one.slack_user_id for one in everybody if one.id == person_id), "")
            actor = people.find_actor(
                work.session,
                workspace_id=tenant,
                slack_user_id=slack_id or "",
                today=self.clock().date(),
            )
        if actor is None or not actor.roles:
            raise NotAllowed("not_allowed")
        return actor

    def _say_progress(self, tenant: int, sent: SentList, done: int, total: int, share: int) -> None:
        with self.database.write() as work:
            prospect_lists.set_progress(
                work.session, workspace_id=tenant, id=sent.id, done=done, total=total
            )
            _tell(work.session, tenant, sent.id, sent.person_id, self.clock(), version=1 + share)
            work.commit()

    def _finish(
        self,
        tenant: int,
        sent: SentList,
        report: ProspectReport | None = None,
        *,
        refusal: str = "",
    ) -> None:
        now, of_list = self.clock(), {"workspace_id": tenant, "id": sent.id}
        with self.database.write() as work:
            session = work.session
            if report is None:
                prospect_lists.set_refusal(session, **of_list, why=refusal, now=now)
            else:
                prospect_lists.set_outcome(session, **of_list, outcome=_outcome(report), now=now)
            messages.tell(
                session,
                workspace_id=tenant,
                kind=Told.SENT_LIST_RATED,
                subject=f"sent_list:{sent.id}",
                key=f"sent_list_rated:{sent.id}",
                now=now,
                person_id=sent.person_id,
                body={"list_id": sent.id},
            )
            work.commit()


def _tell(
    session: Session, tenant: int, id: int, person_id: int, now: datetime, *, version: int = 1
) -> None:
    messages.tell(
        session,
        workspace_id=tenant,
        kind=Told.SENT_LIST,
        subject=f"sent_list:{id}",
        key=f"sent_list:{id}:{version}",
        now=now,
        version=version,
        person_id=person_id,
        body={"list_id": id},
        method=messages.POST if version == 1 else messages.EDIT,
    )


def _outcome(report: ProspectReport) -> dict[str, object]:
    """Return what is kept of a report: who was rated, what a person has to choose or mend."""
    return {
        "sirens": [one.rated.siren for one in report.prospects],
        "choices": [
            {
                "line": one.row.line,
                "name": one.row.name,
                "answered": one.register_answered,
                "candidates": [[c.siren, c.name, c.town] for c in one.candidates[:3]],
            }
            for one in report.choices
        ],
        "rejected": [asdict(row) for row in report.rejected],
    }
