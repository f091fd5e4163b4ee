"""What an imported file says, before it meets what goodcop already knows."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar


class DueFrom(StrEnum):
    """How a due date is known."""

    STATED = "stated"
    TERMS = "terms"
    ESTIMATED = "estimated"


class ClientKind(StrEnum):
    """What an account of class 41 really is; only `ORDINARY` ones raise alerts."""

    ORDINARY = "ordinary"
    TILL = "till"
    COLLECTIVE = "collective"
    INTRA_GROUP = "intra_group"
    STAFF = "staff"
    DOUBTFUL = "doubtful"


class ItemKind(StrEnum):
    """What an open item is: debits are invoices or what stands for one, the others are credits."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT_ON_ACCOUNT = "payment_on_account"
    INSTALMENT = "instalment"
    OPENING = "opening"
    RETENTION = "retention"
    BILL = "bill"
    FACTORED = "factored"


class SettledBy(StrEnum):
    """What closed an item, or part of it."""

    RECEIPT = "receipt"
    CREDIT_NOTE = "credit_note"
    NETTING = "netting"
    WRITE_OFF = "write_off"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One line of a file that was not taken, and why; `text` is the offending text, shortened."""

    line: int
    column: str
    reason: str
    text: str = ""


class LineKind(StrEnum):
    """The sort of entry a receivable line belongs to, judged by its journal's content."""

    OPENING = "opening"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    FACTOR = "factor"
    OTHER = "other"


class LedgerLine(NamedTuple):
    """One receivable line of the books: debit positive, credit negative, minor units.

    A tuple, because books have a million of them and a frozen dataclass is four times slower.
    """

    line: int
    account: str
    client_code: str
    client_name: str
    kind: LineKind
    booked_on: date
    issued_on: date
    number: str
    label: str
    minor: int
    matching: str = ""
    foreign: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """Part of an item that was closed: how, how much (positive), and the day."""

    by: SettledBy
    minor: int
    on: date


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """An item as the file has it; `minor` and `open_minor` are signed (credits negative).

    `key` identifies it inside its client from one import to the next. Closed items have
    `open_minor == 0` and are kept for payment history. `foreign` is the amount in the
    client's currency, as text, for display only.
    """

    key: str
    number: str
    kind: ItemKind
    issued_on: date
    due_on: date | None
    due_from: DueFrom
    minor: int
    open_minor: int
    currency: str
    label: str = ""
    foreign: str = ""
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedClient:
    """One client account; for each currency net_minor == sum(open_minor) + unattributed_minor."""

    code: str
    account: str
    name: str
    kind: ClientKind
    net_minor: int
    unattributed_minor: int
    currency: str
    items: tuple[ParsedItem, ...] = ()
    last_receipt_on: date | None = None
    last_receipt_minor: int = 0


@dataclass(frozen=True, slots=True)
class ParsedLedger:
    """A whole file of receivables, ready to be applied.

    `starts_on`/`ends_on` bound the fiscal year (None for open-item lists, whose items are
    the whole truth on `last_entry_on`). `receipts_until` is the latest bank entry.
    `opening_lines` says whether the file starts from opening entries.
    """

    kind: str
    clients: tuple[ParsedClient, ...]
    rejected: tuple[RejectedRow, ...]
    rows: int
    accepted: int
    currency: str
    starts_on: date | None
    ends_on: date | None
    first_entry_on: date | None
    last_entry_on: date | None
    receipts_until: date | None
    sales_until: date | None
    warnings: tuple[str, ...] = ()
    siren: str | None = None


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An open item goodcop already holds, offered to the next year's opening entries."""

    client_code: str
    key: str
    number: str
    kind: ItemKind
    issued_on: date
    due_on: date | None
    due_from: DueFrom
    minor: int
    open_minor: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One row of a client file, at `line` of it; None means the column said nothing."""

    code: str
    name: str | None = None
    siren: str | None = None
    owner: str | None = None
    terms: str | None = None
    credit_limit_minor: int | None = None
    currency: str | None = None
    phone: str | None = None
    email: str | None = None
    contact: str | None = None
    function: str | None = None
    parent_siren: str | None = None
    kind: ClientKind | None = None
    town: str | None = None
    retention_of_title: bool | None = None
    late_rate: str | None = None
    margin_percent: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a people file, at `line` of it."""

    email: str
    slack_user_id: str = ""
    name: str = ""
    roles: tuple[str, ...] = ("sales",)
    channel: str = ""
    manager: str = ""
    line: int = 0


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class TableFile(Generic[Row]):
    """Rows of a CSV or XLSX file after its column mapping, and what was refused."""

    kind: str
    rows: tuple[Row, ...]
    rejected: tuple[RejectedRow, ...]
    row_count: int
    mapping: dict[str, str] = field(default_factory=dict)

    def header_of(self, column: str) -> str:
        """Return what the file itself calls a column."""
        return self.mapping.get(column, column)
