"""A question to finance about a sale, with everything both saw; and finance's dated answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.actors import Actor, system
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.lifecycle import SolvencyRequestState
from bot.domain.solvency import requests as rules
from bot.domain.solvency.offers import most_terms_days
from bot.domain.solvency.requests import AskForm, GrantForm
from bot.domain.told import Told
from bot.rendering.solvency_views import CompanyFormView, SolvencyRequestView, SolvencyView
from bot.services.follow_ups.views import person_view
from bot.services.journal.writing import write_action
from bot.services.solvency.assessing import kept_card, solvency_policy
from bot.services.solvency.kept_dossiers import kept_dossier
from bot.services.solvency.targets import company_name, of_siren
from bot.services.workspaces.working_days import Day, day_of
from storage import messages, solvency_requests
from storage.sessions import Session
from storage.solvency_requests import Answer, RequestLine
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class RequestService:
    """Opens requests and takes finance's answers; the same answer twice changes nothing."""

    database: Database
    clock: Callable[[], datetime]

    def ask(self, actor: Actor, siren: str, form: AskForm, *, key: str, today: date) -> int:
        """Ask finance about a company; once per `key`. Return the request's id."""
        if not actor.roles:
            raise NotAllowed("not_allowed")
        asked, tenant, now = rules.check_ask(form), actor.workspace_id, self.clock()
        with self.database.write(interactive=True) as work:
            session = work.session
            card = kept_card(session, actor, siren, asked.order_minor, today, now)
            made = solvency_requests.add_request(
                session,
                workspace_id=tenant,
                key=key,
                siren=siren,
                name=card.name,
                client_id=of_siren(session, tenant, siren).client_id,
                by_id=actor.person_id,
                order_minor=asked.order_minor or 0,
                currency=card.assessment.currency,
                question=asked.question,
                shown=_shown(card),
                at=now,
            )
            if made is None:
                found = solvency_requests.find_request(session, workspace_id=tenant, key=key)
                return found.id if found else 0
            day = day_of(session, workspace_id=tenant, now=now, today=today)
            _tell_finance(session, tenant, made, day, now)
            write_action(session, actor, "solvency_asked", now, {"request_id": made})
            work.commit()
            return made

    def form(
        self, actor: Actor, siren: str, order_minor: int | None, *, today: date
    ) -> CompanyFormView:
        """Return what a form about a company starts from; flags end as late as the rules allow."""
        with self.database.read() as work:
            policy = solvency_policy(work.session, actor.workspace_id)
            target = of_siren(work.session, actor.workspace_id, siren)
            company = kept_dossier(work.session, actor.workspace_id, siren, self.clock()).company
        until = today + timedelta(days=policy.flag_days)
        return CompanyFormView(
            siren, company_name(target, company), policy.currency, order_minor, until
        )

    def view(self, actor: Actor, request_id: int, *, today: date) -> SolvencyRequestView:
        """Return a request as it stands, for the form that answers it."""
        with self.database.read() as work:
            found = request_view(
                work.session,
                workspace_id=actor.workspace_id,
                request_id=request_id,
                today=today,
                now=self.clock(),
            )
        if found is None:
            raise NotFound("no such request")
        return found

    def grant(self, actor: Actor, request_id: int, form: GrantForm, *, today: date) -> None:
        """Say yes: how much, on what terms, until when, on what condition."""
        now = self.clock()
        with self.database.write(interactive=True) as work:
            line = _find(work.session, actor, request_id)
            policy = solvency_policy(work.session, actor.workspace_id)
            dossier = kept_dossier(work.session, actor.workspace_id, line.siren, now)
            given = rules.grant(
                line.state,
                actor,
                form,
                policy,
                today,
                most_terms_days=most_terms_days(dossier),
            )
            answer = Answer(
                SolvencyRequestState.GRANTED,
                given.condition,
                given.granted_minor,
                str(given.terms_days),
                given.until,
            )
            self._decide(work.session, actor, line, answer, today, now)
            work.commit()

    def refuse(self, actor: Actor, request_id: int, reason: str, *, today: date) -> None:
        """Say no, and why."""
        now = self.clock()
        with self.database.write(interactive=True) as work:
            line = _find(work.session, actor, request_id)
            said = rules.refuse(line.state, actor, reason)
            answer = Answer(SolvencyRequestState.REFUSED, said)
            self._decide(work.session, actor, line, answer, today, now)
            work.commit()

    def withdraw(self, actor: Actor, request_id: int, *, today: date) -> None:
        """Take a question back, as who asked it or as finance; finance's message says so."""
        tenant, now = actor.workspace_id, self.clock()
        with self.database.write(interactive=True) as work:
            line = _find(work.session, actor, request_id)
            solvency_requests.answer_request(
                work.session,
                workspace_id=tenant,
                id=line.id,
                answer=Answer(rules.withdraw(line.state, actor, line.by_id), ""),
                by_id=actor.person_id,
                at=now,
            )
            day = day_of(work.session, workspace_id=tenant, now=now, today=today)
            _tell_changed(work.session, tenant, line.id, 2, day, now)
            write_action(work.session, actor, "solvency_withdrawn", now, {"request_id": line.id})
            work.commit()

    def expire(self, workspace_id: int, today: date) -> int:
        """Mark the grants that are over and have their messages say so; return how many."""
        now = self.clock()
        with self.database.write() as work:
            over = solvency_requests.expire_grants(
                work.session, workspace_id=workspace_id, today=today
            )
            day = day_of(work.session, workspace_id=workspace_id, now=now, today=today)
            for id in over:
                _tell_changed(work.session, workspace_id, id, 3, day, now)
            work.commit()
        return len(over)

    def _decide(
        self,
        session: Session,
        actor: Actor,
        line: RequestLine,
        answer: Answer,
        today: date,
        now: datetime,
    ) -> None:
        """Record the decision; the finance message is edited and who asked is told."""
        tenant = actor.workspace_id
        solvency_requests.answer_request(
            session, workspace_id=tenant, id=line.id, answer=answer, by_id=actor.person_id, at=now
        )
        day = day_of(session, workspace_id=tenant, now=now, today=today)
        write_action(session, actor, f"solvency_{answer.state}", now, {"request_id": line.id})
        _tell_changed(session, tenant, line.id, 2, day, now)
        messages.tell(
            session,
            workspace_id=tenant,
            kind=Told.SOLVENCY_ANSWER,
            subject=f"solvency_answer:{line.id}",
            key=f"solvency_answer:{line.id}",
            now=now,
            person_id=line.by_id,
            body={"request_id": line.id},
        )


