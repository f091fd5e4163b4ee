"""The books as goodcop holds them, and the changes an import makes to them.

Rows are tuples in the order of their columns and days are proleptic ordinals, as stored: books
have hundreds of thousands of rows, and most imports change a few of them.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

Cell = str | int | bool | None
Cells = tuple[Cell, ...]


class ItemRow(NamedTuple):
    """An item with its identity; amounts signed (credits negative)."""

    id: int
    client_id: int
    key: str
    number: str
    kind: str
    issued_on: int
    due_on: int
    due_from: str
    minor: int
    open_minor: int
    currency: str
    label: str
    foreign_text: str


class SettlementRow(NamedTuple):
    """Part of an item that was closed; `minor` is positive."""

    id: int
    open_item_id: int
    by: str
    minor: int
    settled_on: int


class ClientLine(NamedTuple):
    """A client account as the books know it; `name_given` when its name is not theirs."""

    id: int
    code: str
    account: str
    name: str
    search_name: str
    kind: str
    currency: str
    kind_confirmed: bool
    name_given: bool
    terms: str


class BalanceLine(NamedTuple):
    """A client's account in one currency, its payment record and its paying habit."""

    id: int
    client_id: int
    currency: str
    net_minor: int
    unattributed_minor: int
    last_receipt_on: int | None
    last_receipt_minor: int
    paid_count: int
    usual_delay_days: int | None
    least_delay_days: int | None
    most_delay_days: int | None
    settled_count: int = 0
    recent_delay_days: int | None = None
    earlier_delay_days: int | None = None
    early_quartile_days: int | None = None
    late_quartile_days: int | None = None


@dataclass(slots=True)
class Snapshot:
    """One entity's books at one instant; `version` rises with every change of the books.

    `clients` by code, `items` by client id and key, `balances` by client id and currency,
    `settlements` by item id.
    """

    version: int
    clients: dict[str, ClientLine] = field(default_factory=dict)
    items: dict[int, dict[str, ItemRow]] = field(default_factory=dict)
    balances: dict[tuple[int, str], BalanceLine] = field(default_factory=dict)
    settlements: dict[int, list[SettlementRow]] = field(default_factory=dict)


@dataclass(slots=True)
class TableChanges:
    """Rows of one table to insert, update and delete; each row starts with its id.

    `new` and `gone` follow `columns`; `changed` holds (before, after) in `changing` columns.
    """

    table: str
    columns: tuple[str, ...]
    changing: tuple[str, ...] = ()
    new: list[Cells] = field(default_factory=list)
    changed: list[tuple[Cells, Cells]] = field(default_factory=list)
    gone: list[Cells] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many rows are written or deleted."""
        return len(self.new) + len(self.changed) + len(self.gone)


@dataclass(frozen=True, slots=True)
class Relief:
    """What an import closed of one client's debts: item ids, and minor units by how."""

    client_id: int
    currency: str
    item_ids: tuple[int, ...]
    by: dict[str, int]
