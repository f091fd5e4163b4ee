"""What `/solvency` shows: an assessment with who it is about, choices, finance's requests."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.lifecycle import SolvencyRequestState
from bot.domain.solvency.dossier import Flag, SourceName
from bot.domain.solvency.requests import Course
from bot.domain.solvency.verdict import Assessment
from bot.rendering.views import ClockView, HeldView, PersonView


@dataclass(frozen=True, slots=True)
class CourseView:
    """What was decided after the last published event, by whom, when, and its last day."""

    course: Course
    words: str
    by: str
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class SolvencyView:
    """The card: `waiting` names the sources still to come, `question` is what buttons ask again.

    `group_minor` is what the company's whole group owes, when it has one; `request_id` is the
    reader's own question that finance has not answered yet.
    """

    assessment: Assessment
    name: str
    today: date
    town: str = ""
    closed_on: date | None = None
    client_id: int | None = None
    code: str = ""
    flags: tuple[Flag, ...] = ()
    decided: CourseView | None = None
    group_minor: int | None = None
    insured_percent: int | None = None
    is_watched: bool = False
    may_decide: bool = False
    waiting: tuple[SourceName, ...] = ()
    is_public_body: bool = False
    request_id: int | None = None
    held: HeldView | None = None
    clock: ClockView | None = None


@dataclass(frozen=True, slots=True)
class CompanyChoiceView:
    """A company that may be the one meant; a client of ours without a SIREN has an empty one."""

    name: str
    siren: str
    town: str = ""
    score: int = 0
    client_id: int | None = None
    code: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class CompanyChoicesView:
    """The companies a question may mean, best first; none when nothing looks like it.

    `link_client_id` is the client without a SIREN that was meant, for who may say which it is.
    """

    query: str
    order_minor: int | None = None
    choices: tuple[CompanyChoiceView, ...] = ()
    register_answered: bool = True
    link_client_id: int | None = None


@dataclass(frozen=True, slots=True)
class SolvencyRequestView:
    """A question to finance about a sale, and its answer once there is one."""

    request_id: int
    siren: str
    name: str
    by: PersonView | None
    order_minor: int
    currency: str
    question: str
    state: SolvencyRequestState
    asked_at: datetime
    today: date
    card: SolvencyView | None = None
    decided_by: PersonView | None = None
    decided_at: datetime | None = None
    granted_minor: int | None = None
    terms_days: int = 0
    valid_until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CompanyFormView:
    """What a form about a company starts from; `until` is the last day it proposes."""

    siren: str
    name: str
    currency: str
    order_minor: int | None = None
    until: date | None = None
