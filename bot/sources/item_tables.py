"""CSV and XLSX lists of open items: every row an invoice, a credit note or a payment."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.domain.account_kinds import propose_kind
from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import (
    DueFrom,
    ItemKind,
    ParsedClient,
    ParsedItem,
    ParsedLedger,
    RejectedRow,
)
from bot.domain.money import Money
from bot.sources.columns import Mapped
from bot.sources.days import parse_day
from bot.sources.fec_header import plain
from bot.sources.table_cells import BadCell, currency_of, minor_of, rejected_row
from bot.sources.table_files import TextRow
from bot.sources.table_layout import Table, open_table

_TOTAL = re.compile(r"(?:sous[ -]?)?total\b", re.IGNORECASE)
_GRAND_TOTAL = re.compile(r"(?:grand )?total(?: g[eé]n[eé]ral)?\s*:?\Z", re.IGNORECASE)
_STATED_DAY = re.compile(r"\b(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})\b")
_TYPES = {
    **dict.fromkeys(
        ("invoice", "facture", "fact", "fa", "debit", "bill", "opening"), ItemKind.INVOICE
    ),
    **dict.fromkeys(
        ("creditnote", "avoir", "av", "creditmemo", "notedecredit", "credit"), ItemKind.CREDIT_NOTE
    ),
    **dict.fromkeys(
        ("paymentonaccount", "payment", "acompte", "reglement", "paiement", "avance", "deposit"),
        ItemKind.PAYMENT_ON_ACCOUNT,
    ),
    **dict.fromkeys(("instalment", "installment", "echeance"), ItemKind.INSTALMENT),
}


@dataclass(frozen=True, slots=True)
class _Line:
    code: str
    name: str
    item: ParsedItem
    written: int


def read_open_items(
    path: Path,
    *,
    today: date,
    default_currency: str = "EUR",
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> ParsedLedger:
    """Read a list of open items; a client with several currencies becomes several accounts.

    A total row is compared with the sum: PermanentSourceError `total_mismatch` when no row was
    rejected and it differs. The date the list is true on is the one its title states, else its
    latest document, never after `today`.
    """
    table = open_table(path, "open_items", mapping, encoding)
    lines: list[_Line] = []
    rejected: list[RejectedRow] = []
    totals: list[TextRow] = []
    for row in table.rows:
        if _is_total(row, table.mapped):
            totals.append(row)
            continue
        try:
            lines.append(_line(row, table.mapped, default_currency))
        except BadCell as problem:
            rejected.append(rejected_row(row, table.mapped, problem))
    if not rejected:
        _check_total(totals, table.mapped, lines)
    clients = _clients(lines)
    issued = [line.item.issued_on for line in lines if line.item.issued_on <= today]
    stated = _stated_day(path, table, today)
    rows = len(table.rows) - len(totals)
    return ParsedLedger(
        kind="open_items",
        clients=clients,
        rejected=tuple(rejected),
        rows=rows,
        accepted=rows - len(rejected),
        currency=default_currency,
        starts_on=None,
        ends_on=None,
        first_entry_on=min(issued, default=None),
        last_entry_on=stated or max(issued, default=today),
        receipts_until=stated,
        sales_until=max(issued, default=None),
    )


def _line(row: TextRow, mapped: Mapped, default_currency: str) -> _Line:
    def cell(column: str) -> str:
        return row.cell(mapped.at.get(column, -1))

    name = cell("client_name")
    code = cell("client_code") or name
    if not code:
        raise BadCell("client_code", "no client", "")
    currency = currency_of(cell("currency"), default_currency)
    issued_on = _day(cell("issued_on"), "issued_on")
    if issued_on is None:
        raise BadCell("issued_on", "no issue date", "")
    due_on = _day(cell("due_on"), "due_on")
    amount, left = _amounts(
        *(
            minor_of(cell(column), column, currency) if cell(column) else None
            for column in ("amount", "open_amount", "paid_amount")
        )
    )
    kind = _kind(cell("type"), left or amount)
    credit = kind in (ItemKind.CREDIT_NOTE, ItemKind.PAYMENT_ON_ACCOUNT)
    item = ParsedItem(
        key="",
        number=" ".join(cell("number").split()),
        kind=kind,
        issued_on=issued_on,
        due_on=due_on,
        due_from=DueFrom.STATED if due_on else DueFrom.ESTIMATED,
        minor=-abs(amount) if credit else amount,
        open_minor=-abs(left) if credit else left,
        currency=currency,
    )
    return _Line(code, name, item, left)


def _amounts(amount: int | None, left: int | None, paid: int | None) -> tuple[int, int]:
    """Return the amount of the document and what is open of it, from what the row states."""
    if amount is None and left is None:
        raise BadCell("open_amount", "no amount", "")
    if left is None:
        left = (amount or 0) - (paid or 0)
    return (left if amount is None else amount), left


def _day(text: str, column: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise BadCell(column, "not a date", text)
    return day


def _kind(text: str, minor: int) -> ItemKind:
    if not text:
        return ItemKind.CREDIT_NOTE if minor < 0 else ItemKind.INVOICE
    kind = _TYPES.get(plain(text))
    if kind is None:
        raise BadCell("type", "not a type of document", text)
    return ItemKind.CREDIT_NOTE if kind is ItemKind.INVOICE and minor < 0 else kind


def _is_total(row: TextRow, mapped: Mapped) -> bool:
    """Return whether a row sums others: it says so, and carries neither number nor date."""
    first = next((cell.strip() for cell in row.cells if cell.strip()), "")
    names = ("number", "issued_on", "due_on")
    details = [row.cell(mapped.at.get(column, -1)) for column in names]
    return bool(_TOTAL.match(first)) and not any(text for text in details if text != first)


def _check_total(totals: list[TextRow], mapped: Mapped, lines: list[_Line]) -> None:
    currencies = {line.item.currency for line in lines}
    grand = [row for row in totals if _GRAND_TOTAL.match(next(filter(None, row.cells)).strip())]
    column = "open_amount" if "open_amount" in mapped.at else "amount"
    text = grand[-1].cell(mapped.at[column]) if grand and len(currencies) == 1 else ""
    if not text or ("paid_amount" in mapped.at and column == "amount"):
        return
    currency = currencies.pop()
    try:
        total = minor_of(text, column, currency)
    except BadCell as problem:
        raise PermanentSourceError(
            f"The total row says {text}, which is {problem.reason}.", code="total_mismatch"
        ) from problem
    sums = {sum(line.item.open_minor for line in lines), sum(line.written for line in lines)}
    if total not in sums:
        found = Money(sum(line.item.open_minor for line in lines), currency).amount
        raise PermanentSourceError(
            f"The total row says {text}, but its rows add up to {found} {currency}.",
            code="total_mismatch",
        )


def _clients(lines: list[_Line]) -> tuple[ParsedClient, ...]:
    grouped: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    for line in lines:
        grouped[line.code, line.item.currency].append(line)
    clients = []
    for (code, currency), same in grouped.items():
        name = next((line.name for line in same if line.name), code)
        clients.append(
            ParsedClient(
                code=code,
                account="",
                name=name,
                kind=propose_kind(name),
                net_minor=sum(line.item.open_minor for line in same),
                unattributed_minor=0,
                currency=currency,
                items=_keyed([line.item for line in same]),
            )
        )
    return tuple(clients)


def _keyed(items: list[ParsedItem]) -> tuple[ParsedItem, ...]:
    """Give each item its key: number, date, amount, and which of equal ones in file order."""
    seen: dict[str, int] = defaultdict(int)
    keyed = []
    for item in items:
        base = f"{item.number[:120]}|{item.issued_on.isoformat()}|{item.minor}"
        seen[base] += 1
        keyed.append(replace(item, key=f"{base}|{seen[base]}"))
    return tuple(keyed)


def _stated_day(path: Path, table: Table, today: date) -> date | None:
    """Return the date that a title row states, such as `Postes ouverts au 31/10/2026`."""
    titles = (cell for row in table.titles for cell in row.cells)
    found = (_STATED_DAY.search(text) for text in (*titles, path.stem))
    days = (parse_day(match[1]) for match in found if match)
    return next((day for day in days if day and day <= today), None)
