"""The journal of every action as a file, for an auditor."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.outlets.files import write_whole
from bot.rendering.exports import journal_csv
from storage import journal, workspaces
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class JournalService:
    """Writes what was done: ids and figures; what people typed stays where it is sealed."""

    database: Database

    def text(self, workspace_id: int, *, today: date, separator: str = ",") -> str:
        """Return the file's text, up to `today` inclusive, local days."""
        return self._drawn(workspace_id, today, separator)[0]

    def write(self, workspace_id: int, path: Path, *, today: date, separator: str = ",") -> int:
        """Write the file whole or not at all; return how many actions it has."""
        drawn, count = self._drawn(workspace_id, today, separator)
        write_whole(path, drawn)
        return count

    def _drawn(self, workspace_id: int, today: date, separator: str) -> tuple[str, int]:
        with self.database.read() as uow:
            place = workspaces.get_workspace(uow.session, workspace_id=workspace_id)
            lines = journal.list_lines(uow.session, workspace_id=workspace_id)
        zone = ZoneInfo(place.time_zone)
        shown = [line for line in lines if line.at.astimezone(zone).date() <= today]
        return journal_csv(shown, zone, separator), len(shown)
