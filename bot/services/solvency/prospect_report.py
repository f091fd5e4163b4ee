"""What rating a list of prospects gives: who was rated, who is to be chosen, what was refused."""

from dataclasses import dataclass

from bot.domain.ledger import RejectedRow
from bot.domain.solvency.dossier import Company, CompanyState
from bot.domain.solvency.files import ProspectRow
from bot.services.importing.reports import MOST_REJECTED
from storage.company_ratings import RatingLine

_LINES_SHOWN = 20


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

    def to_mend(self) -> list[str]:
        """Return what a person has to do to the file, a line for each; the first twenty refused."""
        refused = self.rejected[:_LINES_SHOWN]
        lines = [_to_choose(one) for one in self.choices]
        lines += [f"line {r.line}, {r.column}: {r.reason} {r.text!r}" for r in refused]
        if len(self.rejected) > len(refused):
            lines.append(f"and {len(self.rejected) - len(refused)} more refused lines")
        return lines

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


def _to_choose(one: NameToChoose) -> str:
    start = f"line {one.row.line}, {one.row.name}"
    if not one.register_answered:
        return f"{start}: the register does not answer, give its SIREN"
    if not one.candidates:
        return f"{start}: no company found, give its SIREN"
    named = (f"{one.siren} {one.name} ({one.town})" for one in one.candidates)
    return f"{start}: which one? Give its SIREN: {', '.join(named)}"


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
