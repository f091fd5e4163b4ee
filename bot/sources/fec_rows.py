"""Rows of a FEC that do not have as many cells as its header: repaired only when sure."""

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TextIO

from bot.domain.ledger import RejectedRow
from bot.sources.amounts import UnreadableAmount, parse_minor
from bot.sources.days import is_blank_day, parse_day
from bot.sources.fec_header import Header

_TEXTS = ("journal_label", "account_label", "client_label", "piece", "label")
_TELLING = ("journal", "entry", "booked_on", "account", "client", "debit", "credit", "amount")
_SHOWN = 80
_BATCH = 200
# A label broken over more lines than this is not put together again.
_MOST_PIECES = 10

# Number of the first line, and the cells of that line and the following ones.
Batch = tuple[int, list[list[str]]]


def shortened(text: str) -> str:
    """Return text fit for a report: one line of at most 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


class Rows:
    """The rows of a FEC after its header, each with its line number and `width` cells.

    `count` counts every row, `rejected` holds those without a sure reading, and `lost` says
    that amounts are missing from the sums for that reason. `cut` is set when the last line ends
    before its amounts.
    """

    def __init__(self, header: Header, reject: Callable[[RejectedRow], None]) -> None:
        self.header = header
        self.count = 0
        self.lost = False
        self.cut = False
        self._reject = reject
        self._short_rows = 0
        required = ("debit", "credit", "amount", "side", "label", "account", "booked_on")
        self._fewest = max(header.at[field] for field in required) + 1

    def read(self, stream: TextIO, first_line: int) -> Iterator[Batch]:
        """Yield the usable rows in batches of successive lines, each with its first number."""
        if self.header.quoted:
            yield from self._read_quoted(stream, first_line)
            return
        separator, width = self.header.separator, self.header.width
        number = first_line
        while rows := [line.split(separator) for line in islice(stream, _BATCH)]:
            if len(rows[-1]) < width:
                rows += [line.split(separator) for line in islice(stream, _MOST_PIECES)]
            self.count += len(rows)
            if set(map(len, rows)) == {width}:
                yield number, rows
            else:
                yield from self._mend_batch(number, rows)
            number += len(rows)

    def _mend_batch(self, first: int, rows: list[list[str]]) -> Iterator[Batch]:
        following = 0
        for number, cells in enumerate(rows, first):
            if following:
                following -= 1
                continue
            mended: list[str] | None = cells
            if len(cells) < self.header.width and (pieces := self._pieces(rows, number - first)):
                following = len(pieces) - 1
                self.count -= following
                mended = self._put_together(pieces)
            elif len(cells) != self.header.width:
                line = self.header.separator.join(cells)
                mended = self._mend(number, line, cells, line.endswith("\n"))
            if mended is not None:
                yield number, [mended]

    def _pieces(self, rows: list[list[str]], at: int) -> list[list[str]]:
        """Return the successive rows that line breaks inside a text made of one; else none.

        Sure when their cells make exactly one row, broken in texts only, whose dates, account and
        amounts stand where they should.
        """
        texts = {self.header.at[field] for field in _TEXTS}
        pieces, width = rows[at : at + 1], len(rows[at])
        for cells in rows[at + 1 : at + _MOST_PIECES]:
            if width - 1 not in texts:
                break
            pieces.append(cells)
            width += len(cells) - 1
            if width >= self.header.width:
                together = self._put_together(pieces)
                return (
                    pieces if len(together) == self.header.width and self._sound(together) else []
                )
        return []

    def _put_together(self, pieces: list[list[str]]) -> list[str]:
        row = list(pieces[0])
        for cells in pieces[1:]:
            row[-1] = f"{row[-1].rstrip()} {cells[0].strip()}".rstrip()
            row += cells[1:]
        return row

    def _read_quoted(self, stream: TextIO, first_line: int) -> Iterator[Batch]:
        reader = csv.reader(stream, delimiter=self.header.separator)
        for cells in reader:
            number = reader.line_num + first_line - 1
            self.count += 1
            if len(cells) != self.header.width:
                text = self.header.separator.join(cells)
                mended = self._mend(number, text, cells, whole=True)
                if mended is None:
                    continue
                cells = mended
            yield number, [cells]

    def _mend(self, number: int, line: str, cells: list[str], whole: bool) -> list[str] | None:
        if not line.strip():
            self.count -= 1
            return None
        if not whole and len(cells) < self._fewest:
            self.cut = True
            return None
        fitted = self._fitted(line, cells)
        if fitted is None:
            self.lost = True
            found = f"{len(cells)} columns instead of {self.header.width}"
            self._reject(RejectedRow(number, "", found, shortened(line)))
        elif not whole and len(cells) < self.header.width and not self._short_rows:
            self.cut = True
        self._short_rows += len(cells) < self.header.width
        return fitted

    def _fitted(self, line: str, cells: list[str]) -> list[str] | None:
        width = self.header.width
        if len(cells) < width:
            padded = cells + [""] * (width - len(cells))
            return padded if len(cells) >= self._fewest and self._sound(padded) else None
        if not "".join(cells[width:]).strip() and self._sound(cells[:width]):
            return cells[:width]
        if '"' in line:
            unquoted = next(csv.reader([line], delimiter=self.header.separator), [])
            if len(unquoted) == width and self._sound(unquoted):
                return unquoted
        return self._joined(cells)

    def _joined(self, cells: list[str]) -> list[str] | None:
        """Put a separator back into the one text that can have held it."""
        found: dict[tuple[str, ...], list[str]] = {}
        for last in (len(cells), len(cells) - 1):
            if cells[last:] and cells[-1].strip():
                break
            extra = last - self.header.width
            if extra < 1:
                break
            for field in _TEXTS:
                place = self.header.at[field]
                if place < 0:
                    continue
                text = self.header.separator.join(cells[place : place + extra + 1])
                row = [*cells[:place], text, *cells[place + extra + 1 : last]]
                if self._sound(row):
                    found[tuple(self._value(row, field) for field in _TELLING)] = row
        return next(iter(found.values())) if len(found) == 1 else None

    def _value(self, row: list[str], field: str) -> str:
        place = self.header.at[field]
        return row[place].strip() if place >= 0 else ""

    def _sound(self, row: list[str]) -> bool:
        """Return whether dates, account and amounts stand where the header says."""
        dates = ("issued_on", "matched_on", "validated_on")
        if parse_day(self._value(row, "booked_on")) is None:
            return False
        if any(_no_date(self._value(row, field)) for field in dates):
            return False
        if not self._value(row, "account")[:1].isdigit():
            return False
        amounts = [self._value(row, field) for field in ("debit", "credit", "amount")]
        return any(amounts) and all(_is_amount(text) for text in amounts)


def _no_date(text: str) -> bool:
    return not is_blank_day(text) and parse_day(text) is None


def _is_amount(text: str) -> bool:
    if not text:
        return True
    try:
        parse_minor(text, decimal_comma=True)
    except UnreadableAmount:
        return False
    return True
