"""FEC (Fichier des Ecritures Comptables, LPF art. A47 A-1) to client accounts with open items."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from stdnum.fr import siren as siren_number

from bot.domain.ledger import KnownItem, LedgerLine, ParsedClient, ParsedLedger
from bot.sources.days import parse_day
from bot.sources.fec_lines import FecReading
from bot.sources.fec_repeats import Repeated, find_repeated
from bot.sources.open_items import Books, client_account

_FILE_NAME = re.compile(r"(?P<siren>\d+)FEC(?P<closing>\d{8})", re.IGNORECASE)
_LONGEST_YEAR = timedelta(days=24 * 31)


@dataclass(slots=True)
class FecBook:
    """A FEC read to its end, before it meets the items of the previous year."""

    reading: FecReading
    lines: dict[str, list[LedgerLine]] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    siren: str | None = None
    repeated: Repeated | None = None


def read_lines(path: Path, *, currency: str = "EUR", encoding: str | None = None) -> FecReading:
    """Return a streaming reading: iterate it for LedgerLine values, then read its findings."""
    return FecReading(path, currency=currency, encoding=encoding)


def load(path: Path, *, currency: str = "EUR", encoding: str | None = None) -> FecBook:
    """Read a whole FEC; raise PermanentSourceError when the file as such cannot be used."""
    reading = read_lines(path, currency=currency, encoding=encoding)
    lines: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in reading:
        lines[line.client_code].append(line)
    for account in lines.values():
        account.sort(key=lambda line: line.line)
    repeated = find_repeated(path, reading.encoding, reading.header, lines)
    if repeated:
        reading.warnings.append(
            f"{repeated.count} entries are in this file twice, the first is {repeated.first}."
        )
    starts_on, ends_on = _year(path.name, reading)
    siren = siren_of_file_name(path.name)
    return FecBook(reading, dict(lines), starts_on, ends_on, siren, repeated)


def to_ledger(book: FecBook, known: Sequence[KnownItem] = ()) -> ParsedLedger:
    """Return the accounts of a book; `known` are the open items of the previous year."""
    reading = book.reading
    known_by_client: dict[str, list[KnownItem]] = defaultdict(list)
    for item in known:
        known_by_client[item.client_code].append(item)
    matched = any(line.matching for lines in book.lines.values() for line in lines)
    books = Books(reading.currency, matched, reading.account_labels)
    clients: tuple[ParsedClient, ...] = tuple(
        client_account(lines, known_by_client.get(code, ()), books)
        for code, lines in sorted(book.lines.items())
    )
    warnings = list(reading.warnings)
    if book.lines and not matched:
        warnings.append("Nothing is matched in this file: payments go to the oldest invoices.")
    return ParsedLedger(
        kind="fec",
        clients=clients,
        rejected=tuple(reading.rejected),
        rows=reading.rows,
        accepted=reading.rows - len(reading.rejected),
        currency=reading.currency,
        starts_on=book.starts_on,
        ends_on=book.ends_on,
        first_entry_on=reading.first_entry_on,
        last_entry_on=reading.last_entry_on,
        receipts_until=reading.receipts_until,
        sales_until=reading.sales_until,
        warnings=tuple(warnings),
        siren=book.siren,
    )


def read(
    path: Path,
    *,
    currency: str = "EUR",
    encoding: str | None = None,
    known: Sequence[KnownItem] = (),
) -> ParsedLedger:
    """Read a FEC into client accounts whose open items add up to their net, to the cent."""
    return to_ledger(load(path, currency=currency, encoding=encoding), known)


def siren_of_file_name(name: str) -> str | None:
    """Return the SIREN that a FEC's file name starts with, or None when it is not a valid one."""
    found = _FILE_NAME.match(name)
    if not found or len(found["siren"]) != 9 or not found["siren"].strip("0"):
        return None
    return found["siren"] if siren_number.is_valid(found["siren"]) else None


def _year(name: str, reading: FecReading) -> tuple[date | None, date | None]:
    """Return first and last day of the fiscal year: by opening entries, name, then entries."""
    first, last = reading.first_entry_on, reading.last_entry_on
    if first is None or last is None:
        return None, None
    found = _FILE_NAME.match(name)
    closing = parse_day(found["closing"]) if found else None
    if closing is not None and not (last <= closing < last + _LONGEST_YEAR):
        closing = None
    opening = next(iter(reading.opening_days)) if len(reading.opening_days) == 1 else None
    if opening is not None and closing is not None and not opening < closing:
        closing = None
    if opening is not None and closing is not None and closing - opening < _LONGEST_YEAR:
        return opening, closing
    if closing is not None:
        return _year_before(closing), closing
    starts_on = opening or first.replace(day=1)
    ends_on = _year_after(starts_on)
    return starts_on, max(ends_on, _month_end(last))


def _year_before(closing: date) -> date:
    following = closing + timedelta(days=1)
    return _same_day(following, following.year - 1)


def _year_after(start: date) -> date:
    return _same_day(start, start.year + 1) - timedelta(days=1)


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
