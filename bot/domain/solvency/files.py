"""Rows of the files about companies: insurers' cover, agencies' grades, shareholders, prospects."""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.solvency.dossier import Grade


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One line of an insurer's file; `grade` as the insurer writes it."""

    siren: str
    insurer: str
    policy: str
    granted_minor: int
    insured_percent: int
    grade: str
    currency: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One line of an agency's file, put on our scale where that is known."""

    siren: str
    agency: str
    text: str
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One line of a shareholders' file: who holds a company, and how much when said."""

    siren: str
    parent_siren: str
    share_percent: int | None
    source: str


@dataclass(frozen=True, slots=True)
class ProspectRow:
    """One line of a prospects' list; without a SIREN it can only be looked up by name."""

    siren: str | None
    name: str
    town: str = ""
    owner: str = ""
    priority: int = 0
    line: int = field(default=0, compare=False)