def request_view(
    session: Session, *, workspace_id: int, request_id: int, today: date, now: datetime
) -> SolvencyRequestView | None:
    """Return a request with the company's card as it stands now."""
    line = solvency_requests.get_request(session, workspace_id=workspace_id, id=request_id)
    if line is None:
        return None
    order = line.order_minor or None
    card = kept_card(session, system(workspace_id), line.siren, order, today, now)
    return SolvencyRequestView(
        request_id=line.id,
        siren=line.siren,
        name=line.name,
        by=person_view(session, workspace_id, line.by_id),
        order_minor=line.order_minor,
        currency=line.currency,
        question=line.question,
        state=rules.state_on(line.state, line.valid_until, today),
        asked_at=line.asked_at,
        today=today,
        card=card,
        decided_by=person_view(session, workspace_id, line.decided_by_id)
        if line.decided_at
        else None,
        decided_at=line.decided_at,
        granted_minor=line.granted_minor,
        terms_days=int(line.terms) if line.terms.isdigit() else 0,
        valid_until=line.valid_until,
        words=line.words,
    )


def note_posted(
    session: Session, *, workspace_id: int, request_id: int, channel: str, ts: str
) -> None:
    """Remember where a request was posted (delivery calls it in its own commit)."""
    solvency_requests.mark_posted(
        session, workspace_id=workspace_id, id=request_id, channel=channel, ts=ts
    )


def _shown(card: SolvencyView) -> dict[str, object]:
    """Return what both saw when the question was asked, for the record."""
    found = card.assessment
    return {
        "verdict": found.verdict.value,
        "rating": found.rating.value,
        "confidence": found.confidence,
        "limit_minor": found.limit.minor,
        "exposure_minor": found.exposure_minor,
        "alarms": [alarm.rule.value for alarm in found.alarms],
    }


def _find(session: Session, actor: Actor, request_id: int) -> RequestLine:
    line = solvency_requests.get_request(session, workspace_id=actor.workspace_id, id=request_id)
    if line is None:
        raise NotFound("no such request")
    return line


def _tell_finance(session: Session, tenant: int, request_id: int, day: Day, now: datetime) -> None:
    subject = f"solvency_request:{request_id}"
    messages.tell(
        session,
        workspace_id=tenant,
        kind=Told.SOLVENCY_REQUEST,
        subject=subject,
        key=subject,
        now=now,
        channel=day.house.finance_channel,
        body={"request_id": request_id},
    )


def _tell_changed(
    session: Session, tenant: int, request_id: int, version: int, day: Day, now: datetime
) -> None:
    subject = f"solvency_request:{request_id}"
    messages.tell(
        session,
        workspace_id=tenant,
        kind=Told.SOLVENCY_REQUEST,
        subject=subject,
        key=f"{subject}:edit:{version}",
        now=now,
        version=version,
        channel=day.house.finance_channel,
        body={"request_id": request_id},
        method=messages.EDIT,
    )
