"""Cells of a FEC row to a typed client line."""

from collections.abc import Callable, Iterator
from datetime import date

from bot.domain.ledger import LedgerLine, LineKind, RejectedRow
from bot.domain.references import document_number
from bot.sources.amounts import LARGEST_MINOR
from bot.sources.days import is_blank_day, parse_day
from bot.sources.fec_accounts import Account, Accounts
from bot.sources.fec_header import Header
from bot.sources.fec_rows import shortened

# A client row of an entry: line number, cells, amount (credits negative), account.
Waiting = tuple[int, list[str], int, Account]

# Kinds of the debits and of the credits of an entry, and its client rows.
Ready = tuple[tuple[LineKind, LineKind], list[Waiting]]

_MOST_DAYS = 10_000
# A reference that ends in one of these is no word and not all zeros.
_TELLING = frozenset("123456789")


class LineTyping:
    """Turns rows into LedgerLine values; an unreadable date or a huge amount rejects its row."""

    def __init__(
        self,
        header: Header,
        accounts: Accounts,
        currency: str,
        reject: Callable[[RejectedRow], None],
    ) -> None:
        self._header = header
        self._accounts = accounts
        self._currency = currency
        self._reject = reject
        at = header.at
        self._booked_on, self._issued_on = at["booked_on"], at["issued_on"]
        self._days: dict[str, date] = {}
        self._client = at["client"]
        self._piece, self._label = at["piece"], at["label"]
        self._matching, self._foreign, self._idevise = (
            at["matching"],
            at["foreign"],
            at["currency"],
        )

    def lines(self, entries: list[Ready]) -> Iterator[LedgerLine]:
        """Yield the typed rows of entries, each with the kinds of its debits and its credits."""
        days, make = self._days, tuple.__new__
        in_client, in_piece, in_label = self._client, self._piece, self._label
        booked, issued, in_matching = self._booked_on, self._issued_on, self._matching
        foreign = self._idevise if self._foreign >= 0 else -1
        telling, most = _TELLING, LARGEST_MINOR
        for kinds, waiting in entries:
            for number, row, minor, account in waiting:
                day, issue = row[booked], row[issued]
                booked_on = days.get(day) or self._day(number, row, "booked_on")
                issued_on = booked_on
                if issue != day and not is_blank_day(issue):
                    issued_on = days.get(issue) or self._day(number, row, "issued_on")
                if booked_on is None or issued_on is None:
                    continue
                if not -most <= minor <= most:
                    self._reject(self._too_large(number, row, minor))
                    continue
                client = account.clients.get(row[in_client])
                code, name = client or self._accounts.client(row, account)
                piece = row[in_piece]
                plain = piece[-1:] in telling and "  " not in piece and piece[0] != " "
                yield make(
                    LedgerLine,
                    (
                        number,
                        account.number,
                        code,
                        name,
                        kinds[minor < 0],
                        booked_on,
                        issued_on,
                        piece if plain else document_number(piece),
                        row[in_label].strip(),
                        minor,
                        row[in_matching].strip() if in_matching >= 0 else "",
                        self._in_currency(row) if foreign >= 0 and row[foreign].strip() else "",
                        None,
                    ),
                )

    def _day(self, number: int, row: list[str], field: str) -> date | None:
        text = row[self._header.at[field]]
        day = parse_day(text)
        if day is None:
            name = self._header.name(field)
            self._reject(RejectedRow(number, name, "not a date", shortened(text)))
        elif len(self._days) < _MOST_DAYS:
            self._days[text] = day
        return day

    def _too_large(self, number: int, row: list[str], minor: int) -> RejectedRow:
        at = self._header.at
        side = "debit" if minor > 0 else "credit"
        field = side if at[side] >= 0 else "amount"
        text = shortened(row[at[field]])
        return RejectedRow(number, self._header.name(field), "not an amount", text)

    def _in_currency(self, row: list[str]) -> str:
        currency = row[self._idevise].strip()
        if currency == self._currency:
            return ""
        amount = row[self._foreign].strip()
        return f"{amount} {currency}" if amount else ""
