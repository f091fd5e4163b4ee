"""What late payment costs: rates entered by hand, acts that interrupt, offers to give fees up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.domain.late_payment.limitation import Interruption as Kind
from bot.domain.late_payment.waivers import WaiverState
from storage.tables.base import TenantRow, refers
from storage.types import Day, Document, one_of


class LateRate(TenantRow, table=True):
    """The rates of a half-year (`2026-2`), in percent as text, entered over those shipped."""

    __tablename__ = "late_rate"
    __table_args__ = (UniqueConstraint("workspace_id", "half_year"),)

    half_year: str
    legal_percent: str
    refi_percent: str
    source: str
    is_example: bool = False
    made_at: datetime
    made_by: str = ""


class Interruption(TenantRow, table=True):
    """An act that makes the limitation of a client's debts begin anew."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("kind", Kind),
        refers("client_id", "client"),
        refers("by_id", "person"),
        Index("ix_interruption_client", "workspace_id", "client_id"),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    kind: str
    on: date = Field(sa_type=Day)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime


class Waiver(TenantRow, table=True):
    """An offer to give fees and interest up if what was owed is in by a day."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("state", WaiverState),
        CheckConstraint("given_up_minor > 0", name="given_up_minor"),
        refers("client_id", "client"),
        refers("by_id", "person"),
        Index("ix_waiver_client", "workspace_id", "client_id", "state"),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    given_up_minor: int = Field(sa_type=BigInteger)
    principal_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    open_item_ids: list[Any] = Field(default_factory=list, sa_type=Document)
    made_on: date = Field(sa_type=Day)
    until_on: date = Field(sa_type=Day)
    state: str = WaiverState.OFFERED
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime
    judged_at: datetime | None = None
