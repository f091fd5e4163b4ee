"""CFONB 120 bank statements: lines of 120 signs, amounts whose last sign holds digit and sign."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot.domain.bank.statement import BankFile, Movement, Statement, french_iban
from bot.domain.errors import PermanentSourceError
from bot.domain.ledger import RejectedRow
from bot.domain.money import exponent

MOST_BYTES = 50 * 1024 * 1024
_WIDTH = 120
_SHOWN = 80
_LAST_SIGNS = {sign: (1, digit) for digit, sign in enumerate("{ABCDEFGHI")} | {
    sign: (-1, digit) for digit, sign in enumerate("}JKLMNOPQR")
}
_RECORD = re.compile(r"(?:01|04|05|07)\d{5}.{9}[A-Z]{3}\d ")
_CAME_BACK = re.compile(r"\b(?:IMPAYES?|REJETE?S?|REJ|RETOUR (?:PRLV|VIR|CHEQUE|LCR))\b")
_PAYER = ("NPY", "NPO")
_WRITTEN = ("LIB", "LCC", "LC2", "LCS", "RCN", "REF")


@dataclass(slots=True)
class _Open:
    """A movement whose complements may still come."""

    number: int
    place: str
    operation: Movement
    said: list[tuple[str, str]] = field(default_factory=list)

    def closed(self) -> Movement:
        """Return the movement with its complements."""
        first, move = dict(reversed(self.said)), self.operation
        texts = [text for qualifier, text in self.said if qualifier in _WRITTEN]
        return Movement(
            move.line,
            move.booked_on,
            move.minor,
            move.currency,
            next((first[name] for name in _PAYER if name in first), ""),
            (*move.texts, *texts),
            move.reference,
            move.bank_reference,
            move.came_back,
            move.reject_code,
        )


class _Unreadable(ValueError):
    """A record that cannot be taken: the field at fault, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def looks_like_cfonb120(path: Path) -> bool:
    """Say whether the first line of a file is a CFONB 120 record."""
    with path.open(encoding="latin-1") as file:
        first = next((line for line in file if line.strip()), "")
    return bool(_RECORD.match(first)) and len(first.rstrip("\r\n")) <= _WIDTH


def read_cfonb120(path: Path) -> BankFile:
    """Return a file's statements; records that cannot be read are in `rejected`.

    Raises PermanentSourceError `too_large` for a file above 50 MB.
    """
    if path.stat().st_size > MOST_BYTES:
        raise PermanentSourceError("This file is too large.", code="too_large")
    reading = _Reading()
    with path.open(encoding="latin-1") as file:
        for number, raw in enumerate(file, start=1):
            record = raw.rstrip("\r\n")
            if record.strip():
                reading.take(number, record)
    return reading.ended()


class _Reading:
    """One pass over the records; several accounts, in any order, and statements without an end."""

    def __init__(self) -> None:
        self._file = BankFile("cfonb120")
        self._statements: dict[tuple[str, str], Statement] = {}
        self._open: _Open | None = None
        self._early: list[tuple[int, str, tuple[str, str], str]] = []

    def take(self, number: int, record: str) -> None:
        """Take one record, or say why not."""
        kind, padded = record[:2], record.ljust(_WIDTH)
        try:
            if len(record) > _WIDTH:
                raise _Unreadable("record", "longer than 120 signs")
            if kind == "05":
                self._complement(number, padded)
            elif kind in ("01", "04", "07"):
                self._close()
                self._balance_or_operation(number, kind, padded)
            else:
                raise _Unreadable("record", "not a record of CFONB 120")
        except _Unreadable as problem:
            self._file.rows += kind == "04"
            self._refuse(number, problem.column, problem.reason, record)

    def ended(self) -> BankFile:
        """Return what was read."""
        self._close()
        for number, _, _, record in self._early:
            self._refuse(number, "record", "a complement without its operation", record)
        self._file.statements = list(self._statements.values())
        self._file.rejected.sort(key=lambda row: row.line)
        return self._file

    def _balance_or_operation(self, number: int, kind: str, record: str) -> None:
        statement = self._statement(record)
        day, minor = _day(record[34:40]), _amount(record)
        if kind == "04":
            self._file.rows += 1
            self._open = _Open(number, _place(record), _movement(number, record, day, minor))
            waiting, self._early = self._early, []
            for early in waiting:
                if early[1] == self._open.place:
                    self._open.said.append(early[2])
                else:
                    self._early.append(early)
        elif kind == "01" and statement.opening_minor is None and not statement.movements:
            statement.opening_minor = minor
        elif kind == "07":
            statement.until = max(filter(None, (statement.until, day)))
            statement.closing_minor = minor

    def _complement(self, number: int, record: str) -> None:
        said = record[45:48].strip(), record[48:118].strip()
        if self._open is not None and self._open.place == _place(record):
            self._open.said.append(said)
        else:
            self._early.append((number, _place(record), said, record))

    def _statement(self, record: str) -> Statement:
        bank, branch, account = record[2:7], record[11:16], record[21:32]
        if not (bank + branch).isdecimal() or not (account.isalnum() and account.isascii()):
            raise _Unreadable("account", "not an account number")
        number, currency = french_iban(bank, branch, account), record[16:19]
        return self._statements.setdefault((number, currency), Statement(number, currency))

    def _close(self) -> None:
        if self._open is not None:
            move = self._open.closed()
            key = french_iban(*_parts(self._open.place)), move.currency
            self._statements[key].movements.append(move)
            self._open = None

    def _refuse(self, number: int, column: str, reason: str, record: str) -> None:
        shown = " ".join(record.split())[:_SHOWN]
        self._file.rejected.append(RejectedRow(number, column, reason, shown))


def _movement(number: int, record: str, day: date, minor: int) -> Movement:
    label, code = record[48:79].strip(), record[40:42].strip().strip("0")
    return Movement(
        number,
        day,
        minor,
        record[16:19],
        texts=(label,),
        reference=record[104:120].strip(),
        bank_reference=record[81:88].strip().strip("0"),
        came_back=bool(code) or bool(_CAME_BACK.search(label.upper())),
        reject_code=code,
    )


def _place(record: str) -> str:
    """Return what an operation and its complements have in common: account, code, day."""
    return record[2:7] + record[11:16] + record[21:34] + record[34:40]


def _parts(place: str) -> Iterator[str]:
    yield from (place[:5], place[5:10], place[10:21])


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%d%m%y").date()  # noqa: DTZ007 — a day without an hour
    except ValueError as problem:
        raise _Unreadable("date", "not a date") from problem


def _amount(record: str) -> int:
    digits, last = record[90:103].replace(" ", "0"), record[103]
    decimals = record[19]
    if not digits.isdecimal() or last not in _LAST_SIGNS or not decimals.isdecimal():
        raise _Unreadable("amount", "not an amount")
    sign, digit = _LAST_SIGNS[last]
    amount, step = int(digits) * 10 + digit, exponent(record[16:19]) - int(decimals)
    whole, rest = divmod(amount * int(10 ** max(step, 0)), int(10 ** max(-step, 0)))
    if rest:
        raise _Unreadable("amount", "not an amount")
    return sign * whole
