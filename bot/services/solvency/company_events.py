"""After a bad event: finance decides whether to go on selling; the owner may stop at once."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.errors import NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.solvency.claim_deadlines import claim_deadline, retention_deadline
from bot.domain.solvency.claims import ClaimItem, split_at_opening
from bot.domain.solvency.dossier import Event
from bot.domain.solvency.requests import Course, check_resume, decide_course
from bot.rendering.company_event_views import CompanyEventView
from bot.rendering.views import SumView
from bot.services.follow_ups.views import person_view
from bot.services.journal.writing import write_action
from bot.services.solvency.event_news import tell_decided, tell_lifted
from bot.services.solvency.freezing import claim_items, may_retain, opening_of
from bot.services.solvency.ratings import rate_again
from bot.services.workspaces.working_days import day_of, is_outside_metropole
from storage import company_accounts, event_decisions, notices, watches
from storage.event_decisions import DecisionLine
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class CompanyEventService:
    """Shows what an event asks and takes the decision; a second one is told who came first."""

    database: Database
    clock: Callable[[], datetime]

    def view(self, actor: Actor, decision_id: int, *, today: date) -> CompanyEventView:
        """Return an event still to be decided; raise AlreadyHandled once it is, or NotFound."""
        with self.database.read() as work:
            line = _find(work.session, actor, decision_id)
            _check_open(work.session, actor.workspace_id, line)
            found = event_view(
                work.session,
                workspace_id=actor.workspace_id,
                decision_id=decision_id,
                today=today,
                now=self.clock(),
            )
        if found is None:
            raise NotFound("the notice was taken back")
        return replace(found, to_finance=actor.is_finance)

    def decide(
        self, actor: Actor, decision_id: int, course: Course, words: str, *, today: date
    ) -> None:
        """Record a decision and tell it; raise AlreadyHandled, NotAllowed or InvalidForm."""
        now, tenant = self.clock(), actor.workspace_id
        with self.database.write(interactive=True) as work:
            session = work.session
            line = _find(session, actor, decision_id)
            _check_open(session, tenant, line)
            said = decide_course(
                actor, course, words, owner_id=_owner_id(session, actor, line.siren)
            )
            event_decisions.decide(
                session,
                workspace_id=tenant,
                id=decision_id,
                course=course.value,
                words=said,
                by_id=actor.person_id,
                at=now,
            )
            day = day_of(session, workspace_id=tenant, now=now, today=today)
            tell_decided(session, tenant, decision_id, line.siren, day, now)
            body = {"decision_id": decision_id, "course": course.value}
            write_action(session, actor, "course_decided", now, body)
            work.commit()

    def resume(self, actor: Actor, siren: str, *, today: date) -> None:
        """Lift what was decided about a company and tell who was told; NotAllowed for others."""
        check_resume(actor)
        now, tenant = self.clock(), actor.workspace_id
        with self.database.write(interactive=True) as work:
            session = work.session
            line = event_decisions.find_latest_course(session, workspace_id=tenant, siren=siren)
            if line is None:
                return
            event_decisions.lift(
                session, workspace_id=tenant, siren=siren, by_id=actor.person_id, at=now
            )
            day = day_of(session, workspace_id=tenant, now=now, today=today)
            tell_lifted(session, tenant, line.id, siren, day, now)
            write_action(session, actor, "course_lifted", now, {"decision_id": line.id})
            work.commit()
        rate_again(self.database, tenant, siren, today, now)


def event_view(
    session: Session, *, workspace_id: int, decision_id: int, today: date, now: datetime
) -> CompanyEventView | None:
    """Return an event as it stands now; None once a correction took the notice back."""
    line = event_decisions.find_decision(session, workspace_id=workspace_id, id=decision_id)
    event = None if line is None else _event(session, workspace_id, line)
    if line is None or event is None:
        return None
    accounts = company_accounts.list_accounts(session, workspace_id=workspace_id, siren=line.siren)
    followers = watches.list_followers(session, workspace_id=workspace_id, siren=line.siren)
    owner_id = next((one.owner_id for one in accounts if one.owner_id), None)
    view = CompanyEventView(
        decision_id=decision_id,
        siren=line.siren,
        name=next((one.name for one in followers if one.name), line.siren),
        event=event,
        today=today,
        owner=person_view(session, workspace_id, owner_id),
        is_client=bool(accounts),
    )
    if line.course:
        view = replace(
            view,
            course=Course(line.course),
            words=line.words,
            decided_by=person_view(session, workspace_id, line.decided_by_id),
            decided_at=line.decided_at,
            lifted_by=person_view(session, workspace_id, line.lifted_by_id),
        )
    return _with_stakes(session, workspace_id, view, now)


def _with_stakes(
    session: Session, workspace_id: int, view: CompanyEventView, now: datetime
) -> CompanyEventView:
    """Add what is owed, and, while a proceeding is in force, each side of it and the deadlines."""
    items = claim_items(session, workspace_id, view.siren)
    view = replace(view, owed=_sums(items))
    opening = opening_of(session, workspace_id, view.siren)
    if opening is None:
        return view
    day = day_of(session, workspace_id=workspace_id, now=now, today=view.today)
    split = split_at_opening(items, opening.on or opening.published_on)
    published = opening.published_on
    return replace(
        view,
        before=_sums(split.before),
        after=_sums(split.after),
        claim_by=claim_deadline(
            published, day.calendar, outside_metropole=is_outside_metropole(day.policy)
        ),
        retention_by=retention_deadline(published, day.calendar) if may_retain(items) else None,
        is_frozen=view.is_client,
    )


def _sums(items: Iterable[ClaimItem]) -> tuple[SumView, ...]:
    sums: Counter[str] = Counter()
    for item in items:
        sums[item.currency] += item.open_minor
    return tuple(SumView(minor, currency) for currency, minor in sorted(sums.items()) if minor)


def _event(session: Session, workspace_id: int, line: DecisionLine) -> Event | None:
    events = notices.list_events(session, workspace_id=workspace_id, sirens=(line.siren,))
    return next((event for event in events if event.notice_id == line.notice_id), None)


def _find(session: Session, actor: Actor, decision_id: int) -> DecisionLine:
    line = event_decisions.find_decision(session, workspace_id=actor.workspace_id, id=decision_id)
    if line is None:
        raise NotFound("no such question")
    return line


def _check_open(session: Session, workspace_id: int, line: DecisionLine) -> None:
    if not line.course:
        return
    person = person_view(session, workspace_id, line.decided_by_id)
    at = line.decided_at.isoformat() if line.decided_at else ""
    raise AlreadyHandled(person.name if person else "goodcop", at)


def _owner_id(session: Session, actor: Actor, siren: str) -> int | None:
    """Return the actor among the owners of the company's accounts, else the first of these."""
    accounts = company_accounts.list_accounts(session, workspace_id=actor.workspace_id, siren=siren)
    owners = [one.owner_id for one in accounts if one.owner_id is not None]
    mine = [id for id in owners if id in actor.owners]
    return next(iter(mine or owners), None)
