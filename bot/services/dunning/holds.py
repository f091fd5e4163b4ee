"""Pausing a client's reminders by hand: by whom, why and until when; lifted early by a person."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.lifecycle import HoldKind
from storage import alerts, events, scan_settings, tasks
from storage.sessions import Session
from storage.tasks import HoldLine
from storage.unit_of_work import Database

_LONGEST_DAYS = 365
_LONGEST_REASON = 500


class HoldService:
    """Puts and lifts pauses of every reminder to a client; each call is safe twice."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def put(self, actor: Actor, client_id: int, until_on: date, reason: str, key: str) -> bool:
        """Pause reminders up to a day, included; return False when `key` did it before.

        Finance's and goodcop's e-mails wait, and the salesperson's own steps too. Raise
        `InvalidInput` naming `until_on` or `reason`, `NotAllowed` unless the client is theirs.
        """
        words = reason.strip()
        if not words or len(words) > _LONGEST_REASON:
            raise InvalidInput("Give a reason.", field="reason")
        now = self._clock()
        with self._database.write(interactive=True) as uow:
            today = self._today(uow.session, actor, now)
            _allow_on(uow.session, actor, client_id)
            if until_on < today:
                raise InvalidInput("Enter a date from today on.", field="until_on")
            if until_on > today + timedelta(days=_LONGEST_DAYS):
                raise InvalidInput("Enter a date within a year.", field="until_on")
            made = tasks.add_hold(
                uow.session,
                workspace_id=actor.workspace_id,
                key=f"manual:{key}",
                client_id=client_id,
                kind=HoldKind.MANUAL,
                reason=words,
                by_id=actor.person_id,
                until_on=until_on,
                at=now,
            )
            if made is not None:
                body = {"day": until_on.isoformat()}
                _remember(uow.session, actor, client_id, f"reminders_held:{made}", now, body)
            uow.commit()
        return made is not None

    def lift(self, actor: Actor, client_id: int, hold_id: int) -> bool:
        """End a pause made by hand before its day; return False when it was over already."""
        now = self._clock()
        with self._database.write(interactive=True) as uow:
            _allow_on(uow.session, actor, client_id)
            mine = self._listed(uow.session, actor, client_id, now)
            lifted = hold_id in {hold.id for hold in mine} and tasks.lift_hold(
                uow.session, workspace_id=actor.workspace_id, id=hold_id, at=now
            )
            if lifted:
                _remember(uow.session, actor, client_id, f"reminders_freed:{hold_id}", now, {})
            uow.commit()
        return lifted

    def list_holds(self, actor: Actor, client_id: int) -> tuple[HoldLine, ...]:
        """Return the pauses made by hand that hold today, soonest end first."""
        with self._database.read() as uow:
            _allow_on(uow.session, actor, client_id)
            return self._listed(uow.session, actor, client_id, self._clock())

    def _listed(
        self, session: Session, actor: Actor, client_id: int, now: datetime
    ) -> tuple[HoldLine, ...]:
        today = self._today(session, actor, now)
        holds = tasks.list_holds(
            session, workspace_id=actor.workspace_id, client_id=client_id, today=today
        )
        return tuple(hold for hold in holds if hold.kind is HoldKind.MANUAL)

    def _today(self, session: Session, actor: Actor, now: datetime) -> date:
        settings = scan_settings.get_settings(session, workspace_id=actor.workspace_id)
        return now.astimezone(ZoneInfo(settings.time_zone)).date()


def _allow_on(session: Session, actor: Actor, client_id: int) -> None:
    found = alerts.list_clients(session, workspace_id=actor.workspace_id, ids=[client_id])
    if client_id not in found:
        raise NotFound("There is no such client.")
    allow(actor, Action.SNOOZE, owner_id=found[client_id].owner_id)


def _remember(
    session: Session, actor: Actor, client_id: int, key: str, now: datetime, body: dict[str, str]
) -> None:
    events.append(
        session,
        workspace_id=actor.workspace_id,
        key=key,
        kind=key.partition(":")[0],
        at=now,
        client_id=client_id,
        person_id=actor.person_id,
        source="step",
        body=body,
    )
