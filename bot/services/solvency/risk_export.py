"""Every company's risk as a file that other programs take: CRM, spreadsheet."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.outlets.files import write_whole
from bot.rendering.exports import RiskLine, risk_csv
from bot.services.solvency.said_since import SaidSince, said_since, worst_of
from storage import company_ratings, workspaces
from storage.company_ratings import ExportLine
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class RiskExportService:
    """Writes the last rating of every company; a flag put in since then is said too."""

    database: Database

    def lines(self, workspace_id: int, *, today: date) -> list[RiskLine]:
        """Return every rated company by SIREN, once for each account of ours."""
        with self.database.read() as work:
            session = work.session
            rows = company_ratings.list_export(session, workspace_id=workspace_id)
            said = said_since(session, workspace_id, today)
            place = workspaces.get_workspace(session, workspace_id=workspace_id)
        zone = ZoneInfo(place.time_zone)
        return [_line(row, said, zone) for row in rows]

    def text(self, workspace_id: int, *, today: date, separator: str = ",") -> str:
        """Return the file's text."""
        return risk_csv(self.lines(workspace_id, today=today), separator)

    def write(self, workspace_id: int, path: Path, *, today: date, separator: str = ",") -> int:
        """Write the file whole or not at all; return how many lines it has.

        Raises PermanentSourceError where the file cannot be written.
        """
        lines = self.lines(workspace_id, today=today)
        write_whole(path, risk_csv(lines, separator))
        return len(lines)


def _line(row: ExportLine, said: SaidSince, zone: ZoneInfo) -> RiskLine:
    """Return a line; what was said since the rating makes its verdict worse, never better."""
    rated = row.rated
    flags = tuple(flag for flag in rated.flags.split(",") if flag)
    rules = said.rules(rated, row.group_siren)
    flags = (*flags, *(rule.value for rule in rules if rule not in flags))
    return RiskLine(
        siren=rated.siren,
        code=row.code or "",
        rating=rated.rating,
        verdict=worst_of(rated, rules).value,
        limit_minor=rated.limit_minor,
        currency=rated.currency,
        flags=flags,
        as_of=rated.as_of.astimezone(zone).date(),
    )
