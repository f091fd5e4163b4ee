"""The file for the lawyer: asked in Slack, made by a job that says how far it is, put in Slack."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import NotFound
from bot.domain.job_kinds import JobKind
from bot.domain.papers import PaperKind, PaperState
from bot.domain.told import Told
from bot.rendering import formats
from bot.services.case_files.gathering import STAGES, Case, zipped
from bot.services.delivery.job_queue import JobToDo
from bot.services.late_payment.service import late_payment
from bot.services.letters.sharing import place_of
from bot.services.letters.views import both_sides
from storage import client_files, events, jobs, messages, papers
from storage.papers import PaperLine
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class CaseFileService:
    """Makes the file of a client; each click and each job is safe twice."""

    database: Database
    clock: Callable[[], datetime]

    def ask(self, actor: Actor, client_id: int, *, key: str) -> int:
        """Have a client's file made; return its id. Raise `NotAllowed` unless finance asks."""
        allow(actor, Action.NOTICE)
        tenant, now = actor.workspace_id, self.clock()
        with self.database.write(interactive=True) as uow:
            session = uow.session
            known = papers.find_by_key(session, workspace_id=tenant, key=key)
            if known is not None:
                return known
            sides = both_sides(
                session, workspace_id=tenant, client_id=client_id, by_id=actor.person_id
            )
            reference = papers.next_reference(
                session, workspace_id=tenant, kind=PaperKind.CASE_FILE, year=now.year
            )
            made = papers.add_paper(
                session,
                workspace_id=tenant,
                key=key,
                kind=PaperKind.CASE_FILE,
                client_id=client_id,
                reference=reference,
                by_id=actor.person_id,
                at=now,
                language=sides.language,
                state=PaperState.ASKED.value,
                stages=len(STAGES),
            )
            if made is None:
                raise NotFound("This client is not known here.")
            _make_later(session, tenant, made, now)
            events.append(
                session,
                workspace_id=tenant,
                key=f"case_file:{made}",
                kind="case_file_asked",
                at=now,
                client_id=client_id,
                person_id=actor.person_id,
                source="slack" if actor.person_id else "cli",
                body={"to": reference},
            )
            _tell(session, tenant, made, client_id, now)
            uow.commit()
        return made

    def make_now(self, actor: Actor, client_id: int, *, key: str) -> tuple[str, bytes]:
        """Make a client's file at once; return its reference and the file."""
        tenant, paper_id = actor.workspace_id, self.ask(actor, client_id, key=key)
        self.make(
            JobToDo(tenant, 0, "", JobKind.CASE_FILE, self.clock(), 1, "", {"paper_id": paper_id})
        )
        with self.database.read() as uow:
            of_it = {"workspace_id": tenant, "id": paper_id}
            paper = papers.find_paper(uow.session, **of_it)
            return paper.reference if paper else "", papers.content_of(uow.session, **of_it)

    def make(self, job: JobToDo) -> None:
        """Make the file of a job, saying how far it is; then have it put into Slack."""
        tenant, paper_id = job.workspace_id, int(job.body["paper_id"])
        with self.database.read() as uow:
            paper = papers.find_paper(uow.session, workspace_id=tenant, id=paper_id)
        if paper is None or paper.state is not PaperState.ASKED:
            return
        content = self.content(
            tenant, paper, progress=lambda stage: self._say(tenant, paper, stage)
        )
        now = self.clock()
        with self.database.write() as uow:
            papers.change(
                uow.session,
                workspace_id=tenant,
                id=paper_id,
                content=content,
                state=PaperState.DRAFTED.value,
                stage=len(STAGES),
            )
            _tell(uow.session, tenant, paper_id, paper.client_id, now, version=2 + len(STAGES))
            jobs.add_job(
                uow.session,
                workspace_id=tenant,
                key=f"{JobKind.SHARE_PAPER}:{paper_id}",
                kind=JobKind.SHARE_PAPER,
                run_at=now,
                body={"paper_id": paper_id},
            )
            uow.commit()

    def content(
        self, tenant: int, paper: PaperLine, *, progress: Callable[[int], None] | None = None
    ) -> bytes:
        """Return the file of a client as a ZIP; `progress` is told each stage that is done."""
        with self.database.read() as uow:
            house = client_files.get_house(uow.session, workspace_id=tenant)
            today = self.clock().astimezone(ZoneInfo(house.time_zone)).date()
            case = self._case(uow.session, tenant, paper, today)
            pieces = []
            for stage, gather in enumerate(STAGES, start=1):
                pieces += gather(case)
                if progress is not None:
                    progress(stage)
            return zipped(case, paper.reference, formats.full_day(today, case.language), pieces)

    def _case(self, session: Session, tenant: int, paper: PaperLine, today: date) -> Case:
        found = late_payment(session, workspace_id=tenant, client_id=paper.client_id, until=today)
        if found is None:
            raise NotFound("This client is not known here.")
        sides = both_sides(
            session, workspace_id=tenant, client_id=paper.client_id, by_id=paper.by_id
        )
        return Case(session, tenant, paper.client_id, today, sides, found)

    def _say(self, tenant: int, paper: PaperLine, stage: int) -> None:
        with self.database.write() as uow:
            papers.change(uow.session, workspace_id=tenant, id=paper.id, stage=stage)
            now = self.clock()
            _tell(uow.session, tenant, paper.id, paper.client_id, now, version=1 + stage)
            uow.commit()


def _make_later(session: Session, tenant: int, paper_id: int, now: datetime) -> None:
    jobs.add_job(
        session,
        workspace_id=tenant,
        key=f"{JobKind.CASE_FILE}:{paper_id}",
        kind=JobKind.CASE_FILE,
        run_at=now,
        body={"paper_id": paper_id},
    )


def _tell(
    session: Session, tenant: int, paper_id: int, client_id: int, now: datetime, version: int = 1
) -> None:
    """Say where the file is: one message, edited."""
    place = place_of(session, tenant, client_id)
    messages.tell(
        session,
        workspace_id=tenant,
        kind=Told.CASE_FILE,
        subject=f"paper:{paper_id}",
        key=f"paper:{paper_id}:{version}",
        now=now,
        version=version,
        channel=place.channel,
        thread=place.thread if version == 1 else "",
        body={"paper_id": paper_id},
        method=messages.POST if version == 1 else messages.EDIT,
    )
