"""What is known of one company: each fact dated, with the source that said it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class CompanyState(StrEnum):
    """What the register says; a company in liquidation stays active there until struck off."""

    ACTIVE = "active"
    CEASED = "ceased"
    UNKNOWN = "unknown"


class SourceName(StrEnum):
    """Who said it."""

    COMPANIES = "companies"
    NOTICES = "notices"
    RATIOS = "ratios"
    SIRENE = "sirene"
    VIES = "vies"
    LEDGER = "ledger"
    INSURER = "insurer"
    AGENCY = "agency"
    REGISTER = "register"
    DECISION = "decision"


class SourceState(StrEnum):
    """How a source answered; all but the first two lower the confidence and are named."""

    ANSWERED = "answered"
    NOTHING_KNOWN = "nothing_known"
    STALE = "stale"
    SLOW = "slow"
    DOWN = "down"
    WRONG = "wrong"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """One source's answer: how it went and the day its content is from."""

    name: SourceName
    state: SourceState
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A legal unit as the registers have it; texts are empty and dates None when not said.

    `legal_form` is INSEE's four-digit category, `activity` the NAF rev. 2 code, `headcount` INSEE's
    band code. A masked company (statutDiffusion P) or a sole trader is never refused by itself.
    """

    siren: str
    name: str
    state: CompanyState
    created_on: date | None = None
    closed_on: date | None = None
    legal_form: str = ""
    activity: str = ""
    headcount: str = ""
    category: str = ""
    town: str = ""
    postcode: str = ""
    is_sole_trader: bool = False
    is_masked: bool = False
    source: SourceName = SourceName.COMPANIES
    as_of: date | None = None

    @property
    def is_public_body(self) -> bool:
        """Say whether it is a public body (INSEE 7xxx): no insolvency, public payment terms."""
        return self.legal_form.startswith("7")


class Confidentiality(StrEnum):
    """What of the filed accounts may be read."""

    PUBLIC = "public"
    PARTLY = "partly"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Accounts:
    """One year's accounts. Amounts in minor units of euros, ratios in percent, None: not known.

    A turnover of 0 beside a hidden profit and loss account is None here, never zero sales.
    """

    closed_on: date
    turnover_minor: int | None = None
    result_minor: int | None = None
    equity_percent: float | None = None
    debt_percent: float | None = None
    liquidity_percent: float | None = None
    interest_cover: float | None = None
    customer_days: float | None = None
    supplier_days: float | None = None
    confidentiality: Confidentiality = Confidentiality.PUBLIC
    source: SourceName = SourceName.RATIOS


@dataclass(frozen=True, slots=True)
class Quartiles:
    """A ratio's spread in a sector: first quartile, median, third quartile."""

    first: float
    median: float
    third: float


@dataclass(frozen=True, slots=True)
class Sector:
    """What is usual in a company's sector and size, for one year."""

    activity: str
    year: int
    supplier_days: Quartiles | None = None
    equity_percent: Quartiles | None = None
    liquidity_percent: Quartiles | None = None


class VatCheck(StrEnum):
    """What VIES says of a VAT number; when it cannot check, that is neither yes nor no."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_CHECKED = "not_checked"


class EventKind(StrEnum):
    """What a published notice announces."""

    LIQUIDATION = "liquidation"
    REDRESSEMENT = "redressement"
    SAUVEGARDE = "sauvegarde"
    CONVERSION = "conversion"
    PLAN = "plan"
    PLAN_ENDED = "plan_ended"
    CLOSED_UNPAID = "closed_unpaid"
    CLOSED_PAID = "closed_paid"
    PERSONAL_RECOVERY = "personal_recovery"
    CONCILIATION = "conciliation"
    AMICABLE_LIQUIDATION = "amicable_liquidation"
    STRUCK_OFF = "struck_off"
    BUSINESS_SOLD = "business_sold"
    ACCOUNTS_FILED = "accounts_filed"
    ACCOUNTS_CONFIDENTIAL = "accounts_confidential"
    PROCEDURAL = "procedural"
    OTHER = "other"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Event:
    """One published event about a SIREN, as it stands after corrections and cancellations.

    `on` is the judgment's or act's day when said; deadlines run from `published_on`. `into` names
    the procedure a conversion leads to. `text` is what was published, shortened, for UNREAD.
    """

    notice_id: str
    siren: str
    kind: EventKind
    published_on: date
    on: date | None = None
    into: EventKind | None = None
    court: str = ""
    text: str = ""
    replaces: str = ""


class Grade(StrEnum):
    """goodcop's own rating, best first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


@dataclass(frozen=True, slots=True)
class OutsideGrade:
    """A grade from an insurer or an agency's file, put on our scale of A to E."""

    source: SourceName
    name: str
    text: str
    grade: Grade | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Cover:
    """What an insurer grants on a company; `insured_percent` of an invoice is insured."""

    insurer: str
    policy: str
    granted_minor: int
    insured_percent: int
    currency: str
    valid_until: date | None
    as_of: date


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """How the company pays us: from our own ledger."""

    paid_count: int
    usual_delay_days: int | None
    open_minor: int
    overdue_minor: int
    oldest_overdue_days: int
    promises_kept: int
    promises_broken: int
    monthly_sales_minor: int
    currency: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Flag:
    """An entry in the register of doubtful payers."""

    siren: str
    reason: str
    author: str
    flagged_on: date
    expires_on: date
    by_group: bool = False
    by_name: bool = False


class Course(StrEnum):
    """What is decided after a bad event."""

    CONTINUE = "continue"
    CONDITIONS = "conditions"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided after a published event; it stands until its last day, or is lifted."""

    course: Course
    decided_on: date
    until: date

    def stands(self, today: date) -> bool:
        """Say whether it counts that day."""
        return today <= self.until


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of one company when the question was asked; order never matters."""

    siren: str
    company: Company | None = None
    accounts: tuple[Accounts, ...] = ()
    sector: Sector | None = None
    vat: VatCheck = VatCheck.NOT_CHECKED
    events: tuple[Event, ...] = ()
    outside_grades: tuple[OutsideGrade, ...] = ()
    cover: Cover | None = None
    own_record: OwnRecord | None = None
    flags: tuple[Flag, ...] = ()
    decision: Decision | None = None
    sources: tuple[SourceAnswer, ...] = field(default=())
