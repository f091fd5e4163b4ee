"""What is shown of a published event: what it changes, what it asks, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.solvency.dossier import Event
from bot.domain.solvency.requests import Course
from bot.rendering.views import PersonView, SumView


@dataclass(frozen=True, slots=True)
class CompanyEventView:
    """An event of a company we sell to or follow; `course` is None until it is decided.

    `before` and `after` are what is owed on each side of the opening, when one protects it;
    `owed` is all of it. `claim_by` and `retention_by` are the last days to claim.
    """

    decision_id: int
    siren: str
    name: str
    event: Event
    today: date
    owed: tuple[SumView, ...] = ()
    before: tuple[SumView, ...] = ()
    after: tuple[SumView, ...] = ()
    claim_by: date | None = None
    retention_by: date | None = None
    owner: PersonView | None = None
    is_client: bool = False
    is_frozen: bool = False
    to_finance: bool = False
    course: Course | None = None
    words: str = ""
    decided_by: PersonView | None = None
    decided_at: datetime | None = None
    lifted_by: PersonView | None = None
