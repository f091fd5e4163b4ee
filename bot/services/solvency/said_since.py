"""What people said of companies since they were rated: flags on any of their names, decisions.

A kept rating is as old as its card; these hold from the moment they are said, in every list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.search import normalise
from bot.domain.solvency.dossier import Course, Grade
from bot.domain.solvency.hard_rules import Rule
from bot.domain.solvency.offers import Verdict
from bot.services.solvency.assessing import solvency_policy
from storage import agency_files, event_decisions, risk_flags
from storage.company_ratings import RatingLine
from storage.risk_flags import Flagged
from storage.sessions import Session

_OF_COURSE = {Course.STOP: Rule.STOPPED, Course.CONDITIONS: Rule.DECIDED_CONDITIONS}
_OF_CAP = {
    Grade.C: Verdict.CONDITIONS,
    Grade.D: Verdict.ASK_FINANCE,
    Grade.E: Verdict.DO_NOT_SELL,
}


@dataclass(frozen=True, slots=True)
class SaidSince:
    """The register of doubtful payers, the groups and the decisions that stand, read once."""

    flagged: Flagged
    parents: dict[str, str]
    courses: dict[str, str]

    def rules(self, rated: RatingLine, group_siren: str | None = None) -> list[Rule]:
        """Return the rules that hold of a company by what people said, worst first."""
        group = group_siren or self.parents.get(rated.siren)
        course = self.courses.get(rated.siren)
        found = [_OF_COURSE[Course(course)]] if course else []
        if self.flagged.names_company(rated.siren, group, normalise(rated.name)):
            found.append(Rule.FLAGGED)
        return found


def said_since(session: Session, workspace_id: int, today: date) -> SaidSince:
    """Return what people said of companies and still holds."""
    policy = solvency_policy(session, workspace_id)
    since = datetime.combine(today - timedelta(days=policy.recent_event_days), time(), UTC)
    return SaidSince(
        risk_flags.list_flagged(session, workspace_id=workspace_id, today=today),
        agency_files.list_parents(session, workspace_id=workspace_id),
        event_decisions.list_stopped(session, workspace_id=workspace_id, since=since),
    )


def worst_of(rated: RatingLine, rules: Iterable[Rule]) -> Verdict:
    """Return the verdict of a kept rating and of what was said: it gets worse, never better."""
    verdicts = [Verdict(rated.verdict), *(_OF_CAP[rule.cap] for rule in rules)]
    return max(verdicts, key=lambda one: one.rank)
