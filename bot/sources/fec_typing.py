"""Cells of a FEC row to a typed client line."""

from collections.abc import Callable
from datetime import date

from bot.domain.ledger import LedgerLine, LineKind, RejectedRow
from bot.domain.references import document_number
from bot.sources.days import is_blank_day, parse_day
from bot.sources.fec_accounts import Account, Accounts
from bot.sources.fec_header import Header
from bot.sources.fec_rows import shortened


class LineTyping:
    """Turns rows into LedgerLine values; a row with an unreadable date is rejected."""

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
        self._piece, self._label = at["piece"], at["label"]
        self._matching, self._foreign, self._idevise = (
            at["matching"],
            at["foreign"],
            at["currency"],
        )

    def line(
        self, number: int, row: list[str], minor: int, account: Account, kind: LineKind
    ) -> LedgerLine | None:
        """Return the typed line, or None after reporting why not."""
        booked_on = parse_day(row[self._booked_on])
        if booked_on is None:
            self._refuse(number, row, "booked_on")
            return None
        issued_on: date | None = booked_on
        if row[self._issued_on] != row[self._booked_on] and not is_blank_day(row[self._issued_on]):
            issued_on = parse_day(row[self._issued_on])
        if issued_on is None:
            self._refuse(number, row, "issued_on")
            return None
        code, name = self._accounts.client(row, account)
        return LedgerLine(
            number,
            account.number,
            code,
            name,
            kind,
            booked_on,
            issued_on,
            document_number(row[self._piece]),
            row[self._label].strip(),
            minor,
            row[self._matching].strip() if self._matching >= 0 else "",
            self._in_currency(row) if self._idevise >= 0 else "",
        )

    def _in_currency(self, row: list[str]) -> str:
        currency = row[self._idevise].strip()
        if not currency or currency == self._currency or self._foreign < 0:
            return ""
        amount = row[self._foreign].strip()
        return f"{amount} {currency}" if amount else ""

    def _refuse(self, number: int, row: list[str], field: str) -> None:
        text = shortened(row[self._header.at[field]])
        self._reject(RejectedRow(number, self._header.name(field), "not a date", text))
