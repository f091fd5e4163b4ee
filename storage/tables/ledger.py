"""The books: clients, their contacts, what they owe, how it was settled, and the imports."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Computed,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from bot.domain.ledger import ClientKind, DueFrom, ItemKind, SettledBy
from storage.tables.base import TenantRow, partial_index, refers
from storage.types import Day, Document, one_of

# A number in capitals without separators or zeros: never narrower than the domain's comparison.
BETWEEN_DIGITS = " -/._0"
BARE_NUMBER = "upper(number)"
for _sign in BETWEEN_DIGITS:
    BARE_NUMBER = f"replace({BARE_NUMBER}, '{_sign}', '')"

# Clients that are not like most; queries that go by them say the very same words.
SPECIAL_CLIENT = (
    "kind <> 'ordinary' OR credit_limit_minor IS NOT NULL"
    " OR limit_said IS NOT NULL OR muted_until IS NOT NULL"
)
_SPECIAL = text(SPECIAL_CLIENT)


class Client(TenantRow, table=True):
    """A debtor account of one entity; `name_given` when a client file named it, not the books.

    `margin_percent` is what its sales leave, in whole percent, when a client file says so.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "entity_id", "code"),
        one_of("kind", ClientKind),
        refers("entity_id", "entity"),
        refers("owner_id", "person"),
        refers("muted_by_id", "person"),
        Index("ix_client_workspace_id_owner_id", "workspace_id", "owner_id"),
        Index("ix_client_workspace_id_siren", "workspace_id", "siren"),
        Index("ix_client_judged", "workspace_id", "id", "entity_id", "owner_id", "currency"),
        partial_index(
            "ix_client_special",
            "workspace_id",
            "id",
            where=_SPECIAL,
        ),
    )

    entity_id: int = Field(sa_type=BigInteger)
    code: str
    account: str = ""
    name: str
    search_name: str = ""
    town: str = ""
    siren: str | None = None
    group_siren: str | None = None
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    terms: str = ""
    late_rate: str = ""
    margin_percent: int | None = None
    credit_limit_minor: int | None = Field(default=None, sa_type=BigInteger)
    cover_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = Field(default="EUR", max_length=3)
    kind: str = ClientKind.ORDINARY
    kind_confirmed: bool = False
    retention_of_title: bool | None = None
    name_given: bool = False
    muted_until: date | None = Field(default=None, sa_type=Day)
    muted_reason_sealed: str = ""
    muted_by_id: int | None = Field(default=None, sa_type=BigInteger)
    limit_said: int | None = None
    created_at: datetime


class Balance(TenantRow, table=True):
    """A client's account in one currency, as the books have it, and how it pays.

    `net_minor` equals the open items' sum plus `unattributed_minor`, always.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "client_id", "currency"),
        refers("client_id", "client"),
    )

    client_id: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    net_minor: int = Field(sa_type=BigInteger)
    unattributed_minor: int = Field(default=0, sa_type=BigInteger)
    last_receipt_on: date | None = Field(default=None, sa_type=Day)
    last_receipt_minor: int = Field(default=0, sa_type=BigInteger)
    paid_count: int = 0
    usual_delay_days: int | None = None
    least_delay_days: int | None = None
    most_delay_days: int | None = None
    settled_count: int = 0
    recent_delay_days: int | None = None
    earlier_delay_days: int | None = None
    early_quartile_days: int | None = None
    late_quartile_days: int | None = None


class Contact(TenantRow, table=True):
    """A person at a client; name, phone and e-mail are sealed.

    `unusable_since` is when a letter to the address came back for good.
    """

    __table_args__ = (
        UniqueConstraint("workspace_id", "client_id", "key"),
        refers("client_id", "client"),
    )

    client_id: int = Field(sa_type=BigInteger)
    key: str
    function: str = ""
    name_sealed: str = ""
    phone_sealed: str = ""
    email_sealed: str = ""
    language: str = "fr"
    do_not_contact: bool = False
    unusable_since: datetime | None = None


class OpenItem(TenantRow, table=True):
    """An invoice, credit note or payment on account; open while `open_minor` is not 0.

    Amounts are signed (credits negative). `key` identifies it inside its client. `bare_number` is
    the number in capitals without separators or zeros, for those who type it in another form.
    """

    __tablename__ = "open_item"
    __table_args__ = (
        UniqueConstraint("workspace_id", "client_id", "key"),
        one_of("kind", ItemKind),
        one_of("due_from", DueFrom),
        refers("client_id", "client"),
        partial_index(
            "ix_open_item_open",
            "workspace_id",
            "client_id",
            "currency",
            "due_on",
            "open_minor",
            where=text("open_minor <> 0"),
        ),
        partial_index(
            "ix_open_item_due",
            "workspace_id",
            "due_on",
            "client_id",
            where=text("open_minor > 0"),
        ),
        Index("ix_open_item_bare_number", "workspace_id", "bare_number"),
    )

    client_id: int = Field(sa_type=BigInteger)
    key: str
    number: str
    kind: str
    issued_on: date = Field(sa_type=Day)
    due_on: date = Field(sa_type=Day)
    due_from: str
    minor: int = Field(sa_type=BigInteger)
    open_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    label: str = ""
    foreign_text: str = ""
    bare_number: str | None = Field(
        default=None, sa_column=Column(String, Computed(BARE_NUMBER, persisted=True))
    )


class Settlement(TenantRow, table=True):
    """Part of an item that was closed: how, how much (positive), the day, and by which import."""

    __table_args__ = (
        one_of("by", SettledBy),
        refers("open_item_id", "open_item"),
        refers("import_run_id", "import_run"),
        Index("ix_settlement_item", "workspace_id", "open_item_id"),
    )

    open_item_id: int = Field(sa_type=BigInteger)
    import_run_id: int | None = Field(default=None, sa_type=BigInteger)
    by: str
    minor: int = Field(sa_type=BigInteger)
    settled_on: date = Field(sa_type=Day)


class ImportRun(TenantRow, table=True):
    """One applied file: what it said, up to when, and what it takes to undo it.

    `undo` is a compressed JSON list of the rows as they were.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        refers("entity_id", "entity"),
        Index("ix_import_run_entity", "workspace_id", "entity_id", "applied_at"),
    )

    entity_id: int | None = Field(default=None, sa_type=BigInteger)
    fiscal_year_id: int | None = Field(default=None, sa_type=BigInteger)
    kind: str
    file_name: str
    sha256: str
    rows: int
    accepted: int
    rejected_count: int
    totals: list[Any] = Field(default_factory=list, sa_type=Document)
    warnings: list[Any] = Field(default_factory=list, sa_type=Document)
    as_of: date = Field(sa_type=Day)
    receipts_until: date | None = Field(default=None, sa_type=Day)
    sales_until: date | None = Field(default=None, sa_type=Day)
    applied_at: datetime
    applied_by: str = ""
    undone_at: datetime | None = None
    undo: bytes = Field(default=b"", sa_type=LargeBinary)


class RejectedRow(TenantRow, table=True):
    """A line of a file that was not taken, and why."""

    __tablename__ = "rejected_row"
    __table_args__ = (
        refers("import_run_id", "import_run"),
        Index("ix_rejected_row_run", "workspace_id", "import_run_id"),
    )

    import_run_id: int = Field(sa_type=BigInteger)
    line: int
    column: str
    reason: str
    text: str = ""
