"""What people say and owe: notes, promises, disputes, holds, tasks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.domain.lifecycle import (
    ConcessionKind,
    ConcessionState,
    DisputeState,
    HoldKind,
    Means,
    Outcome,
    PromiseState,
)
from storage.tables.base import TenantRow, refers
from storage.types import Day, Document, one_of


class Note(TenantRow, table=True):
    """What a person wrote of an exchange; the free texts are sealed. `key` makes it safe twice."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("outcome", Outcome),
        one_of("means", Means),
        refers("client_id", "client"),
        refers("by_id", "person"),
        Index("ix_note_client", "workspace_id", "client_id", "at"),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    alert_id: int | None = Field(default=None, sa_type=BigInteger)
    contact_id: int | None = Field(default=None, sa_type=BigInteger)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    outcome: str
    means: str
    reached_sealed: str = ""
    text_sealed: str = ""
    orders_sealed: str = ""
    gesture_sealed: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    at: datetime


class Promise(TenantRow, table=True):
    """A promise to pay: how much, by when; judged by the ledger, or by its date.

    `received_before_minor` came in on its first day but before it was made. A `plan` is a list of
    [day, amount]: `due_on` and `due_minor` are then the payment awaited. `paid_on` is when the
    whole was in, however late.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("state", PromiseState),
        CheckConstraint("minor > 0", name="minor"),
        refers("client_id", "client"),
        refers("by_id", "person"),
        Index("ix_promise_client", "workspace_id", "client_id", "state"),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    alert_id: int | None = Field(default=None, sa_type=BigInteger)
    note_id: int | None = Field(default=None, sa_type=BigInteger)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    due_on: date = Field(sa_type=Day)
    due_minor: int = Field(default=0, sa_type=BigInteger)
    plan: list[Any] = Field(default_factory=list, sa_type=Document)
    made_on: date = Field(sa_type=Day)
    paid_on: date | None = Field(default=None, sa_type=Day)
    state: str = PromiseState.LIVE
    received_before_minor: int = Field(default=0, sa_type=BigInteger)
    received_minor: int = Field(default=0, sa_type=BigInteger)
    judged_at: datetime | None = None


class Dispute(TenantRow, table=True):
    """A contested amount: reason, items (by id), owner and due date; it stays in every figure.

    Open with an `outcome`, it waits for the credit note that was agreed.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("state", DisputeState),
        refers("client_id", "client"),
        refers("owner_id", "person"),
        Index("ix_dispute_client", "workspace_id", "client_id", "state"),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    alert_id: int | None = Field(default=None, sa_type=BigInteger)
    note_id: int | None = Field(default=None, sa_type=BigInteger)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    reason_sealed: str = ""
    open_item_ids: list[Any] = Field(default_factory=list, sa_type=Document)
    minor: int = Field(default=0, sa_type=BigInteger)
    currency: str = Field(max_length=3)
    due_on: date = Field(sa_type=Day)
    state: str = DisputeState.OPEN
    outcome: str = ""
    opened_at: datetime
    resolved_at: datetime | None = None


class Hold(TenantRow, table=True):
    """A pause with an author, a reason and an end."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("kind", HoldKind),
        refers("client_id", "client"),
        Index("ix_hold_client", "workspace_id", "client_id", "until_on"),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    kind: str
    reason_sealed: str = ""
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    until_on: date = Field(sa_type=Day)
    made_at: datetime
    lifted_at: datetime | None = None


class CoverDeadline(TenantRow, table=True):
    """An insurer's clock on a client: what it waits for next, and the last day of cover.

    `declared_on` is when finance declared what was unpaid; what fell due by then is declared.
    """

    __tablename__ = "cover_deadline"
    __table_args__ = (
        UniqueConstraint("workspace_id", "client_id"),
        refers("client_id", "client"),
    )

    client_id: int = Field(sa_type=BigInteger)
    step: str
    until_on: date = Field(sa_type=Day)
    covered_until: date = Field(sa_type=Day)
    minor: int = Field(default=0, sa_type=BigInteger)
    currency: str = Field(max_length=3)
    is_alarming: bool = False
    declared_on: date | None = Field(default=None, sa_type=Day)


class Task(TenantRow, table=True):
    """Something somebody owes: an owner (a person, or a side), what, and by when."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        refers("client_id", "client"),
        refers("owner_id", "person"),
        refers("asked_by_id", "person"),
        Index("ix_task_owner", "workspace_id", "owner_id", "done_at"),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    alert_id: int | None = Field(default=None, sa_type=BigInteger)
    note_id: int | None = Field(default=None, sa_type=BigInteger)
    kind: str
    side: str = "finance"
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    asked_by_id: int | None = Field(default=None, sa_type=BigInteger)
    text_sealed: str = ""
    due_on: date = Field(sa_type=Day)
    made_at: datetime
    done_at: datetime | None = None
    done_by_id: int | None = Field(default=None, sa_type=BigInteger)


class Concession(TenantRow, table=True):
    """More time or a part of the price, asked of finance or granted; the words are sealed.

    `beyond` lists what an extension went beyond when it was asked. The legal due dates stay.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("kind", ConcessionKind),
        one_of("state", ConcessionState),
        CheckConstraint("minor > 0", name="minor"),
        refers("client_id", "client"),
        refers("by_id", "person"),
        refers("decided_by_id", "person"),
        Index("ix_concession_client", "workspace_id", "client_id", "state"),
    )

    key: str
    kind: str
    state: str
    client_id: int = Field(sa_type=BigInteger)
    alert_id: int | None = Field(default=None, sa_type=BigInteger)
    dispute_id: int | None = Field(default=None, sa_type=BigInteger)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    open_item_ids: list[Any] = Field(default_factory=list, sa_type=Document)
    minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    until_on: date | None = Field(default=None, sa_type=Day)
    beyond: list[Any] = Field(default_factory=list, sa_type=Document)
    reason_sealed: str = ""
    asked_at: datetime
    decided_by_id: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = None
    answer_sealed: str = ""
