"""The claim of a creditor in a proceeding: debts before and after the opening, item by item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.calendar import Calendar
from bot.domain.late_payment.interest import (
    HalfYear,
    InterestPeriod,
    MissingRate,
    RateTable,
    interest,
)
from bot.domain.solvency.claim_deadlines import (
    claim_deadline,
    relief_deadline,
    retention_deadline,
)
from bot.domain.solvency.dossier import Event


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """An open item as claimed; minor units, credits negative.

    `delivered_on` when known: a debt is born with the delivery, not with its invoice.
    `is_retained`: goods sold under retention of title and not paid; None when nobody said.
    """

    number: str
    issued_on: date
    due_on: date
    open_minor: int
    currency: str
    delivered_on: date | None = None
    is_retained: bool | None = None

    @property
    def arose_on(self) -> date:
        """Return the day the debt is taken to be born."""
        return self.delivered_on or self.issued_on


@dataclass(frozen=True, slots=True)
class Split:
    """Items on each side of the opening, which follow different rules (art. L622-7, L622-17)."""

    before: tuple[ClaimItem, ...]
    after: tuple[ClaimItem, ...]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One item of a claim; `interest_minor` is None while the rate of `missing` is not known."""

    item: ClaimItem
    is_due: bool
    periods: tuple[InterestPeriod, ...]
    fee_minor: int
    missing: HalfYear | None = None

    @property
    def interest_minor(self) -> int | None:
        """Return the interest to the opening."""
        return None if self.missing else sum(period.minor for period in self.periods)


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """What to declare in one currency, and until when; amounts in minor units.

    `opened_on_stated` is False when the judgment's day was not published: the publication's
    stands in. `retained_minor` is the part under retention of title, claimed by its own deadline.
    """

    siren: str
    currency: str
    opened_on: date
    opened_on_stated: bool
    published_on: date
    deadline: date
    retention_deadline: date
    relief_deadline: date
    lines: tuple[ClaimLine, ...]
    after: tuple[ClaimItem, ...]

    @property
    def due_minor(self) -> int:
        """Return the principal due on the opening day."""
        return sum(line.item.open_minor for line in self.lines if line.is_due)

    @property
    def not_due_minor(self) -> int:
        """Return the principal that falls due later; it is declared as well (art. L622-24)."""
        return sum(line.item.open_minor for line in self.lines if not line.is_due)

    @property
    def principal_minor(self) -> int:
        """Return the whole principal, credits deducted."""
        return self.due_minor + self.not_due_minor

    @property
    def interest_minor(self) -> int | None:
        """Return the interest to the opening; None while a rate is missing."""
        found = [line.interest_minor for line in self.lines]
        known = [minor for minor in found if minor is not None]
        return sum(known) if len(known) == len(found) else None

    @property
    def fee_minor(self) -> int:
        """Return the flat recovery fees of the items that were late before the opening."""
        return sum(line.fee_minor for line in self.lines)

    @property
    def retained_minor(self) -> int:
        """Return the principal of goods under retention of title."""
        return sum(line.item.open_minor for line in self.lines if line.item.is_retained)

    @property
    def may_retain(self) -> bool:
        """Say whether goods may be claimed back: some are retained, or nobody said of some."""
        return any(line.item.is_retained is not False for line in self.lines)

    @property
    def missing(self) -> tuple[HalfYear, ...]:
        """Return the half-years whose rate must be entered first."""
        return tuple(sorted({line.missing for line in self.lines if line.missing}))


def split_at_opening(items: Iterable[ClaimItem], opened_on: date) -> Split:
    """Return the items born before the opening, and those of its day or later.

    A judgment takes effect at the first hour of its day (Code de commerce, art. R621-4).
    """
    ordered = sorted(items, key=lambda item: (item.arose_on, item.number))
    return Split(
        tuple(item for item in ordered if item.arose_on < opened_on),
        tuple(item for item in ordered if item.arose_on >= opened_on),
    )


def claim_sheets(
    opening: Event,
    items: Sequence[ClaimItem],
    rates: RateTable,
    calendar: Calendar,
    *,
    outside_metropole: bool = False,
    contract_percent: Decimal | None = None,
) -> tuple[ClaimSheet, ...]:
    """Return what to declare after `opening`, one sheet per currency, from the open items.

    Interest runs to the opening (art. L622-28) on what is open today; the flat fee counts for
    items late before it. Deadlines run from the publication.
    """
    opened_on = opening.on or opening.published_on
    published = opening.published_on
    sheets = []
    for currency in sorted({item.currency for item in items}):
        split = split_at_opening((item for item in items if item.currency == currency), opened_on)
        lines = [_line(item, opened_on, rates, contract_percent) for item in split.before]
        sheets.append(
            ClaimSheet(
                siren=opening.siren,
                currency=currency,
                opened_on=opened_on,
                opened_on_stated=opening.on is not None,
                published_on=published,
                deadline=claim_deadline(published, calendar, outside_metropole=outside_metropole),
                retention_deadline=retention_deadline(published, calendar),
                relief_deadline=relief_deadline(published, calendar),
                lines=tuple(lines),
                after=split.after,
            )
        )
    return tuple(sheets)


def _line(
    item: ClaimItem, opened_on: date, rates: RateTable, contract_percent: Decimal | None
) -> ClaimLine:
    is_due = item.due_on <= opened_on
    late = item.due_on < opened_on and item.open_minor > 0
    fee = rates.fee(item.currency) if late else 0
    try:
        periods = interest(item.open_minor, item.due_on, opened_on, rates, contract_percent)
    except MissingRate as missing:
        return ClaimLine(item, is_due, (), fee, missing.half_year)
    return ClaimLine(item, is_due, periods, fee)
