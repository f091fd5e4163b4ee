"""Taking down what a client said, and what became of it: notes, promises, tasks, disputes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.disputes import close
from bot.domain.errors import NotFound
from bot.domain.follow_ups import AlreadyHandled, FollowUpForm
from bot.domain.lifecycle import DisputeOutcome, Outcome, TaskOwner
from bot.services.follow_ups import credit_arrivals
from bot.services.follow_ups.dispute_closing import end_awaited, lock_open_alert, settle
from bot.services.follow_ups.note_writing import open_exchange, write
from bot.services.follow_ups.promise_judging import Judged, judge_promise
from bot.services.follow_ups.task_telling import tell_task_done
from bot.services.workspaces.working_days import day_of
from storage import (
    client_files,
    disputes,
    follow_ups,
    promise_records,
    promises,
    tasks,
)
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Recorded:
    """A note written down; the same answer however often it is submitted."""

    note_id: int
    client_id: int
    client: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Settled:
    """A task done or a dispute resolved; the same answer however often it is asked."""

    id: int
    client: str


class FollowUpService:
    """Records notes; every submission is safe twice."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def record(self, actor: Actor, form: FollowUpForm) -> Recorded:
        """Write a note with its promise, dispute or task, move the alert, and tell who must know.

        Raise `InvalidForm` naming the fields to mend, `NotAllowed`, `NotFound`, or `TryAgain`.
        """
        now = self._clock()
        with self._database.write(interactive=True) as work:
            exchange = open_exchange(work.session, actor, form, now)
            known = follow_ups.find_note(
                work.session, workspace_id=actor.workspace_id, key=form.key
            )
            note_id = known.id if known else write(exchange)
            work.commit()
        return Recorded(note_id, form.client_id, exchange.client.name, form.outcome)

    def judge_promises(self, workspace_id: int, today: date, now: datetime) -> tuple[Judged, ...]:
        """Judge every live promise on `today`, each in its own unit of work; return the verdicts.

        Kept as soon as receipts cover it, else broken after its date and the policy's grace: said
        once in the thread and to finance. A second run finds nothing left to judge. What came too
        late is noted first: it counts for how far the client can be relied on.
        """
        with self._database.read() as work:
            ids = promises.list_live_promise_ids(work.session, workspace_id=workspace_id)
        with self._database.write() as work:
            promise_records.note_late_payments(work.session, workspace_id=workspace_id, today=today)
            work.commit()
        judged = []
        for id in ids:
            with self._database.write() as work:
                day = day_of(work.session, workspace_id=workspace_id, now=now, today=today)
                verdict = judge_promise(work.session, workspace_id, id, day, now)
                work.commit()
            judged += [verdict] if verdict else []
        return tuple(judged)

    def take_credit_notes(self, workspace_id: int, today: date, now: datetime) -> None:
        """Do the tasks whose credit note is in the books; their disputes are over, told once."""
        with self._database.write() as work:
            day = day_of(work.session, workspace_id=workspace_id, now=now, today=today)
            credit_arrivals.take_in(work.session, workspace_id, day, now)
            work.commit()

    def complete_task(self, actor: Actor, task_id: int) -> Settled:
        """Mark a task done and tell who asked; raise `AlreadyHandled` when somebody else did it."""
        tenant, now = actor.workspace_id, self._clock()
        with self._database.write(interactive=True) as work:
            session = work.session
            task = tasks.get_task(session, workspace_id=tenant, id=task_id)
            if task is None:
                raise NotFound("This task is not known here.")
            if task.side is TaskOwner.FINANCE:
                allow(actor, Action.TAKE)
            else:
                allow(actor, Action.NOTE, owner_id=task.owner_id)
            done = tasks.complete_task(
                session, workspace_id=tenant, id=task_id, by_id=actor.person_id, at=now
            )
            if done:
                day = day_of(session, workspace_id=tenant, now=now)
                tell_task_done(session, tenant, task, day, now, by_id=actor.person_id)
                end_awaited(session, actor, task.key, now)
            else:
                _check_same_person(session, actor, task_id)
            client = client_files.find_client(session, workspace_id=tenant, id=task.client_id)
            work.commit()
        return Settled(task_id, client.name if client else "")

    def resolve_dispute(
        self,
        actor: Actor,
        dispute_id: int,
        outcome: DisputeOutcome = DisputeOutcome.COMPANY_RIGHT,
        amount_text: str = "",
    ) -> Settled:
        """Say who was right; a credit note is awaited, or the alert goes back to its owner.

        Raise `InvalidInput` at the amount of a dispute settled in part.
        """
        tenant, now = actor.workspace_id, self._clock()
        with self._database.write(interactive=True) as work:
            session = work.session
            dispute = disputes.get_dispute(session, workspace_id=tenant, id=dispute_id)
            if dispute is None:
                raise NotFound("This dispute is not known here.")
            client = client_files.find_client(session, workspace_id=tenant, id=dispute.client_id)
            allow(actor, Action.NOTE, owner_id=client.owner_id if client else None)
            alert = lock_open_alert(session, tenant, dispute.client_id)
            day = day_of(session, workspace_id=tenant, now=now)
            minor, currency = dispute.minor, dispute.currency
            closing = close(outcome, minor, amount_text, currency, day.today, day.calendar)
            settle(session, actor, dispute, closing, alert, now)
            work.commit()
        return Settled(dispute_id, client.name if client else "")


def _check_same_person(session: Session, actor: Actor, task_id: int) -> None:
    task = tasks.get_task(session, workspace_id=actor.workspace_id, id=task_id)
    if task is None or task.done_at is None or task.done_by_id == actor.person_id:
        return
    name = client_files.find_person_name(
        session, workspace_id=actor.workspace_id, id=task.done_by_id
    )
    raise AlreadyHandled(name, task.done_at.isoformat())
