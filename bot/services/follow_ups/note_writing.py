"""Writing one note: its promise, dispute or task, the alert it moves, and who is told."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import window as clock_rules
from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.follow_ups import (
    Consequences,
    FollowUpForm,
    state_after,
    write_note,
)
from bot.domain.lifecycle import Outcome, TaskOwner
from bot.domain.note_checks import check_form
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.follow_ups.news import (
    tell_alert_changed,
    tell_story_grew,
    write_event,
)
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, disputes, follow_ups, messages, promises, tasks
from storage.client_files import AlertTurn, ClientFace
from storage.follow_ups import NoteLine
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Exchange:
    """One note being written: by whom, on whom, and when."""

    session: Session
    actor: Actor
    form: FollowUpForm
    client: ClientFace
    alert: AlertTurn | None
    day: Day
    now: datetime

    @property
    def workspace_id(self) -> int:
        """Return the tenant."""
        return self.actor.workspace_id

    @property
    def alert_id(self) -> int | None:
        """Return the alert the note is about."""
        return self.alert.id if self.alert else None


def open_exchange(session: Session, actor: Actor, form: FollowUpForm, now: datetime) -> Exchange:
    """Return what an allowed note is written with; the alert stays locked."""
    tenant = actor.workspace_id
    client = client_files.find_client(session, workspace_id=tenant, id=form.client_id)
    if client is None:
        raise NotFound("This client is not known here.")
    allow(actor, Action.NOTE, owner_id=client.owner_id)
    day = day_of(session, workspace_id=tenant, now=now)
    alert_id = form.alert_id or client_files.find_open_alert_id(
        session, workspace_id=tenant, client_id=client.id
    )
    alert = None
    if alert_id is not None:
        alert = client_files.lock_alert(session, workspace_id=tenant, id=alert_id)
        if alert is None or alert.client_id != client.id:
            raise NotFound("This alert is not known here.")
    return Exchange(session, actor, form, client, alert, day, now)


def write(exchange: Exchange) -> int:
    """Check and write the note and its consequences; return its id, the first's when sent twice.

    Raise `InvalidForm`.
    """
    form, day = exchange.form, exchange.day
    check_form(form, day.today)
    _check_settler(exchange)
    contested = disputes.sum_open_items(
        exchange.session,
        workspace_id=exchange.workspace_id,
        client_id=exchange.client.id,
        ids=form.item_ids,
        currency=form.currency,
    )
    done = write_note(form, day.today, day.calendar, items_minor=contested)
    note_id = _add_note(exchange, done)
    if note_id is None:  # written meanwhile by the same submission, sent twice
        known = follow_ups.find_note(
            exchange.session, workspace_id=exchange.workspace_id, key=form.key
        )
        return known.id if known else 0
    _add_promise_or_dispute(exchange, done, note_id)
    _add_task(exchange, done, note_id)
    _move_alert(exchange, done)
    _tell(exchange, done, note_id)
    return note_id


def _add_note(exchange: Exchange, done: Consequences) -> int | None:
    form, session, tenant = exchange.form, exchange.session, exchange.workspace_id
    contact_id, reached = form.contact_id, ""
    if form.contact_name.strip():
        contact_id = follow_ups.add_contact(
            session,
            workspace_id=tenant,
            client_id=form.client_id,
            name=form.contact_name,
            function=form.contact_function,
            phone=form.contact_phone,
        )
    if contact_id is not None:
        reached = (
            follow_ups.find_contact_name(
                session, workspace_id=tenant, client_id=form.client_id, id=contact_id
            )
            or ""
        )
    note = NoteLine(
        key=form.key,
        client_id=form.client_id,
        outcome=form.outcome,
        means=form.means,
        at=exchange.now,
        alert_id=exchange.alert_id,
        contact_id=contact_id if reached else None,
        by_id=exchange.actor.person_id,
        reached=reached,
        text="\n".join(filter(None, (_words(form), form.text.strip()))),
        orders=form.orders.strip(),
        gesture=form.gesture.strip(),
        details=_details(done, form),
    )
    return follow_ups.add_note(session, workspace_id=tenant, note=note)


def _check_settler(exchange: Exchange) -> None:
    """Raise `InvalidInput` when whoever is to settle a dispute is no colleague."""
    settler_id = exchange.form.settler_id
    known = client_files.find_person(
        exchange.session, workspace_id=exchange.workspace_id, id=settler_id
    )
    if settler_id is not None and known is None:
        raise InvalidInput("Choose a person.", field="person")


def _words(form: FollowUpForm) -> str:
    """Return what the outcome's own field says."""
    match form.outcome:
        case Outcome.DISPUTES:
            return form.reason.strip()
        case Outcome.CASH_TROUBLE:
            return form.said.strip()
        case _:
            return ""


