"""Who asks, and how to speak to them: read at every request, kept while nothing changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import NotFound
from bot.rendering.views import Voice
from storage import client_files, people, workspaces
from storage.sessions import Session
from storage.unit_of_work import Database
from storage.workspaces import TeamRow


@dataclass(frozen=True, slots=True)
class _Known:
    """A person as read once, the workspace then (its people's version rises with any change), and
    the day (absences end).
    """

    house: TeamRow
    today: date
    actor: Actor
    voice: Voice


class ReaderService:
    """Tells who acts; each process keeps the people it met until somebody changes any of them."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._known: dict[tuple[int, str], _Known] = {}

    def reader(self, team_id: str, slack_user_id: str) -> tuple[Actor, Voice]:
        """Return who acts and their voice; a stranger has no role. Raise NotFound for the team."""
        with self._database.read() as uow:
            house = workspaces.find_team(uow.session, team_id=team_id)
            if house is None:
                raise NotFound("This Slack team is not known here.")
            today = self._clock().astimezone(ZoneInfo(house.time_zone)).date()
            known = self._known.get((house.workspace_id, slack_user_id))
            if known is None or (known.house, known.today) != (house, today):
                known = _read(uow.session, house, slack_user_id, today)
                if known.actor.person_id is not None:
                    self._known[house.workspace_id, slack_user_id] = known
        return known.actor, known.voice


def _read(session: Session, house: TeamRow, slack_user_id: str, today: date) -> _Known:
    workspace_id = house.workspace_id
    actor = people.find_actor(
        session, workspace_id=workspace_id, slack_user_id=slack_user_id, today=today
    )
    actor = actor or Actor(
        workspace_id, None, slack_user_id, locale=house.locale, time_zone=house.time_zone
    )
    facts = client_files.get_voice(session, workspace_id=workspace_id, person_id=actor.person_id)
    voice = Voice(facts.locale, facts.formal, facts.finance_name, facts.time_zone)
    return _Known(house, today, actor, voice)
