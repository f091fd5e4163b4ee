"""Every company's risk as a file that other programs take: CRM, spreadsheet."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.search import normalise
from bot.domain.solvency.dossier import Course, Grade
from bot.domain.solvency.hard_rules import Rule
from bot.domain.solvency.offers import Verdict
from bot.outlets.files import write_whole
from bot.rendering.exports import RiskLine, risk_csv
from bot.services.solvency.assessing import solvency_policy
from storage import agency_files, company_ratings, event_decisions, risk_flags, workspaces
from storage.company_ratings import ExportLine
from storage.risk_flags import Flagged
from storage.sessions import Session
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
            said = _said(session, workspace_id, today)
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What people said of companies, up to this very moment."""

    flagged: Flagged
    parents: dict[str, str]
    courses: dict[str, str]

    def rules(self, row: ExportLine) -> list[Rule]:
        """Return the rules that hold of a company by what people said, worst first."""
        siren = row.rated.siren
        group = row.group_siren or self.parents.get(siren)
        course = self.courses.get(siren)
        found = [_OF_COURSE[Course(course)]] if course else []
        if self.flagged.names_company(siren, group, normalise(row.rated.name)):
            found.append(Rule.FLAGGED)
        return found


_OF_COURSE = {Course.STOP: Rule.STOPPED, Course.CONDITIONS: Rule.DECIDED_CONDITIONS}
_OF_CAP = {
    Grade.C: Verdict.CONDITIONS,
    Grade.D: Verdict.ASK_FINANCE,
    Grade.E: Verdict.DO_NOT_SELL,
}


def _said(session: Session, workspace_id: int, today: date) -> _Said:
    policy = solvency_policy(session, workspace_id)
    since = datetime.combine(today - timedelta(days=policy.recent_event_days), time(), UTC)
    return _Said(
        risk_flags.list_flagged(session, workspace_id=workspace_id, today=today),
        agency_files.list_parents(session, workspace_id=workspace_id),
        event_decisions.list_stopped(session, workspace_id=workspace_id, since=since),
    )


def _line(row: ExportLine, said: _Said, zone: ZoneInfo) -> RiskLine:
    """Return a line; what was said since the rating makes its verdict worse, never better."""
    rated = row.rated
    flags = tuple(flag for flag in rated.flags.split(",") if flag)
    verdict = Verdict(rated.verdict)
    for rule in said.rules(row):
        if rule not in flags:
            flags = (*flags, rule.value)
            verdict = max(verdict, _OF_CAP[rule.cap], key=lambda one: one.rank)
    return RiskLine(
        siren=rated.siren,
        code=row.code or "",
        rating=rated.rating,
        verdict=verdict.value,
        limit_minor=rated.limit_minor,
        currency=rated.currency,
        flags=flags,
        as_of=rated.as_of.astimezone(zone).date(),
    )
