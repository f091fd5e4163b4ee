"""Bank statements beside the books: accounts, movements that concern clients, what they pay."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.bank.statement import LineSort
from bot.domain.bank.states import LineState, PartState
from storage.tables.base import TenantRow, partial_index, refers
from storage.types import Day, Document, one_of


class BankAccount(TenantRow, table=True):
    """An account of one entity in one currency; `until_on` is how far its statements go."""

    __tablename__ = "bank_account"
    __table_args__ = (
        refers("entity_id", "entity"),
        Index("ix_bank_account_entity", "workspace_id", "entity_id"),
    )

    entity_id: int = Field(sa_type=BigInteger)
    number_sealed: str
    currency: str = Field(max_length=3)
    until_on: date | None = Field(default=None, sa_type=Day)


class BankLine(TenantRow, table=True):
    """Money that came in, or was taken back (`minor` negative); `identity` makes it safe twice.

    `proposals` are what it may pay, best first, as the service wrote them; `takes_back_id` is the
    movement that a rejected payment undoes.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account_id", "identity"),
        one_of("sort", LineSort),
        one_of("state", LineState),
        refers("account_id", "bank_account"),
        refers("import_run_id", "import_run"),
        refers("client_id", "client"),
        refers("decided_by_id", "person"),
        Index("ix_bank_line_day", "workspace_id", "account_id", "booked_on"),
        Index("ix_bank_line_client", "workspace_id", "client_id", "booked_on"),
        partial_index(
            "ix_bank_line_new",
            "workspace_id",
            "id",
            where=text("state = 'new'"),
        ),
    )

    account_id: int = Field(sa_type=BigInteger)
    import_run_id: int = Field(sa_type=BigInteger)
    identity: str
    booked_on: date = Field(sa_type=Day)
    minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    sort: str
    payer_sealed: str = ""
    text_sealed: str = ""
    reject_code: str = ""
    format: str = ""
    state: str = LineState.NEW
    client_id: int | None = Field(default=None, sa_type=BigInteger)
    takes_back_id: int | None = Field(default=None, sa_type=BigInteger)
    proposals: list[Any] = Field(default_factory=list, sa_type=Document)
    decided_by_id: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = None
    added_at: datetime


class BankPart(TenantRow, table=True):
    """What a movement pays of one item, or reopens (`minor` negative), until the books say so.

    `open_after_minor` is what the books will leave open of the item once they have it; without an
    item (`item_key` empty) the money is on the client's account. `lag_told_on` is when finance
    was told that the books still lack it.
    """

    __tablename__ = "bank_part"
    __table_args__ = (
        UniqueConstraint("workspace_id", "line_id", "item_key"),
        one_of("state", PartState),
        refers("line_id", "bank_line"),
        refers("client_id", "client"),
        partial_index(
            "ix_bank_part_seen",
            "workspace_id",
            "client_id",
            where=text("state = 'seen'"),
        ),
    )

    line_id: int = Field(sa_type=BigInteger)
    client_id: int = Field(sa_type=BigInteger)
    item_key: str
    minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    open_after_minor: int = Field(sa_type=BigInteger)
    loose_minor: int = Field(default=0, sa_type=BigInteger)
    state: str = PartState.SEEN
    seen_on: date = Field(sa_type=Day)
    ended_run_id: int | None = Field(default=None, sa_type=BigInteger)
    lag_told_on: date | None = Field(default=None, sa_type=Day)
