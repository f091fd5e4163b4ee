"""Formal notices and statements: made from the books, kept, put into Slack, posted, received."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import NotFound, TryAgain
from bot.domain.job_kinds import JobKind
from bot.domain.papers import check_deadline, next_state
from bot.services.letters.drafting import Drafted, draft_notice, draft_statement
from bot.services.workspaces.working_days import day_of
from storage import events, jobs, papers
from storage.papers import PaperLine
from storage.sessions import Session
from storage.unit_of_work import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class LetterService:
    """Makes letters for finance; each click is safe twice."""

    database: Database
    clock: Callable[[], datetime]

    def make_notice(
        self,
        actor: Actor,
        client_id: int,
        *,
        deadline: date | None,
        with_interest: bool,
        key: str,
        today: date | None = None,
    ) -> int:
        """Make a formal notice and have it put into Slack; return its id.

        Raise `NotAllowed` unless finance asks, `InvalidInput` naming `deadline` or
        `with_interest` (a half-year's rate is missing), `Conflict` when nothing may be asked.
        """
        allow(actor, Action.NOTICE)

        def draft(session: Session, today: date) -> Drafted:
            last = check_deadline(deadline, today)
            return draft_notice(session, actor, client_id, today, last, with_interest=with_interest)

        return self._make(actor, client_id, draft, key=key, today=today)

    def make_statement(
        self, actor: Actor, client_id: int, *, key: str, today: date | None = None
    ) -> int:
        """Make a statement of account and have it put into Slack; return its id."""
        allow(actor, Action.NOTICE)

        def draft(session: Session, today: date) -> Drafted:
            return draft_statement(session, actor, client_id, today)

        return self._make(actor, client_id, draft, key=key, today=today)

    def record_post(
        self,
        actor: Actor,
        paper_id: int,
        *,
        posted_on: date | None,
        tracking: str,
        received_on: date | None,
        came_back: bool = False,
        key: str,
    ) -> None:
        """Take down when a notice was posted, by which number, when it was received or came back.

        Raise `InvalidInput` naming `posted_on` or `received_on`, `NotFound` for no such letter.
        """
        allow(actor, Action.NOTICE)
        tenant, now = actor.workspace_id, self.clock()
        with self.database.write(interactive=True) as uow:
            paper = papers.find_paper(uow.session, workspace_id=tenant, id=paper_id)
            if paper is None:
                raise NotFound("There is no such letter.")
            state = next_state(paper.kind, posted_on, received_on, came_back=came_back)
            papers.change(
                uow.session,
                workspace_id=tenant,
                id=paper_id,
                state=state.value,
                posted_on=posted_on,
                received_on=received_on,
                tracking=" ".join(tracking.split())[:60],
            )
            kind = f"letter_{state.value}"
            _remember(uow, actor, paper.client_id, kind, key, now, paper.reference)
            uow.commit()

    def list_papers(self, actor: Actor, client_id: int) -> list[PaperLine]:
        """Return a client's documents, newest first; for finance."""
        allow(actor, Action.NOTICE)
        with self.database.read() as uow:
            return papers.list_of_client(
                uow.session, workspace_id=actor.workspace_id, client_id=client_id
            )

    def content(self, actor: Actor, paper_id: int) -> bytes:
        """Return a document's file; raise `NotFound` when there is none."""
        allow(actor, Action.NOTICE)
        with self.database.read() as uow:
            of_it = {"workspace_id": actor.workspace_id, "id": paper_id}
            if papers.find_paper(uow.session, **of_it) is None:
                raise NotFound("There is no such letter.")
            return papers.content_of(uow.session, **of_it)

    def _make(
        self,
        actor: Actor,
        client_id: int,
        draft: Callable[[Session, date], Drafted],
        *,
        key: str,
        today: date | None,
    ) -> int:
        """Keep a letter once per `key` and have it put into Slack; return its id."""
        tenant, now = actor.workspace_id, self.clock()
        with self.database.write() as uow:
            known = papers.find_by_key(uow.session, workspace_id=tenant, key=key)
            if known is not None:
                return known
            day = day_of(uow.session, workspace_id=tenant, now=now, today=today).today
            drafted = draft(uow.session, day)
            made = papers.add_paper(
                uow.session,
                workspace_id=tenant,
                key=key,
                client_id=client_id,
                by_id=actor.person_id,
                at=now,
                **drafted.values,
            )
            if made is None:  # somebody else's letter took the reference meanwhile
                raise TryAgain("not_saved")
            jobs.add_job(
                uow.session,
                workspace_id=tenant,
                key=f"{JobKind.SHARE_PAPER}:{made}",
                kind=JobKind.SHARE_PAPER,
                run_at=now,
                body={"paper_id": made},
            )
            _remember(uow, actor, client_id, "letter_made", f"paper:{made}", now, drafted.reference)
            uow.commit()
            return made


def _remember(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    kind: str,
    key: str,
    now: datetime,
    reference: str,
) -> None:
    events.append(
        uow.session,
        workspace_id=actor.workspace_id,
        key=f"{kind}:{key}",
        kind=kind,
        at=now,
        client_id=client_id,
        person_id=actor.person_id,
        source="slack" if actor.person_id else "cli",
        body={"to": reference},
    )
