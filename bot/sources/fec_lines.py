"""A FEC read as a stream: typed client lines, the sums of the whole file, and what was refused."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
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
    line_kind,
    names_opening,
)
from bot.sources.fec_header import Header, read_header
from bot.sources.fec_rows import Rows, shortened
from bot.sources.fec_typing import LineTyping, Waiting

_MOST_ZEROS = 1_000
_DEBIT = frozenset({"d", "+1", "1", "+", "debit", "débit", "db"})
_CREDIT = frozenset({"c", "-1", "-", "credit", "crédit", "cr"})

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
        self._zeros: set[str] = set()
        self._journals = Journals()
        self._judged: dict[tuple[str, int], tuple[int, bool]] = {}
        self._kinds: dict[int, tuple[LineKind, LineKind]] = {}
        self._tally: dict[tuple[str, str, int], int] = {}
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
        zeros, known = self._zeros, self._accounts.known
        journal = entry = day = ""
        families, net, total = 0, 0, 0
        minor: int | None
        waiting: list[Waiting] = []
        for number, row in rows:
            if row[in_entry] != entry or row[on_day] != day or row[in_journal] != journal:
                yield from self._close((journal, entry, day), families, net, waiting)
                journal, entry, day = row[in_journal], row[in_entry], row[on_day]
                families, net, waiting = 0, 0, []
                if journal not in self._named_opening:
                    self._named_opening[journal] = names_opening(self._journal_label(row))
            account = known.get(row[in_account]) or self._accounts.learn(row)
            debit, credit = row[in_debit], row[in_credit]
            try:
                if credit in zeros and debit[-3:-2] == ",":
                    minor = int(debit[:-3] + debit[-2:])
                elif debit in zeros and credit[-3:-2] == ",":
                    minor = -int(credit[:-3] + credit[-2:])
                else:
                    minor = self._minor(number, row)
            except ValueError:
                minor = self._minor(number, row)
            if minor is None:
                continue
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
        if not minor and self._digits == 2 and len(self._zeros) < _MOST_ZEROS:
            self._zeros.add(text)
        return minor

    def _close(
        self, key: EntryKey, families: int, net: int, waiting: list[Waiting]
    ) -> Iterable[LedgerLine]:
        """Judge the entry that ends here; return its client lines unless more must be known."""
        journal, _, day = key
        judged = self._judged.get((journal, families)) or self._judge(journal, families)
        families, clear = judged
        seen = (journal, day, families)
        self._tally[seen] = self._tally.get(seen, 0) + 1
        if net:
            partial = self._partial.setdefault(key, [0, 0])
            partial[0] |= families
            partial[1] += net
            clear = families & Touches.OPENING != 0
        if not waiting:
            return ()
        if clear:
            return self._typed(families, waiting)
        self._held.append((key, families, waiting))
        return ()

    def _judge(self, journal: str, families: int) -> tuple[int, bool]:
        """Return the families, completed, of a journal's entries, and whether they are clear."""
        complete = families
        if is_opening(families, named_opening=self._named_opening.get(journal, False)):
            complete |= Touches.OPENING
        clear = is_conclusive(complete) or complete == Touches.CLIENT
        self._judged[journal, families] = complete, clear
        return complete, clear

    def _typed(self, families: int, waiting: list[Waiting]) -> Iterator[LedgerLine]:
        kinds = self._kinds.get(families)
        if kinds is None:
            kinds = self._kinds[families] = (line_kind(families, 1), line_kind(families, -1))
        return self._typing.lines(waiting, kinds)

    def _note_days(self) -> None:
        """Draw from the tally of entries what is said of the whole file."""
        for (journal, day, families), count in self._tally.items():
            self._journals.count(journal, families, count)
            if families & Touches.LEFT_OUT:
                self._left_out += count
            on = parse_day(day)
            if on is None:
                continue
            self.first_entry_on = min(on, self.first_entry_on or on)
            self.last_entry_on = max(on, self.last_entry_on or on)
            if families & Touches.OPENING:
                self.opening_days[on] += count
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
