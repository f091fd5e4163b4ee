"""What rating a list of prospects gives: who was rated, who is to be chosen, what was refused."""

from dataclasses import dataclass

from bot.domain.ledger import RejectedRow
from bot.domain.solvency.dossier import Company, CompanyState
from bot.domain.solvency.files import ProspectRow
from bot.services.importing.reports import MOST_REJECTED
from storage.company_ratings import RatingLine


@dataclass(frozen=True, slots=True)
class Prospect:
    """A prospect as rated; `owner` is an e-mail address or Slack id, empty for nobody's."""

    rated: RatingLine
    owner: str = ""


@dataclass(frozen=True, slots=True)
class NameToChoose:
    """A line without a SIREN, and the companies it may mean: none when the register is silent."""

    row: ProspectRow
    candidates: tuple[Company, ...] = ()
    register_answered: bool = True


@dataclass(frozen=True, slots=True)
class ProspectReport:
    """A list's outcome, in the order of the file."""

    prospects: tuple[Prospect, ...] = ()
    choices: tuple[NameToChoose, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether every line was rated."""
        return not self.choices and not self.rejected

    def as_json(self) -> dict[str, object]:
        """Return it as `--json` prints it; priorities are 1 to 3, 0 for none."""
        return {
            "prospects": [_prospect(one) for one in self.prospects],
            "choices": [_choice(one) for one in self.choices],
            "rejected": [
                {"line": row.line, "column": row.column, "reason": row.reason, "text": row.text}
                for row in self.rejected[:MOST_REJECTED]
            ],
        }


def _prospect(one: Prospect) -> dict[str, object]:
    rated = one.rated
    return {
        "siren": rated.siren,
        "name": rated.name,
        "rating": rated.rating,
        "confidence": rated.confidence,
        "verdict": rated.verdict,
        "limit_minor": rated.limit_minor,
        "currency": rated.currency,
        "priority": rated.priority,
        "owner": one.owner or None,
    }


def _choice(one: NameToChoose) -> dict[str, object]:
    return {
        "line": one.row.line,
        "name": one.row.name,
        "town": one.row.town,
        "register_answered": one.register_answered,
        "candidates": [
            {
                "siren": company.siren,
                "name": company.name,
                "town": company.town,
                "active": company.state is CompanyState.ACTIVE,
            }
            for company in one.candidates
        ],
    }
