"""May we sell to them: requests and decisions, flags, watched companies, cover, ratings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.lifecycle import LinkState, SolvencyRequestState
from storage.tables.base import TenantRow, partial_index, refers
from storage.types import Day, Document, one_of


class SolvencyRequest(TenantRow, table=True):
    """A salesperson asks finance whether to sell; `shown` is what both saw. `key`: safe twice."""

    __tablename__ = "solvency_request"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("state", SolvencyRequestState),
        CheckConstraint("order_minor >= 0", name="order_minor"),
        refers("client_id", "client"),
        refers("by_id", "person"),
        refers("decided_by_id", "person"),
        Index("ix_solvency_request_siren", "workspace_id", "siren", "state"),
    )

    key: str
    siren: str
    name: str
    client_id: int | None = Field(default=None, sa_type=BigInteger)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    order_minor: int = Field(default=0, sa_type=BigInteger)
    currency: str = Field(max_length=3)
    question_sealed: str = ""
    shown: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    state: str = SolvencyRequestState.OPEN
    asked_at: datetime
    decided_by_id: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = None
    granted_minor: int | None = Field(default=None, sa_type=BigInteger)
    terms: str = ""
    valid_until: date | None = Field(default=None, sa_type=Day)
    words_sealed: str = ""
    channel: str = ""
    ts: str = ""


class EventDecision(TenantRow, table=True):
    """After a bad event: continue, continue with conditions, or stop; empty until decided.

    A stop or conditions may be lifted by finance before they lapse.
    `claimed_on` is when finance declared the claim in the proceeding.
    """

    __tablename__ = "event_decision"
    __table_args__ = (
        UniqueConstraint("workspace_id", "siren", "notice_id"),
        CheckConstraint("course IN ('', 'continue', 'conditions', 'stop')", name="course"),
        refers("decided_by_id", "person"),
        refers("lifted_by_id", "person"),
    )

    siren: str
    notice_id: str
    course: str = ""
    words_sealed: str = ""
    asked_at: datetime
    decided_by_id: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = None
    lifted_by_id: int | None = Field(default=None, sa_type=BigInteger)
    lifted_at: datetime | None = None
    claimed_on: date | None = Field(default=None, sa_type=Day)


class RiskFlag(TenantRow, table=True):
    """An entry in the register of doubtful payers; `search_name` is the normalised name."""

    __tablename__ = "risk_flag"
    __table_args__ = (
        refers("by_id", "person"),
        Index("ix_risk_flag_siren", "workspace_id", "siren"),
        Index("ix_risk_flag_name", "workspace_id", "search_name"),
    )

    siren: str
    name: str
    search_name: str
    group_siren: str | None = None
    is_person: bool = False
    reason_sealed: str = ""
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    flagged_on: date = Field(sa_type=Day)
    expires_on: date = Field(sa_type=Day)
    lifted_at: datetime | None = None


class Watch(TenantRow, table=True):
    """A prospect somebody follows; clients with a SIREN are followed without a row here."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "siren", "person_id"),
        refers("person_id", "person"),
    )

    siren: str
    name: str
    person_id: int = Field(sa_type=BigInteger)
    since: datetime


class WatchedDay(TenantRow, table=True):
    """A day of publication that was asked for in full; a kill leaves the day to be asked again."""

    __tablename__ = "watched_day"
    __table_args__ = (UniqueConstraint("workspace_id", "day"),)

    day: date = Field(sa_type=Day)
    asked_at: datetime


class ReadCompany(TenantRow, table=True):
    """A company whose notices were read one by one, the past included."""

    __tablename__ = "read_company"
    __table_args__ = (UniqueConstraint("workspace_id", "siren"),)

    siren: str
    read_at: datetime


class InsurerCover(TenantRow, table=True):
    """What an insurer grants on a company, as its file said; one row per policy."""

    __tablename__ = "insurer_cover"
    __table_args__ = (
        UniqueConstraint("workspace_id", "siren", "insurer", "policy"),
        CheckConstraint("insured_percent BETWEEN 0 AND 100", name="insured_percent"),
        CheckConstraint("granted_minor >= 0", name="granted_minor"),
    )

    siren: str
    insurer: str
    policy: str
    granted_minor: int = Field(sa_type=BigInteger)
    insured_percent: int
    grade: str = ""
    currency: str = Field(max_length=3)
    valid_until: date | None = Field(default=None, sa_type=Day)
    as_of: date = Field(sa_type=Day)


class OutsideGrade(TenantRow, table=True):
    """A paid agency's grade, from a file; `grade` is on our scale A to E, or empty."""

    __tablename__ = "outside_grade"
    __table_args__ = (UniqueConstraint("workspace_id", "siren", "agency"),)

    siren: str
    agency: str
    text: str
    grade: str = ""
    as_of: date = Field(sa_type=Day)


class GroupLink(TenantRow, table=True):
    """Who holds a company, from a file: parent SIREN and share in percent when said."""

    __tablename__ = "group_link"
    __table_args__ = (UniqueConstraint("workspace_id", "siren", "parent_siren"),)

    siren: str
    parent_siren: str
    share_percent: int | None = None
    source: str
    as_of: date = Field(sa_type=Day)


class SirenLink(TenantRow, table=True):
    """A SIREN suggested for a client, with its evidence; finance's yes makes it theirs."""

    __tablename__ = "siren_link"
    __table_args__ = (
        UniqueConstraint("workspace_id", "client_id", "siren"),
        one_of("state", LinkState),
        refers("client_id", "client"),
        refers("decided_by_id", "person"),
    )

    client_id: int = Field(sa_type=BigInteger)
    siren: str
    name: str
    town: str = ""
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    state: str = LinkState.SUGGESTED
    decided_by_id: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = None


class SirenSearch(TenantRow, table=True):
    """When the register was last searched for a client without a SIREN, found or not."""

    __tablename__ = "siren_search"
    __table_args__ = (UniqueConstraint("workspace_id", "client_id"), refers("client_id", "client"))

    client_id: int = Field(sa_type=BigInteger)
    searched_at: datetime


class CompanyRating(TenantRow, table=True):
    """The last assessment of a company: for prospects' lists, usage alerts, reviews, the CRM."""

    __tablename__ = "company_rating"
    __table_args__ = (
        UniqueConstraint("workspace_id", "siren"),
        refers("owner_id", "person"),
        refers("priority_by_id", "person"),
        Index("ix_company_rating_review", "workspace_id", "review_on"),
        partial_index(
            "ix_company_rating_prospect",
            "workspace_id",
            "owner_id",
            where=text("is_prospect = 1"),
        ),
    )

    siren: str
    name: str
    town: str = ""
    rating: str
    confidence: int
    verdict: str
    terms_days: int
    limit_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    flags: str = ""
    usage_said: int = 0
    usage_said_on: date | None = Field(default=None, sa_type=Day)
    is_prospect: bool = False
    priority: int = 0
    priority_by_id: int | None = Field(default=None, sa_type=BigInteger)
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    review_on: date | None = Field(default=None, sa_type=Day)
    as_of: datetime
