"""What goodcop knows as files: risk for a CRM, receivables, invoices for a factor, the journal."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Protocol

from bot.domain.ageing import ageing_bucket, days_overdue
from bot.domain.factoring import Receivable
from bot.domain.money import Money

RISK_COLUMNS = (
    "siren", "client_code", "rating", "verdict", "limit", "currency", "flags", "as_of",
)  # fmt: skip
FACTOR_COLUMNS = (
    "siren", "client_code", "client", "number", "issued_on", "due_on", "amount", "currency",
)  # fmt: skip
RECEIVABLE_COLUMNS = (
    "client_code", "client", "siren", "owner", "number", "issued_on", "due_on", "days_late",
    "bucket", "amount", "currency", "follow_up", "because", "next_step", "next_by", "next_on",
)  # fmt: skip
JOURNAL_COLUMNS = (
    "id", "at", "person", "slack_user_id", "action", "client_code", "client", "source", "details",
)  # fmt: skip
# A program that opens a cell beginning so takes it for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXT = "'"


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A rated company, once for each of its accounts here; `flags` are rules' names."""

    siren: str
    code: str
    rating: str
    verdict: str
    limit_minor: int
    currency: str
    flags: tuple[str, ...]
    as_of: date


def risk_csv(lines: Iterable[RiskLine], separator: str = ",") -> str:
    """Return the companies' risk as CSV (RFC 4180), a header first, flags apart by a space.

    Amounts have a decimal point, or the comma that French spreadsheets want beside ";".
    """
    rows = (
        (
            line.siren,
            line.code,
            line.rating,
            line.verdict,
            _amount(line.limit_minor, line.currency, separator),
            line.currency,
            " ".join(line.flags),
            line.as_of.isoformat(),
        )
        for line in lines
    )
    return csv_text(RISK_COLUMNS, rows, separator)


def factor_csv(lines: Iterable[Receivable], separator: str = ",") -> str:
    """Return open invoices as CSV, one a line, a header first; dates are ISO 8601."""
    rows = (
        (
            line.siren,
            line.client_code,
            line.client,
            line.number,
            line.issued_on.isoformat(),
            line.due_on.isoformat(),
            _amount(line.minor, line.currency, separator),
            line.currency,
        )
        for line in lines
    )
    return csv_text(FACTOR_COLUMNS, rows, separator)


@dataclass(frozen=True, slots=True)
class ReceivableLine:
    """An open invoice, who answers for it, and what happens next: by whom, when and why.

    `follow_up` is `on_step`, `held`, `finished` or `uncovered`.
    """

    client_code: str
    client: str
    siren: str
    owner: str
    number: str
    issued_on: date
    due_on: date
    minor: int
    currency: str
    follow_up: str
    because: str
    next_on: date | None = None
    next_by: str = ""
    next_step: str = ""


def receivables_csv(lines: Iterable[ReceivableLine], today: date, separator: str = ",") -> str:
    """Return the aged balance as CSV, an open invoice a line, a header first."""
    return csv_text(
        RECEIVABLE_COLUMNS, (_receivable(one, today, separator) for one in lines), separator
    )


def _receivable(line: ReceivableLine, today: date, separator: str) -> tuple[str, ...]:
    days = days_overdue(line.due_on, today)
    return (
        line.client_code,
        line.client,
        line.siren,
        line.owner,
        line.number,
        line.issued_on.isoformat(),
        line.due_on.isoformat(),
        str(days),
        ageing_bucket(days).value,
        _amount(line.minor, line.currency, separator),
        line.currency,
        line.follow_up,
        line.because,
        line.next_step,
        line.next_by,
        line.next_on.isoformat() if line.next_on else "",
    )


class JournalRow(Protocol):
    """One action of the journal."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def person(self) -> str: ...
    @property
    def slack_user_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def client_code(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...


def journal_csv(lines: Iterable[JournalRow], zone: tzinfo, separator: str = ",") -> str:
    """Return the journal as CSV, oldest first; instants are local, with their offset.

    `details` is JSON without what people typed, which is kept sealed.
    """
    rows = (
        (
            str(line.id),
            line.at.astimezone(zone).isoformat(timespec="seconds"),
            line.person,
            line.slack_user_id,
            line.kind,
            line.client_code,
            line.client,
            line.source,
            json.dumps(
                {key: held for key, held in line.body.items() if not key.endswith("_sealed")},
                ensure_ascii=False,
                sort_keys=True,
            ),
        )
        for line in lines
    )
    return csv_text(JOURNAL_COLUMNS, rows, separator)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> str:
    """Return rows under a header as CSV (RFC 4180); no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def _amount(minor: int, currency: str, separator: str) -> str:
    amount = str(Money(minor, currency).amount)
    return amount.replace(".", ",") if separator == ";" else amount


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe marks it as text."""
    return _TEXT + cell if cell.lstrip(" ").startswith(_FORMULA) else cell
