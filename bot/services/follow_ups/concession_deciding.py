"""A concession written down, answered and carried out; finance and who asked are told once."""

from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.disputes import CREDIT_NOTE_DAYS
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.follow_ups import AlreadyHandled, AwaitedDocument, NewTask, TaskKind
from bot.domain.gestures import may_agree
from bot.domain.lifecycle import ConcessionKind, ConcessionState, Role, TaskOwner
from bot.domain.told import Told
from bot.services.follow_ups.dispute_closing import ask_credit_note, lock_open_alert
from bot.services.follow_ups.extending import say, take_effect
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, concessions, messages
from storage.client_files import AlertTurn
from storage.concessions import ConcessionLine, NewConcession
from storage.sessions import Session


def find_line(session: Session, workspace_id: int, id: int) -> ConcessionLine:
    """Return a concession as it stands; raise `NotFound`."""
    line = concessions.get_concession(session, workspace_id=workspace_id, id=id)
    if line is None:
        raise NotFound("This request is not known here.")
    return line


def write_down(
    session: Session, actor: Actor, made: NewConcession, day: Day, now: datetime
) -> None:
    """Keep a concession once: have it take effect, or ask finance."""
    tenant = actor.workspace_id
    id = concessions.add_concession(session, workspace_id=tenant, concession=made, at=now)
    if id is None:  # written meanwhile by the same submission, sent twice
        return
    line = find_line(session, tenant, id)
    if line.state is ConcessionState.GRANTED:
        say(session, actor, line, take_effect(session, actor, line, day, now), now)
        return
    say(session, actor, line, lock_open_alert(session, tenant, line.client_id), now)
    messages.tell(
        session,
        workspace_id=tenant,
        kind=Told.CONCESSION,
        subject=f"concession:{id}",
        key=f"concession:{id}",
        now=now,
        channel=day.house.finance_channel,
        body={"concession_id": id},
    )


def carry_out(session: Session, actor: Actor, line: ConcessionLine, now: datetime) -> None:
    """Have finance's answer take effect, its message say so, and who asked be told."""
    tenant = actor.workspace_id
    day = day_of(session, workspace_id=tenant, now=now)
    alert = _effect(session, actor, line, day, now)
    subject = f"concession:{line.id}"
    messages.tell(
        session,
        workspace_id=tenant,
        kind=Told.CONCESSION,
        subject=subject,
        key=f"{subject}:edit:2",
        now=now,
        version=2,
        channel=day.house.finance_channel,
        body={"concession_id": line.id},
        method=messages.EDIT,
    )
    say(session, actor, line, alert, now, mention_id=line.by_id)
    in_thread = alert is not None and bool(alert.ts)
    if not in_thread and line.by_id not in (None, actor.person_id):
        messages.tell(
            session,
            workspace_id=tenant,
            kind=Told.CONCESSION_ANSWER,
            subject=f"concession_answer:{line.id}",
            key=f"concession_answer:{line.id}",
            now=now,
            person_id=line.by_id,
            body={"concession_id": line.id},
        )


def check_authority(session: Session, actor: Actor, line: ConcessionLine, now: datetime) -> None:
    """Raise `NotAllowed` when a gesture is above what the actor may agree to."""
    if line.kind is not ConcessionKind.GESTURE or Role.ADMIN in actor.roles:
        return
    day = day_of(session, workspace_id=actor.workspace_id, now=now)
    if line.currency != day.house.currency or not may_agree(
        line.minor, actor.roles, day.policy.mandates
    ):
        raise NotAllowed("not_allowed")


def check_same(
    session: Session, actor: Actor, line: ConcessionLine, state: ConcessionState
) -> None:
    """Let the same answer of the same person through; raise `AlreadyHandled` for any other."""
    if line.decided_by_id == actor.person_id and line.state is state:
        return
    name = client_files.find_person_name(
        session, workspace_id=actor.workspace_id, id=line.decided_by_id
    )
    raise AlreadyHandled(name, line.decided_at.isoformat() if line.decided_at else "")


def _effect(
    session: Session, actor: Actor, line: ConcessionLine, day: Day, now: datetime
) -> AlertTurn | None:
    """Have a yes take effect: more time, or a credit note to make; return the open alert."""
    granted = line.state is ConcessionState.GRANTED
    if granted and line.kind is ConcessionKind.EXTENSION:
        return take_effect(session, actor, line, day, now)
    alert = lock_open_alert(session, actor.workspace_id, line.client_id)
    if granted:
        document = AwaitedDocument.CREDIT_NOTE.value
        due_on = day.after(CREDIT_NOTE_DAYS)
        ask_credit_note(
            session,
            actor,
            NewTask(TaskKind.PROVIDE_DOCUMENT, TaskOwner.FINANCE, document, due_on),
            key=f"concession:{line.id}",
            client_id=line.client_id,
            alert_id=alert.id if alert else None,
            day=day,
            now=now,
        )
    return alert
