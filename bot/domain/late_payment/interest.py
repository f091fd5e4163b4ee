"""What being paid late costs the debtor: interest by half-year and the flat recovery fee.

The rates come in as dated data; a half-year without its rate is refused, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.errors import GoodcopError, InvalidInput
from bot.domain.late_payment.agreed_rates import AgreedRate

# Code de commerce, art. L441-10 II: ten points above the refinancing rate when nothing was agreed;
# an agreed rate is at least three times the legal interest rate.
_DEFAULT_POINTS = 10
_FLOOR_TIMES = 3
_YEAR_DAYS = 365
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """January to June (1) or July to December (2)."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """Return the half-year of a day."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def read(cls, text: str) -> "HalfYear":
        """Return the half-year written `2026-1`; raise `InvalidInput`."""
        year, dash, half = text.partition("-")
        if not dash or not year.isdigit() or len(year) != 4 or half not in ("1", "2"):
            raise InvalidInput("A half-year is written 2026-1 or 2026-2.", field="half_year")
        return cls(int(year), int(half))

    @property
    def last(self) -> date:
        """Return its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"


Agreed = Decimal | AgreedRate | None  # percent, a rate as a contract writes it, or none agreed


class MissingRate(GoodcopError):
    """The rate of a half-year is not known: it must be entered first."""

    code = "missing_rate"

    def __init__(self, half_year: HalfYear) -> None:
        super().__init__(f"no late-payment rate for {half_year}")
        self.half_year = half_year


@dataclass(frozen=True, slots=True)
class RateRow:
    """A half-year's rates in percent: legal interest for professionals, ECB refinancing.

    What is computed from an example says so.
    """

    half_year: HalfYear
    legal_percent: Decimal
    refi_percent: Decimal
    source: str
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates known, and the flat recovery fee in minor units (art. D441-5)."""

    rows: tuple[RateRow, ...]
    fee_minor: int
    fee_currency: str

    def row(self, half_year: HalfYear) -> RateRow:
        """Return the rates of a half-year; raise `MissingRate` when they are not known."""
        row = next((row for row in self.rows if row.half_year == half_year), None)
        if row is None:
            raise MissingRate(half_year)
        return row

    def percent(self, half_year: HalfYear, agreed: Agreed = None) -> Decimal:
        """Return the yearly rate of a half-year; an agreed one is raised to the legal floor.

        Raise `MissingRate` when the half-year is not in the table.
        """
        row = self.row(half_year)
        if agreed is None:
            return row.refi_percent + _DEFAULT_POINTS
        if isinstance(agreed, AgreedRate):
            agreed = agreed.percent(row.legal_percent, row.refi_percent)
        return max(agreed, row.legal_percent * _FLOOR_TIMES)

    def with_rows(self, rows: tuple[RateRow, ...]) -> "RateTable":
        """Return the table with these rows added, or in place of those of the same half-year."""
        given = {row.half_year for row in rows}
        kept = tuple(row for row in self.rows if row.half_year not in given)
        every = sorted((*kept, *rows), key=lambda row: row.half_year)
        return RateTable(tuple(every), self.fee_minor, self.fee_currency)

    def fee(self, currency: str) -> int:
        """Return the flat fee of one invoice paid late; 0 in another currency than the law's."""
        return self.fee_minor if currency == self.fee_currency else 0


@dataclass(frozen=True, slots=True)
class InterestPeriod:
    """Interest of one half-year: first and last day inclusive, yearly percent, minor units.

    `base_minor` is the principal it runs on, `source` where the rates come from.
    """

    first: date
    last: date
    percent: Decimal
    minor: int
    base_minor: int = 0
    source: str = ""
    is_example: bool = False

    @property
    def days(self) -> int:
        """Return how many days bear interest."""
        return (self.last - self.first).days + 1


def interest(
    outstanding_minor: int,
    due_on: date,
    until: date,
    rates: RateTable,
    agreed: Agreed = None,
    payments: Sequence[tuple[date, int]] = (),
) -> tuple[InterestPeriod, ...]:
    """Return the interest on an amount from the day after `due_on` to `until` inclusive.

    `outstanding_minor` is what was owed on the due date; what was paid after it (day, minor units)
    bears interest to its day, inclusive, and no longer.

    Amount x rate x days / 365, one period per half-year, each rounded half up to the minor unit;
    nothing on credits or before the due date. No reminder is needed (art. L441-10 II). Raise
    `MissingRate` when a half-year's rate is not known.
    """
    periods = []
    first, base = due_on + _ONE_DAY, outstanding_minor
    left = sorted(payment for payment in payments if payment[1] > 0)
    while left and left[0][0] <= due_on:
        base -= left.pop(0)[1]
    while base > 0 and first <= until:
        half_year = HalfYear.of(first)
        last = min(half_year.last, until, *(on for on, _ in left[:1]))
        row = rates.row(half_year)
        percent = rates.percent(half_year, agreed)
        exact = Decimal(base) * percent * ((last - first).days + 1)
        minor = int((exact / 100 / _YEAR_DAYS).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        periods.append(
            InterestPeriod(first, last, percent, minor, base, row.source, row.is_example)
        )
        while left and left[0][0] <= last:
            base -= left.pop(0)[1]
        first = last + _ONE_DAY
    return tuple(periods)
