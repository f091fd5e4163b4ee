"""Giving a client's file to finance, and finance's answers: a transfer with acceptance."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.escalation import ANSWER_DAYS, may_offer
from bot.domain.follow_ups import TEXT_MAX, AlreadyHandled
from bot.domain.lifecycle import AlertState, HandoverState
from bot.domain.window import Window
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import (
    tell_alert_changed,
    tell_handover_changed,
    write_event,
)
from bot.services.handovers.offers import offer
from bot.services.handovers.reminders import ClockReport, remind
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, handovers
from storage.client_files import AlertTurn
from storage.handovers import HandoverLine
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Where a handover stands after a click; the same answer when it is clicked twice."""

    handover_id: int
    alert_id: int
    client: str
    state: HandoverState


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer being given to a handover; its alert is locked."""

    session: Session
    actor: Actor
    handover: HandoverLine
    alert: AlertTurn
    day: Day
    now: datetime


class HandoverService:
    """Offers files to finance and takes its answers; stale clicks are told who and when."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def offer(self, actor: Actor, alert_id: int, opinion: str, key: str) -> HandedOver:
        """Hand an alert's file to finance with the owner's opinion; once per `key`.

        Raise `AlreadyHandled` when finance has the file, `Conflict` when the alert is closed.
        """
        tenant, now = actor.workspace_id, self._clock()
        _check_text(opinion, "opinion", required=False)
        with self._database.write(interactive=True) as work:
            session = work.session
            alert = client_files.lock_alert(session, workspace_id=tenant, id=alert_id)
            if alert is None:
                raise NotFound("This alert is not known here.")
            allow(actor, Action.HAND_OVER, owner_id=alert.owner_id)
            made = handovers.find_handover(session, workspace_id=tenant, key=key)
            if made is None:
                made = _offer(session, actor, alert, opinion.strip(), key, now)
            work.commit()
            return _result(session, tenant, made)

    def take(self, actor: Actor, handover_id: int) -> HandedOver:
        """Accept a file for finance; its owner reads it in the thread, once."""
        allow(actor, Action.TAKE)

        def answer(given: _Answer) -> None:
            if given.handover.state is not HandoverState.OFFERED:
                raise _already(given)
            until = given.day.after(given.day.policy.window_days)
            _answer(given, HandoverState.TAKEN, AlertState.TAKEN, until, given.alert.window)

        return self._answered(actor, handover_id, HandoverState.TAKEN, answer)

    def give_back(self, actor: Actor, handover_id: int, question: str) -> HandedOver:
        """Return a file to its owner with a question, to be answered in three business days."""
        allow(actor, Action.RETURN)
        _check_text(question, "question", required=True)

        def answer(given: _Answer) -> None:
            if given.handover.state not in (HandoverState.OFFERED, HandoverState.TAKEN):
                raise _already(given)
            until = given.day.after(ANSWER_DAYS)
            window = Window(until, extended=given.alert.window.extended)
            _answer(
                given, HandoverState.RETURNED, AlertState.RETURNED, until, window, question.strip()
            )

        return self._answered(actor, handover_id, HandoverState.RETURNED, answer)

    def take_back(self, actor: Actor, handover_id: int) -> HandedOver:
        """Take a file back while nobody took it; a window already over gets three days more."""

        def answer(given: _Answer) -> None:
            allow(actor, Action.HAND_OVER, owner_id=given.alert.owner_id)
            if given.handover.state is not HandoverState.OFFERED:
                raise _already(given)
            window, least = given.alert.window, given.day.after(ANSWER_DAYS)
            if window.ends_on is not None and window.ends_on < least:
                window = Window(least, extended=window.extended)
            _answer(given, HandoverState.TAKEN_BACK, AlertState.OPEN, window.ends_on, window)

        return self._answered(actor, handover_id, HandoverState.TAKEN_BACK, answer)

    def run_clocks(self, workspace_id: int, today: date, now: datetime) -> ClockReport:
        """Remind of handovers nobody took: finance once, then its manager once; safe twice."""
        with self._database.write() as work:
            day = day_of(work.session, workspace_id=workspace_id, now=now, today=today)
            report = remind(work.session, workspace_id, day, now)
            work.commit()
        return report

    def _answered(
        self,
        actor: Actor,
        handover_id: int,
        state: HandoverState,
        answer: Callable[[_Answer], None],
    ) -> HandedOver:
        tenant, now = actor.workspace_id, self._clock()
        with self._database.write(interactive=True) as work:
            given = _open_answer(work.session, actor, handover_id, now)
            repeated = (
                given.handover.state is state and given.handover.answered_by_id == actor.person_id
            )
            if not repeated:
                answer(given)
            work.commit()
            return _result(work.session, tenant, replace(given.handover, state=state))


