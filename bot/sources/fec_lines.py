"""A FEC read as a stream: typed client lines, the sums of the whole file, and what was refused."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from operator import itemgetter
from pathlib import Path

from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import LedgerLine, LineKind, RejectedRow
from bot.domain.money import exponent
from bot.sources import encodings
from bot.sources.amounts import UnreadableAmount, parse_minor
from bot.sources.days import parse_day
from bot.sources.fec_accounts import Accounts
from bot.sources.fec_entries import (
    Journals,
    Touches,
    is_conclusive,
    is_opening,
    kinds_of,
    names_opening,
)
from bot.sources.fec_header import Header, read_header
from bot.sources.fec_rows import Batch, Rows, shortened
from bot.sources.fec_typing import LineTyping, Ready, Waiting

_DEBIT = frozenset({"d", "+1", "1", "+", "debit", "débit", "db"})
_CREDIT = frozenset({"c", "-1", "-", "credit", "crédit", "cr"})

_WATCHED = ("journal", "entry", "booked_on", "account", "debit", "credit")

# Journal, number and date of an entry.
EntryKey = tuple[str, str, str]


@dataclass(slots=True)
class _Tally:
    """Entries of one journal and day that touch the same families of accounts.

    `clear` says that those families tell the kind of a whole entry: `kinds`, debits first.
    """

    families: int
    clear: bool
    kinds: tuple[LineKind, LineKind]
    entries: int = 0


class FecReading:
    """One pass over a FEC: iterate it once, then ask it what it found.

    Raises PermanentSourceError with code `empty_file`, `binary`, `not_a_fec`, `bad_header`,
    `bad_encoding`, `bad_csv`, `truncated` or `unbalanced`; the last two at the end.
    """

    def __init__(self, path: Path, *, currency: str = "EUR", encoding: str | None = None) -> None:
        self.path = path
        self.currency = currency
        self.warnings: list[str] = []
        self.rejected: list[RejectedRow] = []
        self.rows = 0
        self.first_entry_on: date | None = None
        self.last_entry_on: date | None = None
        self.receipts_until: date | None = None
        self.sales_until: date | None = None
        self.opening_days: Counter[date] = Counter()
        self.account_labels: dict[str, str] = {}
        self._digits = exponent(currency)
        self._encoding = encoding
        self.encoding = encoding or ""
        self._ready: list[Ready] = []
        self._journals = Journals()
        self._tally: dict[tuple[str, str, int], _Tally] = {}
        self._partial: dict[EntryKey, list[int]] = {}
        self._held: list[tuple[EntryKey, int, list[Waiting]]] = []
        self._net = 0
        self._left_out = 0
        self._amounts_lost = False

    def __iter__(self) -> Iterator[LedgerLine]:
        """Yield the client lines: those of clear entries at once, the others at the end."""
        found = encodings.detect(self.path)
        encoding = self._encoding or found.name
        if found.doubtful and not self._encoding:
            self.warnings.append(
                f"The encoding looks like {encoding}: check the accents, or state another one."
            )
        self.encoding = encoding
        try:
            with encodings.open_text(self.path, encoding) as stream:
                number, head = 0, ""
                while not head.strip("\ufeff\r\n\t ") and (head := stream.readline()):
                    number += 1
                self._start(read_header(head))
                rows = Rows(self.header, self.rejected.append)
                yield from self._lines(rows.read(stream, number + 1))
                yield from self._release()
        except UnicodeDecodeError as problem:
            raise encodings.not_in(encoding) from problem
        except csv.Error as problem:
            raise PermanentSourceError(
                f"The quoted cells cannot be read: {problem}.", code="bad_csv"
            ) from problem
        self._conclude(rows)

    def _start(self, header: Header) -> None:
        self.header = header
        self._accounts = Accounts(header)
        self._typing = LineTyping(header, self._accounts, self.currency, self.rejected.append)
        self.account_labels = self._accounts.labels

    def _lines(self, batches: Iterator[Batch]) -> Iterator[LedgerLine]:
        at = self.header.at
        cells = itemgetter(*(at[field] for field in _WATCHED))
        known, accounts = self._accounts.families, self._accounts.known
        # Amounts that are not two columns of two decimals go the long way.
        usual = self._digits == 2 and at["debit"] >= 0 and at["credit"] >= 0
        zero = "0,00" if usual else "\0"
        in_journal = in_entry = on_day = ""
        families = net = 0
        minor: int | None
        waiting: list[Waiting] = []
        start: list[str] = []
        for first, batch in batches:
            watched = zip(count(first), batch, map(cells, batch), strict=False)
            for number, row, (journal, entry, day, account, debit, credit) in watched:
                if entry != in_entry or day != on_day or journal != in_journal:
                    self._close((in_journal, in_entry, on_day), families, net, waiting, start)
                    in_journal, in_entry, on_day = journal, entry, day
                    families, net, waiting, start = 0, 0, [], row
                try:
                    if credit == zero and debit[-3] == ",":
                        minor = int(debit.replace(",", "", 1))
                    elif debit == zero and credit[-3] == ",":
                        minor = -int(credit.replace(",", "", 1))
                    else:
                        minor = self._minor(number, row)
                except (ValueError, IndexError):
                    minor = self._minor(number, row)
                if minor is None:
                    continue
                touched = known.get(account)
                if touched is None:
                    touched = self._accounts.learn(row)
                families |= touched
                net += minor
                if touched & 1:
                    waiting.append((number, row, minor, accounts[account]))
            yield from self._typing.lines(self._ready)
            self._ready.clear()
        self._close((in_journal, in_entry, on_day), families, net, waiting, start)
        yield from self._typing.lines(self._ready)

    def _journal_label(self, row: list[str]) -> str:
        place = self.header.at["journal_label"]
        return row[place] if place >= 0 else row[self.header.at["journal"]]

    def _minor(self, number: int, row: list[str]) -> int | None:
        """Return a row's amount, credits negative, or reject the row."""
        at = self.header.at
        try:
            if at["debit"] >= 0 and at["credit"] >= 0:
                column = "debit"
                debit = self._amount(row[at["debit"]])
                column = "credit"
                return debit - self._amount(row[at["credit"]])
            column = "amount"
            amount = parse_minor(row[at["amount"]], self._digits, decimal_comma=True)
            column = "side"
            return amount * _side(row[at["side"]])
        except UnreadableAmount as problem:
            self._amounts_lost = True
            text = shortened(row[at[column]])
            name = self.header.name(column)
            self.rejected.append(RejectedRow(number, name, str(problem), text))
            return None

    def _amount(self, text: str) -> int:
        return parse_minor(text, self._digits, decimal_comma=True) if text.strip() else 0

    def _close(
        self, key: EntryKey, families: int, net: int, waiting: list[Waiting], start: list[str]
    ) -> None:
        """Judge the entry that ends here; its client lines are ready or wait for the rest."""
        journal, _, day = key
        tally = self._tally.get((journal, day, families))
        if tally is None:
            tally = self._tally[journal, day, families] = self._judged(families, start)
        tally.entries += 1
        families, clear = tally.families, tally.clear
        if net:
            self._net += net
            partial = self._partial.setdefault(key, [0, 0])
            partial[0] |= families
            partial[1] += net
            clear = families & Touches.OPENING != 0
        if not waiting:
            return
        if clear:
            self._ready.append((tally.kinds, waiting))
        else:
            self._held.append((key, families, waiting))

    def _judged(self, families: int, start: list[str]) -> _Tally:
        """Return the tally, still empty, of entries like the one that begins with this row."""
        named = bool(start) and names_opening(self._journal_label(start))
        if is_opening(families, named_opening=named):
            families |= Touches.OPENING
        clear = is_conclusive(families) or families == Touches.CLIENT
        return _Tally(families, clear, kinds_of(families))

    def _note_days(self) -> None:
        """Draw from the tally of entries what is said of the whole file."""
        for (journal, day, _), tally in self._tally.items():
            families = tally.families
            self._journals.count(journal, families, tally.entries)
            if families & Touches.LEFT_OUT:
                self._left_out += tally.entries
            on = parse_day(day)
            if on is None:
                continue
            self.first_entry_on = min(on, self.first_entry_on or on)
            self.last_entry_on = max(on, self.last_entry_on or on)
            if families & Touches.OPENING:
                self.opening_days[on] += tally.entries
                continue
            if families & Touches.BANK:
                self.receipts_until = max(on, self.receipts_until or on)
            if families & Touches.SALES and families & Touches.CLIENT:
                self.sales_until = max(on, self.sales_until or on)

    def _release(self) -> Iterator[LedgerLine]:
        """Type the lines whose entry was spread over the file or said too little."""
        self._note_days()
        for key, families, waiting in self._held:
            families |= self._partial.get(key, (0, 0))[0]
            if not is_conclusive(families):
                families |= self._journals.families(key[0])
            yield from self._typing.lines([(kinds_of(families), waiting)])
        self._held.clear()

    def _conclude(self, rows: Rows) -> None:
        self.rows = rows.count
        if rows.cut:
            raise PermanentSourceError(
                "The last line is cut off: export the file again.", code="truncated"
            )
        if not rows.count:
            raise PermanentSourceError("The file holds no entry.", code="empty_file")
        if self._net:
            self._say_unbalanced(rows)
        open_entries = [
            key
            for key, (families, net) in self._partial.items()
            if net and key[1].strip(" 0") and not families & Touches.OPENING
        ]
        if open_entries:
            journal, entry, _ = open_entries[0]
            first = shortened(f"{journal.strip()} {entry.strip()}")
            self.warnings.append(
                f"{len(open_entries)} entries do not balance, the first is {first}."
            )
        if self._left_out:
            self.warnings.append(
                f"{self._left_out} entries touch accounts of class 41 that are not counted as "
                "owed (418, to be invoiced, and the like)."
            )

    def _say_unbalanced(self, rows: Rows) -> None:
        gap = f"{abs(self._net) / 10**self._digits:.{self._digits}f} {self.currency}"
        if not (self._amounts_lost or rows.lost):
            raise PermanentSourceError(
                f"Debits and credits differ by {gap}: the file is not whole.", code="unbalanced"
            )
        self.warnings.append(f"Debits and credits differ by {gap} without the rejected lines.")


def _side(text: str) -> int:
    side = text.strip().casefold()
    if side in _DEBIT:
        return 1
    if side in _CREDIT:
        return -1
    raise UnreadableAmount("neither debit nor credit")
