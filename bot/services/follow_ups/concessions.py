"""More time and gestures: given within a mandate, else asked of finance; told back once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.extensions import Beyond, ExtensionForm, beyond, check_extension
from bot.domain.gestures import GestureForm, read_gesture
from bot.domain.lifecycle import ConcessionKind, ConcessionState
from bot.rendering.concession_views import ConcessionView
from bot.services.follow_ups.concession_deciding import (
    carry_out,
    check_authority,
    check_same,
    find_line,
    write_down,
)
from bot.services.follow_ups.concession_views import concession_view
from bot.services.follow_ups.extending import bounds_of
from bot.services.workspaces.working_days import Day, day_of
from storage import client_files, concessions
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

    def ask_gesture(self, actor: Actor, form: GestureForm) -> None:
        """Ask finance for a gesture to a client, once per `key`.

        Raise `InvalidInput`, `NotAllowed`, `NotFound`.
        """
        now, tenant = self._clock(), actor.workspace_id
        with self._database.write(interactive=True) as work:
            session = work.session
            client = _client(session, actor, form.client_id)
            day = day_of(session, workspace_id=tenant, now=now)
            owed = concessions.list_extendable(
                session,
                workspace_id=tenant,
                client_id=client.id,
                currency=form.currency,
                until=date.max if form.item_ids else day.today,
                ids=form.item_ids,
            )
            made = NewConcession(
                key=form.key,
                kind=ConcessionKind.GESTURE,
                state=ConcessionState.ASKED,
                client_id=client.id,
                minor=read_gesture(form, sum(item.minor for item in owed)),
                currency=form.currency,
                reason=form.reason.strip(),
                by_id=actor.person_id,
                item_ids=tuple(item.id for item in owed),
            )
            write_down(session, actor, made, day, now)
            work.commit()

    def view(self, actor: Actor, concession_id: int, *, today: date) -> ConcessionView:
        """Return a concession for the form that answers it; raise `NotAllowed`, `NotFound`."""
        allow(actor, Action.WAIVE)
        with self._database.read() as work:
            found = concession_view(
                work.session,
                workspace_id=actor.workspace_id,
                concession_id=concession_id,
                today=today,
            )
        if found is None:
            raise NotFound("This request is not known here.")
        return found

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
            if state is ConcessionState.GRANTED:
                check_authority(session, actor, line, now)
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
                carry_out(session, actor, line, now)
            else:
                check_same(session, actor, line, state)
            work.commit()
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
