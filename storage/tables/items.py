"""Parts of items that are not owed yet, or not to us: retention money, bills, sold to a factor."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.item_states import StateKind
from bot.domain.ledger import DueFrom, ItemKind
from storage.tables.base import TenantRow, partial_index, refers
from storage.types import Day, one_of


class ItemState(TenantRow, table=True):
    """A part of an item set apart: how much, due when, and what the item was before.

    `item_key` is the item's key inside its client: it outlives the row that an import replaces.
    """

    __tablename__ = "item_state"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        one_of("kind", StateKind),
        one_of("kind_before", ItemKind),
        one_of("due_from_before", DueFrom),
        CheckConstraint("minor > 0", name="minor"),
        refers("client_id", "client"),
        refers("by_id", "person"),
        partial_index(
            "ix_item_state_live",
            "workspace_id",
            "client_id",
            "item_key",
            unique=True,
            where=text("ended_at IS NULL"),
        ),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    item_key: str
    kind: str
    minor: int = Field(sa_type=BigInteger)
    due_on: date = Field(sa_type=Day)
    kind_before: str
    due_on_before: date = Field(sa_type=Day)
    due_from_before: str
    note_sealed: str = ""
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime
    ended_at: datetime | None = None


class DeliveryHold(TenantRow, table=True):
    """Advice to hold deliveries and new orders of a client, with its reason; open until lifted."""

    __tablename__ = "delivery_hold"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        CheckConstraint("scope IN ('deliveries', 'new_orders')", name="scope"),
        refers("client_id", "client"),
        refers("by_id", "person"),
        refers("lifted_by_id", "person"),
        partial_index(
            "ix_delivery_hold_live",
            "workspace_id",
            "client_id",
            unique=True,
            where=text("lifted_at IS NULL"),
        ),
    )

    key: str
    client_id: int = Field(sa_type=BigInteger)
    scope: str
    reason_sealed: str = ""
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime
    lifted_at: datetime | None = None
    lifted_by_id: int | None = Field(default=None, sa_type=BigInteger)
    lifted_how: str = ""
