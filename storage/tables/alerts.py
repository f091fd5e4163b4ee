"""The open episode of a client, and the append-only history of alerts and clients."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.lifecycle import AlertState, HandoverState
from storage.tables.base import TenantRow, partial_index, refers
from storage.types import Day, Document, one_of

_STILL_OPEN = text("state NOT IN ('resolved', 'written_off')")


class Alert(TenantRow, table=True):
    """One episode of one client; the Slack message that shows it is (channel, ts).

    `announced_*` is what was last said aloud, against which news is measured. `shown_at` is the
    moment the owner was really shown it: the good-cop window starts there.
    """

    __table_args__ = (
        one_of("state", AlertState),
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
        UniqueConstraint("workspace_id", "client_id", "episode"),
        refers("client_id", "client"),
        refers("owner_id", "person"),
        partial_index(
            "ux_alert_one_open",
            "workspace_id",
            "client_id",
            unique=True,
            where=_STILL_OPEN,
        ),
    )

    client_id: int = Field(sa_type=BigInteger)
    episode: int
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    state: str = AlertState.OPEN
    level: int
    reasons: list[Any] = Field(default_factory=list, sa_type=Document)
    currency: str = Field(max_length=3)
    overdue_minor: int = Field(sa_type=BigInteger)
    oldest_due_on: date | None = Field(default=None, sa_type=Day)
    announced_level: int = 0
    announced_minor: int = Field(default=0, sa_type=BigInteger)
    announced_bucket: str = ""
    opened_at: datetime
    state_ends_on: date | None = Field(default=None, sa_type=Day)
    state_reason_sealed: str = ""
    state_by_id: int | None = Field(default=None, sa_type=BigInteger)
    state_at: datetime
    shown_at: datetime | None = None
    window_ends_on: date | None = Field(default=None, sa_type=Day)
    window_left_days: int | None = None
    window_suspended_until: date | None = Field(default=None, sa_type=Day)
    window_warned_at: datetime | None = None
    window_extended_at: datetime | None = None
    ack_expiries: int = 0
    channel: str = ""
    ts: str = ""
    version: int = 1
    resolved_at: datetime | None = None
    resolved_by: str = ""
    resolution: dict[str, Any] | None = Field(default=None, sa_type=Document)


class Event(TenantRow, table=True):
    """What happened: who, when, what, why, from where. Append only; `body` holds ids and figures,
    never a note's text."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        refers("client_id", "client"),
        refers("alert_id", "alert"),
        refers("person_id", "person"),
        Index("ix_event_client", "workspace_id", "client_id", "at"),
    )

    key: str
    client_id: int | None = Field(default=None, sa_type=BigInteger)
    alert_id: int | None = Field(default=None, sa_type=BigInteger)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    kind: str
    source: str = ""
    body: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    at: datetime


class Handover(TenantRow, table=True):
    """The transfer of a client's file to finance, and its answer."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("state", HandoverState),
        refers("client_id", "client"),
        refers("alert_id", "alert"),
        refers("by_id", "person"),
        Index("ix_handover_alert", "workspace_id", "alert_id"),
    )

    client_id: int = Field(sa_type=BigInteger)
    alert_id: int = Field(sa_type=BigInteger)
    key: str
    state: str = HandoverState.OFFERED
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    automatic: bool = False
    opinion_sealed: str = ""
    question_sealed: str = ""
    offered_at: datetime
    take_by_on: date = Field(sa_type=Day)
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    answered_by_id: int | None = Field(default=None, sa_type=BigInteger)
    answered_at: datetime | None = None
    channel: str = ""
    ts: str = ""
    version: int = 1
