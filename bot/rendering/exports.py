"""What goodcop knows as files for other programs: every company's risk as CSV for a CRM."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.money import Money

RISK_COLUMNS = (
    "siren", "client_code", "rating", "verdict", "limit", "currency", "flags", "as_of",
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
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(RISK_COLUMNS)
    for line in lines:
        amount = str(Money(line.limit_minor, line.currency).amount)
        writer.writerow(
            guarded(cell)
            for cell in (
                line.siren,
                line.code,
                line.rating,
                line.verdict,
                amount.replace(".", ",") if separator == ";" else amount,
                line.currency,
                " ".join(line.flags),
                line.as_of.isoformat(),
            )
        )
    return text.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe marks it as text."""
    return _TEXT + cell if cell.lstrip(" ").startswith(_FORMULA) else cell
