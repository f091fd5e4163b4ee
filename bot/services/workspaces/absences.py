"""Who is away until when, and who stands in: alerts, digests and clients go to them meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.actors import Actor
from bot.domain.errors import InvalidInput, NotAllowed
from bot.domain.lifecycle import Role
from bot.rendering.form_views import AbsenceFormView
from bot.rendering.views import PersonView
from storage import events, people
from storage.ids import new_id
from storage.sessions import Session
from storage.unit_of_work import Database

_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class AbsenceService:
    """People say that they are away, and that they are back."""

    database: Database
    clock: Callable[[], datetime]

    def form(self, actor: Actor, *, today: date) -> AbsenceFormView:
        """Return one's own absence and who may stand in; raise NotAllowed without a person."""
        if actor.person_id is None:
            raise NotAllowed("not_allowed")
        tenant = actor.workspace_id
        with self.database.read() as uow:
            until, stand_in_id = people.get_absence(
                uow.session, workspace_id=tenant, id=actor.person_id
            )
            others = [
                PersonView(one.id, one.name or one.email or "", one.slack_user_id or "")
                for one in people.list_people(uow.session, workspace_id=tenant)
                if one.id != actor.person_id and one.slack_user_id
            ]
        if until is None or until < today:
            until, stand_in_id = None, None
        return AbsenceFormView(until, stand_in_id, tuple(others), today)

    def set(
        self,
        actor: Actor,
        person_id: int | None,
        *,
        until: date | None,
        stand_in_id: int | None,
        today: date,
    ) -> None:
        """Keep the last day away and the stand-in; without a day the person is back.

        Raise NotAllowed unless it is one's own or an administrator asks; InvalidInput naming
        `until` or `stand_in`.
        """
        if person_id is None or (person_id != actor.person_id and Role.ADMIN not in actor.roles):
            raise NotAllowed("not_allowed")
        if until is None:
            stand_in_id = None
        elif until < today:
            raise InvalidInput("Enter a date from today on.", field="until")
        elif until > today + _LONGEST:
            raise InvalidInput("Enter a date within a year.", field="until")
        with self.database.write(interactive=True) as uow:
            if until is not None:
                _check_stand_in(uow.session, actor.workspace_id, person_id, stand_in_id, today)
            people.set_absence(
                uow.session,
                workspace_id=actor.workspace_id,
                id=person_id,
                until=until,
                stand_in_id=stand_in_id,
            )
            events.append(
                uow.session,
                workspace_id=actor.workspace_id,
                key=f"absence:{new_id()}",
                kind="absent" if until else "back",
                at=self.clock(),
                person_id=actor.person_id,
                source="slack" if actor.person_id else "cli",
                body={"of": person_id, "until": until.isoformat() if until else ""},
            )
            uow.commit()


def _check_stand_in(
    session: Session, tenant: int, person_id: int, stand_in_id: int | None, today: date
) -> None:
    everybody = {one.id for one in people.list_people(session, workspace_id=tenant)}
    if stand_in_id is None or stand_in_id == person_id or stand_in_id not in everybody:
        raise InvalidInput("Choose a person.", field="stand_in")
    away_until, _ = people.get_absence(session, workspace_id=tenant, id=stand_in_id)
    if away_until is not None and away_until >= today:
        raise InvalidInput("This person is away too. Choose another one.", field="stand_in")