def _details(done: Consequences, form: FollowUpForm) -> dict[str, object]:
    """Return the note's figures; words are sealed elsewhere."""
    details: dict[str, object] = {}
    if done.promise:
        details |= _figures(done.promise.minor, done.promise.currency, done.promise.due_on)
        if done.promise.plan:
            details["plan"] = promises.write_plan(done.promise.plan)
    elif done.dispute:
        details |= _figures(done.dispute.minor, done.dispute.currency, done.dispute.due_on)
    elif done.task:
        details |= {"task_kind": done.task.kind.value, "day": done.task.due_on.isoformat()}
    if form.outcome is Outcome.SAYS_PAID and form.paid_on:
        details["paid_on"] = form.paid_on.isoformat()
    return details


def _figures(minor: int, currency: str, day: object) -> dict[str, object]:
    return {"minor": minor, "currency": currency, "day": str(day)}


def _add_promise_or_dispute(exchange: Exchange, done: Consequences, note_id: int) -> None:
    session, form, by_id = exchange.session, exchange.form, exchange.actor.person_id
    if done.promise:
        promises.add_promise(
            session,
            workspace_id=exchange.workspace_id,
            key=f"{form.key}:promise",
            client_id=form.client_id,
            alert_id=exchange.alert_id,
            note_id=note_id,
            by_id=by_id,
            promise=done.promise,
            made_on=exchange.day.today,
        )
    if done.dispute:
        disputes.add_dispute(
            session,
            workspace_id=exchange.workspace_id,
            key=f"{form.key}:dispute",
            client_id=form.client_id,
            alert_id=exchange.alert_id,
            note_id=note_id,
            by_id=by_id,
            owner_id=form.settler_id or by_id,
            dispute=done.dispute,
            at=exchange.now,
        )


def _add_task(exchange: Exchange, done: Consequences, note_id: int) -> None:
    if done.task is None:
        return
    task_id = tasks.add_task(
        exchange.session,
        workspace_id=exchange.workspace_id,
        key=f"{exchange.form.key}:task",
        client_id=exchange.form.client_id,
        alert_id=exchange.alert_id,
        note_id=note_id,
        asked_by_id=exchange.actor.person_id,
        task=done.task,
        at=exchange.now,
    )
    if task_id is not None and done.task.side is TaskOwner.FINANCE:
        messages.tell(
            exchange.session,
            workspace_id=exchange.workspace_id,
            kind=Told.TASK,
            subject=f"task:{task_id}",
            key=f"task:{task_id}",
            now=exchange.now,
            channel=exchange.day.house.finance_channel,
            body={"task_id": task_id},
        )


def _move_alert(exchange: Exchange, done: Consequences) -> None:
    alert, day = exchange.alert, exchange.day
    if alert is None or alert.state.is_closed:
        return
    window = alert.window
    if done.agreed_until and not alert.state.is_with_finance:
        window = clock_rules.suspend(window, day.today, done.agreed_until, day.calendar)
    state, ends_on = state_after(alert.state, done, day.today, day.calendar) or (
        alert.state,
        alert.state_ends_on,
    )
    moved = client_files.move_alert(
        exchange.session,
        workspace_id=exchange.workspace_id,
        alert=alert,
        state=state,
        ends_on=ends_on,
        window=window,
        by_id=exchange.actor.person_id,
        at=exchange.now,
        noted=True,
    )
    tell_alert_changed(
        exchange.session, workspace_id=exchange.workspace_id, alert=moved, now=exchange.now
    )
    tell_story_grew(
        exchange.session,
        workspace_id=exchange.workspace_id,
        alert=moved,
        day=day,
        now=exchange.now,
    )


def _tell(exchange: Exchange, done: Consequences, note_id: int) -> None:
    kind = EventKind.NOTED
    if done.promise:
        kind = EventKind.PROMISED
    elif done.dispute:
        kind = EventKind.DISPUTED
    alert = exchange.alert
    write_event(
        exchange.session,
        workspace_id=exchange.workspace_id,
        key=f"note:{exchange.form.key}",
        kind=kind,
        now=exchange.now,
        client_id=exchange.client.id,
        alert=alert if alert and not alert.state.is_closed else None,
        by_id=exchange.actor.person_id,
        body={"note_id": note_id, **_details(done, exchange.form)},
        mention_id=exchange.form.settler_id or (alert.owner_id if alert else None),
    )
