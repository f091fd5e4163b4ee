"""A FEC read as a stream: typed client lines, the sums of the whole file, and what was refused."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import LedgerLine, LineKind, RejectedRow
from bot.domain.money import exponent
from bot.sources import encodings
from bot.sources.amounts import UnreadableAmount, parse_minor
from bot.sources.days import parse_day
from bot.sources.fec_accounts import Account, Accounts
from bot.sources.fec_entries import (
    Journals,
    Touches,
    is_conclusive,
    is_opening,
    line_kind,
    names_opening,
)
from bot.sources.fec_header import Header, read_header
from bot.sources.fec_rows import Rows, shortened
from bot.sources.fec_typing import LineTyping

_CACHE = 20_000
_DEBIT = frozenset({"d", "+1", "1", "+", "debit", "débit", "db"})
_CREDIT = frozenset({"c", "-1", "-", "credit", "crédit", "cr"})

# A client row of the entry being read: line number, cells, amount (credits negative), account.
Waiting = tuple[int, list[str], int, Account]
EntryKey = tuple[str, str, str]


class FecReading:
    """One pass over a FEC: iterate it once, then ask it what it found.

    Raises PermanentSourceError with code `empty_file`, `binary`, `not_a_fec`, `bad_header`,
    `bad_encoding`, `truncated` or `unbalanced`; the last two at the end of the iteration.
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
        self._amounts: dict[str, int] = {}
        self._journals = Journals()
        self._named_opening: dict[str, bool] = {}
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
        try:
            with encodings.open_text(self.path, encoding) as stream:
                number, head = 0, ""
                while not head.strip("\ufeff\r\n\t ") and (head := stream.readline()):
                    number += 1
                self._start(read_header(head))
                rows = Rows(self._header, self.rejected.append)
                yield from self._lines(rows.read(stream, number + 1))
                yield from self._release()
        except UnicodeDecodeError as problem:
            raise encodings.not_in(encoding) from problem
        self._conclude(rows)

    def _start(self, header: Header) -> None:
        self._header = header
        self._accounts = Accounts(header)
        self._typing = LineTyping(header, self._accounts, self.currency, self.rejected.append)
        self.account_labels = self._accounts.labels

    def _lines(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[LedgerLine]:
        at = self._header.at
        in_journal, in_entry, on_day = at["journal"], at["entry"], at["booked_on"]
        in_account, in_debit, in_credit = at["account"], at["debit"], at["credit"]
        amounts, known = self._amounts, self._accounts.known
        journal = entry = day = ""
        families, net, total = 0, 0, 0
        waiting: list[Waiting] = []
        for number, row in rows:
            if row[in_entry] != entry or row[on_day] != day or row[in_journal] != journal:
                yield from self._close((journal, entry, day), families, net, waiting)
                journal, entry, day = row[in_journal], row[in_entry], row[on_day]
                families, net, waiting = 0, 0, []
                if journal not in self._named_opening:
                    self._named_opening[journal] = names_opening(self._journal_label(row))
            account = known.get(row[in_account]) or self._accounts.learn(row)
            debit, credit = amounts.get(row[in_debit]), amounts.get(row[in_credit])
            if debit is None or credit is None:
                minor = self._minor(number, row)
                if minor is None:
                    continue
            else:
                minor = debit - credit
            families |= account.families
            net += minor
            total += minor
            if account.receivable:
                waiting.append((number, row, minor, account))
        yield from self._close((journal, entry, day), families, net, waiting)
        self._net = total

    def _journal_label(self, row: list[str]) -> str:
        place = self._header.at["journal_label"]
        return row[place] if place >= 0 else row[self._header.at["journal"]]

    def _minor(self, number: int, row: list[str]) -> int | None:
        """Return a row's amount, credits negative, or reject the row."""
        at = self._header.at
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
            name = self._header.name(column)
            self.rejected.append(RejectedRow(number, name, str(problem), text))
            return None

    def _amount(self, text: str) -> int:
        minor = parse_minor(text, self._digits, decimal_comma=True) if text.strip() else 0
        if self._header.at["amount"] < 0 and len(self._amounts) < _CACHE:
            self._amounts[text] = minor
        return minor

    def _close(
        self, key: EntryKey, families: int, net: int, waiting: list[Waiting]
    ) -> list[LedgerLine]:
        """Judge the entry that ends here; return its client lines unless more must be known."""
        journal, _, day = key
        if not day and not families:
            return []
        named = self._named_opening.get(journal, False)
        if is_opening(families, named_opening=named):
            families |= Touches.OPENING
        self._journals.count(journal, families)
        self._note_day(day, families)
        if net:
            partial = self._partial.setdefault(key, [0, 0])
            partial[0] |= families
            partial[1] += net
        if not waiting:
            return []
        whole = not net and (is_conclusive(families) or families == Touches.CLIENT)
        if whole or families & Touches.OPENING:
            return self._typed(families, waiting)
        self._held.append((key, families, waiting))
        return []

    def _note_day(self, day: str, families: int) -> None:
        on = parse_day(day)
        if families & Touches.LEFT_OUT:
            self._left_out += 1
        if on is None:
            return
        if self.first_entry_on is None or on < self.first_entry_on:
            self.first_entry_on = on
        if self.last_entry_on is None or on > self.last_entry_on:
            self.last_entry_on = on
        if families & Touches.OPENING:
            self.opening_days[on] += 1
        elif families & Touches.BANK and (self.receipts_until is None or on > self.receipts_until):
            self.receipts_until = on

    def _typed(self, families: int, waiting: list[Waiting]) -> list[LedgerLine]:
        lines = []
        for number, row, minor, account in waiting:
            kind = line_kind(families, minor)
            line = self._typing.line(number, row, minor, account, kind)
            if line is None:
                continue
            if kind is LineKind.INVOICE and (
                self.sales_until is None or line.booked_on > self.sales_until
            ):
                self.sales_until = line.booked_on
            lines.append(line)
        return lines

    def _release(self) -> Iterator[LedgerLine]:
        """Type the lines whose entry was spread over the file or said too little."""
        for key, families, waiting in self._held:
            families |= self._partial.get(key, (0, 0))[0]
            if not is_conclusive(families):
                families |= self._journals.families(key[0])
            yield from self._typed(families, waiting)
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
