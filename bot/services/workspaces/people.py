"""Who acts: the people of a workspace, found by their Slack id."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.errors import NotFound
from storage import people
from storage.people import PersonLine
from storage.unit_of_work import Database


class PeopleService:
    """Finds people; `import_file` of the import service brings them in."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def get_person(self, workspace_id: int, reference: str) -> PersonLine:
        """Return the person of an e-mail address or Slack id; raise NotFound."""
        with self._database.read() as uow:
            found = people.find_person(uow.session, workspace_id=workspace_id, reference=reference)
        if found is None:
            raise NotFound(f"Nobody here has the e-mail address or Slack id {reference[:80]}.")
        return found

    def list_people(self, workspace_id: int) -> list[PersonLine]:
        """Return everybody of a workspace, by name."""
        with self._database.read() as uow:
            return people.list_people(uow.session, workspace_id=workspace_id)
