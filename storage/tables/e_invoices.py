"""Electronic invoices kept beside the books: what they say, and the sealed documents."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    Index,
    String,
    UniqueConstraint,
)
from sqlmodel import Field

from storage.tables.base import TenantRow, refers
from storage.tables.ledger import BARE_NUMBER
from storage.types import Day


class EInvoiceRow(TenantRow, table=True):
    """One document of one entity; `client_id` is empty until an item of the books has its number.

    Amounts are signed as in the books (credits negative). `due_from` is empty when the document
    gives no due date to go by. `document_sealed` is the file itself, base64, sealed.
    """

    __tablename__ = "e_invoice"
    __table_args__ = (
        UniqueConstraint("workspace_id", "entity_id", "number", "type_code", "issued_on"),
        CheckConstraint("due_from IN ('', 'stated', 'terms')", name="due_from"),
        refers("entity_id", "entity"),
        refers("client_id", "client"),
        Index("ix_e_invoice_client", "workspace_id", "client_id"),
        Index("ix_e_invoice_bare_number", "workspace_id", "entity_id", "bare_number"),
    )

    entity_id: int = Field(sa_type=BigInteger)
    client_id: int | None = Field(default=None, sa_type=BigInteger)
    number: str
    type_code: str
    issued_on: date = Field(sa_type=Day)
    due_on: date | None = Field(default=None, sa_type=Day)
    due_from: str = ""
    currency: str = Field(max_length=3)
    minor: int = Field(sa_type=BigInteger)
    left_minor: int = Field(sa_type=BigInteger)
    buyer_siren: str = ""
    buyer_name_sealed: str = ""
    buyer_town_sealed: str = ""
    file_name: str
    sha256: str
    document_sealed: str
    added_at: datetime
    bare_number: str | None = Field(
        default=None, sa_column=Column(String, Computed(BARE_NUMBER, persisted=True))
    )