def _offer(
    session: Session, actor: Actor, alert: AlertTurn, opinion: str, key: str, now: datetime
) -> HandoverLine:
    tenant = actor.workspace_id
    if not may_offer(alert.state):
        latest = handovers.find_latest_handover(session, workspace_id=tenant, alert_id=alert.id)
        if latest is None or alert.state.is_closed:
            raise Conflict("This alert is closed.")
        name = client_files.find_person_name(session, workspace_id=tenant, id=latest.by_id)
        raise AlreadyHandled(name, latest.offered_at.isoformat())
    day = day_of(session, workspace_id=tenant, now=now)
    made = offer(
        session,
        workspace_id=tenant,
        alert=alert,
        by_id=actor.person_id,
        opinion=opinion,
        key=key,
        day=day,
        now=now,
    )
    moved = client_files.move_alert(
        session,
        workspace_id=tenant,
        alert=alert,
        state=AlertState.HANDED_OVER,
        ends_on=made.take_by_on,
        window=alert.window,
        by_id=actor.person_id,
        at=now,
    )
    tell_alert_changed(session, workspace_id=tenant, alert=moved, now=now)
    return made


def _open_answer(session: Session, actor: Actor, handover_id: int, now: datetime) -> _Answer:
    """Lock the alert, then read the handover again: the first click of two wins."""
    tenant = actor.workspace_id
    known = handovers.get_handover(session, workspace_id=tenant, id=handover_id)
    alert = known and client_files.lock_alert(session, workspace_id=tenant, id=known.alert_id)
    handover = handovers.get_handover(session, workspace_id=tenant, id=handover_id)
    if not alert or handover is None:
        raise NotFound("This handover is not known here.")
    day = day_of(session, workspace_id=tenant, now=now)
    return _Answer(session, actor, handover, alert, day, now)


def _answer(
    given: _Answer,
    state: HandoverState,
    alert_state: AlertState,
    until: date | None,
    window: Window,
    question: str = "",
) -> None:
    session, tenant, by_id = given.session, given.actor.workspace_id, given.actor.person_id
    version = handovers.answer_handover(
        session,
        workspace_id=tenant,
        handover=given.handover,
        state=state,
        by_id=by_id,
        at=given.now,
        question=question,
    )
    moved = given.alert
    if not moved.state.is_closed:
        moved = client_files.move_alert(
            session,
            workspace_id=tenant,
            alert=given.alert,
            state=alert_state,
            ends_on=until,
            window=window,
            by_id=by_id,
            at=given.now,
        )
    changed = replace(given.handover, version=version)
    tell_handover_changed(
        session, workspace_id=tenant, handover=changed, day=given.day, now=given.now
    )
    tell_alert_changed(session, workspace_id=tenant, alert=moved, now=given.now)
    write_event(
        session,
        workspace_id=tenant,
        key=f"handover:{given.handover.id}:{version}",
        kind=EventKind(state.value),
        now=given.now,
        client_id=given.handover.client_id,
        alert=moved,
        by_id=by_id,
        body={"handover_id": given.handover.id},
        mention_id=moved.owner_id,
    )


def _already(given: _Answer) -> AlreadyHandled:
    handover = given.handover
    name = client_files.find_person_name(
        given.session, workspace_id=given.actor.workspace_id, id=handover.answered_by_id
    )
    return AlreadyHandled(name, (handover.answered_at or handover.offered_at).isoformat())


def _check_text(text: str, field: str, *, required: bool) -> None:
    if required and not text.strip():
        raise InvalidInput("Write your question.", field=field)
    if len(text) > TEXT_MAX:
        raise InvalidInput("Enter at most 3,000 characters.", field=field)


def _result(session: Session, workspace_id: int, handover: HandoverLine) -> HandedOver:
    client = client_files.find_client(session, workspace_id=workspace_id, id=handover.client_id)
    name = client.name if client else ""
    return HandedOver(handover.id, handover.alert_id, name, handover.state)
