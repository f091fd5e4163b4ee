"""Who uses goodcop: the Slack team, its companies, its people, its tokens, its policy."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.late_payment.limitation import LimitationKind
from storage.tables.base import TenantRow, refers
from storage.types import Day, Document, one_of


class Workspace(SQLModel, table=True):
    """One Slack team: the tenant of every other row. `team_id` is empty until `run` binds it.

    The `*_version` counters rise in the commit that changes what they name; caches compare them.
    """

    id: int = Field(primary_key=True, sa_type=BigInteger)
    team_id: str | None = Field(default=None, unique=True)
    name: str = ""
    currency: str = Field(default="EUR", max_length=3)
    locale: str = "fr"
    time_zone: str = "Europe/Paris"
    digest_at: str = "09:00"
    finance_channel: str = ""
    finance_name: str = ""
    formal: bool = True
    sales_see_totals: bool = False
    activated_at: datetime | None = None
    names_version: int = 0
    people_version: int = 0
    policy_version: int = 0
    scanned_on: date | None = Field(default=None, sa_type=Day)
    scanned_at: datetime | None = None
    created_at: datetime


class Installation(SQLModel, table=True):
    """A team's tokens, sealed with the team id as associated data."""

    workspace_id: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="workspace.id")
    team_id: str = Field(unique=True)
    bot_token_sealed: str
    bot_user_id: str
    bot_id: str = ""
    app_id: str = ""
    scopes: str = ""
    installed_at: datetime


class Entity(TenantRow, table=True):
    """One legal company of the workspace, whose books are imported.

    `late_rate` is the yearly rate its contracts agree on, `limitation` how long its claims live.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "siren"),
        one_of("limitation", LimitationKind),
    )

    name: str = ""
    siren: str | None = None
    address: str = ""
    iban_sealed: str = ""
    currency: str = Field(default="EUR", max_length=3)
    rhythm_days: int = 2
    default_terms: str = ""
    late_rate: str = ""
    limitation: str = LimitationKind.COMMERCIAL
    receipts_stated_until: date | None = Field(default=None, sa_type=Day)
    created_at: datetime


class FiscalYear(TenantRow, table=True):
    """One book of an entity; a newer file of the same year replaces its snapshot.

    `carried` holds, by client id, the unattributed amounts of the year before, for books whose
    opening entries are not made yet.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "entity_id", "starts_on"),
        refers("entity_id", "entity"),
    )

    entity_id: int = Field(sa_type=BigInteger)
    starts_on: date = Field(sa_type=Day)
    ends_on: date = Field(sa_type=Day)
    carried: dict[str, Any] = Field(default_factory=dict, sa_type=Document)


class ColumnMapping(TenantRow, table=True):
    """The columns an entity's files use, kept once finance has confirmed them."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "entity_id", "kind"),
        refers("entity_id", "entity"),
    )

    entity_id: int = Field(sa_type=BigInteger)
    kind: str
    columns: dict[str, Any] = Field(sa_type=Document)


class Person(TenantRow, table=True):
    """A Slack user of the company; `roles` is words joined by commas, in a fixed order."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        UniqueConstraint("workspace_id", "slack_user_id"),
        refers("manager_id", "person"),
        refers("stand_in_id", "person"),
    )

    email: str | None = None
    slack_user_id: str | None = None
    name: str = ""
    roles: str = "sales"
    manager_id: int | None = Field(default=None, sa_type=BigInteger)
    stand_in_id: int | None = Field(default=None, sa_type=BigInteger)
    channel: str = ""
    locale: str = ""
    time_zone: str = ""
    absent_until: date | None = Field(default=None, sa_type=Day)
    activated_at: datetime | None = None


class Policy(TenantRow, table=True):
    """One version of the rules; the newest is in force, older ones explain older alerts."""

    __table_args__ = (UniqueConstraint("workspace_id", "version"),)

    version: int
    body: dict[str, Any] = Field(sa_type=Document)
    set_at: datetime
    set_by: str = ""


class UnsafeChannel(TenantRow, table=True):
    """A channel found public, shared or guested, and an administrator's consent to post there.

    `troubles` and `consent_to` are words joined by commas; a consent covers what it was given for.
    """

    __tablename__ = "unsafe_channel"
    __table_args__ = (
        UniqueConstraint("workspace_id", "channel"),
        refers("consent_by_id", "person"),
    )

    channel: str
    troubles: str
    found_at: datetime
    consent_to: str = ""
    consent_by_id: int | None = Field(default=None, sa_type=BigInteger)
    consent_at: datetime | None = None
