"""More time and gestures: given within a mandate, else asked of finance; told back once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.extensions import Beyond, ExtensionForm, beyond, check_extension
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.lifecycle import ConcessionKind, ConcessionState
from bot.domain.told import Told
from bot.services.follow_ups.dispute_closing import lock_open_alert
from bot.services.follow_ups.extending import bounds_of, say, take_effect
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, concessions, messages
from storage.client_files import ClientFace
from storage.concessions import ConcessionLine, NewConcession
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Extended:
    """How an extension went: granted, asked of finance, or (`state` None) only measured.

    `beyond` says what it goes beyond.
    """

    client: str
    state: ConcessionState | None
    beyond: tuple[Beyond, ...] = ()


class ConcessionService:
    """Gives time and gestures or asks finance for them; every submission is safe twice."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def extend(self, actor: Actor, form: ExtensionForm) -> Extended:
        """Give a client more time when it is the actor's to give, else say what is beyond.

        A form that insists becomes a question to finance; from finance itself it is granted.
        Raise `InvalidInput`, `NotAllowed`, `NotFound`.
        """
        now = self._clock()
        with self._database.write(interactive=True) as work:
            session = work.session
            client = _client(session, actor, form.client_id)
            day = day_of(session, workspace_id=actor.workspace_id, now=now)
            done = _extend(session, actor, client, form, day, now)
            work.commit()
        return done

    def grant(self, actor: Actor, concession_id: int, answer: str = "") -> ConcessionLine:
        """Say yes as finance; raise `AlreadyHandled` when somebody else answered first."""
        return self._decide(actor, concession_id, ConcessionState.GRANTED, answer)

    def refuse(self, actor: Actor, concession_id: int, reason: str) -> ConcessionLine:
        """Say no as finance, and why; raise as `grant` does."""
        if not reason.strip():
            raise InvalidInput("Give a reason.", field="reason")
        return self._decide(actor, concession_id, ConcessionState.REFUSED, reason)

    def _decide(
        self, actor: Actor, concession_id: int, state: ConcessionState, words: str
    ) -> ConcessionLine:
        allow(actor, Action.WAIVE)
        now = self._clock()
        with self._database.write(interactive=True) as work:
            session = work.session
            line = find_line(session, actor.workspace_id, concession_id)
            decided = concessions.decide(
                session,
                workspace_id=actor.workspace_id,
                id=line.id,
                state=state,
                answer=words.strip(),
                by_id=actor.person_id,
                at=now,
            )
            line = find_line(session, actor.workspace_id, concession_id)
            if decided:
                _carry_out(session, actor, line, now)
            else:
                _check_same(session, actor, line, state)
            work.commit()
        return line


def find_line(session: Session, workspace_id: int, id: int) -> ConcessionLine:
    """Return a concession as it stands; raise `NotFound`."""
    line = concessions.get_concession(session, workspace_id=workspace_id, id=id)
    if line is None:
        raise NotFound("This request is not known here.")
    return line


def _client(session: Session, actor: Actor, client_id: int) -> ClientFace:
    client = client_files.find_client(session, workspace_id=actor.workspace_id, id=client_id)
    if client is None:
        raise NotFound("This client is not known here.")
    allow(actor, Action.NOTE, owner_id=client.owner_id)
    return client


def _extend(
    session: Session,
    actor: Actor,
    client: ClientFace,
    form: ExtensionForm,
    day: Day,
    now: datetime,
) -> Extended:
    tenant = actor.workspace_id
    known = concessions.find_concession(session, workspace_id=tenant, key=form.key)
    if known is not None:
        return Extended(client.name, known.state, known.beyond)
    until = check_extension(form, day.today)
    items = concessions.list_extendable(
        session,
        workspace_id=tenant,
        client_id=client.id,
        currency=form.currency,
        until=until,
        ids=form.item_ids,
    )
    if not items:
        raise InvalidInput("Nothing falls due before that day.", field="until")
    bounds = bounds_of(session, actor, client.id, form.currency, day)
    passed = beyond(items, until, day.today, bounds)
    if passed and not form.insists:
        return Extended(client.name, None, passed)
    granted = not passed or actor.is_finance
    made = NewConcession(
        key=form.key,
        kind=ConcessionKind.EXTENSION,
        state=ConcessionState.GRANTED if granted else ConcessionState.ASKED,
        client_id=client.id,
        minor=sum(item.minor for item in items),
        currency=form.currency,
        reason=form.reason.strip(),
        by_id=actor.person_id,
        item_ids=tuple(item.id for item in items),
        until=until,
        beyond=passed,
    )
    write_down(session, actor, made, day, now)
    return Extended(client.name, made.state, passed)


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


def _carry_out(session: Session, actor: Actor, line: ConcessionLine, now: datetime) -> None:
    """Have finance's answer take effect, its message say so, and who asked be told."""
    tenant = actor.workspace_id
    day = day_of(session, workspace_id=tenant, now=now)
    if line.state is ConcessionState.GRANTED and line.kind is ConcessionKind.EXTENSION:
        alert = take_effect(session, actor, line, day, now)
    else:
        alert = lock_open_alert(session, tenant, line.client_id)
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


def _check_same(
    session: Session, actor: Actor, line: ConcessionLine, state: ConcessionState
) -> None:
    """Let the same answer of the same person through; raise `AlreadyHandled` for any other."""
    if line.decided_by_id == actor.person_id and line.state is state:
        return
    name = client_files.find_person_name(
        session, workspace_id=actor.workspace_id, id=line.decided_by_id
    )
    raise AlreadyHandled(name, line.decided_at.isoformat() if line.decided_at else "")
