"""What is done about clients that do not pay: scenarios, the steps made, and what comes next."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.dunning.planning import Outcome
from bot.domain.dunning.scenarios import Channel, Mode, StepActor, StepState
from bot.domain.profiles import Profile
from storage.tables.base import TenantRow, partial_index, refers
from storage.types import Day, Document, one_of

_WAITS = text("state IN ('due', 'drafted', 'queued')")


class ScenarioRow(TenantRow, table=True):
    """One version of a profile's scenario; the newest activated one is in force."""

    __tablename__ = "scenario"
    __table_args__ = (
        UniqueConstraint("workspace_id", "profile", "version"),
        one_of("profile", Profile),
    )

    profile: str
    version: int
    body: dict[str, Any] = Field(sa_type=Document)
    made_at: datetime
    made_by: str = ""
    activated_at: datetime | None = None
    activated_by: str = ""


class StepRow(TenantRow, table=True):
    """A step made for one client in one episode, about these items; never twice.

    `totals` are minor units by currency, on the day it was planned. `person_id` is who does it or
    approves it, None for finance. What people type is sealed.
    """

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("workspace_id", "client_id", "episode", "step_key"),
        one_of("actor", StepActor),
        one_of("channel", Channel),
        one_of("mode", Mode),
        one_of("state", StepState),
        refers("client_id", "client"),
        refers("person_id", "person"),
        refers("done_by_id", "person"),
        partial_index(
            "ix_step_waiting",
            "workspace_id",
            "person_id",
            where=_WAITS,
        ),
        Index("ix_step_changed", "workspace_id", "changed_at"),
    )

    client_id: int = Field(sa_type=BigInteger)
    episode: int
    step_key: str
    profile: str
    level: int
    offset_days: int
    actor: str
    channel: str
    tone: str
    mode: str
    contact: str = ""
    text_key: str = ""
    without_address: bool = False
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    state: str
    reason: str = ""
    item_ids: list[Any] = Field(default_factory=list, sa_type=Document)
    totals: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    planned_on: date = Field(sa_type=Day)
    done_on: date | None = Field(default=None, sa_type=Day)
    done_by_id: int | None = Field(default=None, sa_type=BigInteger)
    words_sealed: str = ""
    made_at: datetime
    changed_at: datetime


class NextStep(TenantRow, table=True):
    """What comes next for a client, as last planned; `look_on` is the day to judge it again."""

    __tablename__ = "next_step"
    __table_args__ = (
        UniqueConstraint("workspace_id", "client_id"),
        one_of("outcome", Outcome),
        refers("client_id", "client"),
        Index("ix_next_step_look_on", "workspace_id", "look_on", "client_id"),
    )

    client_id: int = Field(sa_type=BigInteger)
    outcome: str
    because: str
    profile: str
    look_on: date | None = Field(default=None, sa_type=Day)
    step_key: str = ""
    actor: str = ""
    without_address: bool = False
    planned_on: date = Field(sa_type=Day)


class StepPlanning(TenantRow, table=True):
    """When a workspace's steps were last planned, and by which scenarios and rules."""

    __tablename__ = "step_planning"
    __table_args__ = (UniqueConstraint("workspace_id"),)

    planned_on: date = Field(sa_type=Day)
    planned_at: datetime
    rules: str = ""
