"""What a client owes with what late payment costs: item by item, with every reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.late_payment.interest import (
    Agreed,
    HalfYear,
    InterestPeriod,
    MissingRate,
    RateTable,
    interest,
)
from bot.domain.late_payment.limitation import (
    Interruption,
    Limitation,
    LimitationKind,
    limitation,
)
from bot.domain.late_payment.recovery_fee import FeeFacts, NoFee, no_fee


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all of a client's items."""

    client_kind: str
    agreed: Agreed
    limitation: LimitationKind
    in_proceeding: bool = False
    acts: tuple[tuple[date, Interruption], ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """An open item: what is left of it, what was paid of it and when.

    What went without a trace bears no interest: nobody knows from which day on.
    """

    item_id: int
    number: str
    kind: str
    issued_on: date
    due_on: date
    open_minor: int
    currency: str
    paid: tuple[tuple[date, int], ...] = ()
    is_disputed: bool = False
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item with its interest (None: a rate is missing), its fee and its limitation."""

    item: Owed
    periods: tuple[InterestPeriod, ...]
    missing: HalfYear | None
    no_fee: NoFee | None
    fee_minor: int
    limitation: Limitation

    @property
    def interest_minor(self) -> int | None:
        """Return the interest in minor units; None where a half-year's rate is not known."""
        return None if self.missing else sum(period.minor for period in self.periods)


@dataclass(frozen=True, slots=True)
class CurrencyFigures:
    """All of one currency: principal is what is open, open credits taken off."""

    currency: str
    until: date
    items: tuple[ItemFigures, ...]
    credits_minor: int

    @property
    def late_minor(self) -> int:
        """Return what is overdue."""
        late = (one.item.open_minor for one in self.items if one.item.due_on < self.until)
        return sum(late)

    @property
    def principal_minor(self) -> int:
        """Return what is overdue less the open credits, never below 0."""
        return max(0, self.late_minor - self.credits_minor)

    @property
    def interest_minor(self) -> int:
        """Return the interest that is known."""
        return sum(one.interest_minor or 0 for one in self.items)

    @property
    def fee_minor(self) -> int:
        """Return the recovery fees."""
        return sum(one.fee_minor for one in self.items)

    @property
    def total_minor(self) -> int:
        """Return principal, interest and fees."""
        return self.principal_minor + self.interest_minor + self.fee_minor

    @property
    def missing(self) -> tuple[HalfYear, ...]:
        """Return the half-years without a rate: the interest is not whole without them."""
        return tuple(sorted({one.missing for one in self.items if one.missing}))

    @property
    def is_example(self) -> bool:
        """Say whether a rate was an example."""
        return any(period.is_example for one in self.items for period in one.periods)


def figures(
    owed: Iterable[Owed], terms: Terms, rates: RateTable, until: date
) -> tuple[CurrencyFigures, ...]:
    """Return the figures of each currency, the largest principal first.

    In a proceeding neither interest nor fees are asked by reminders: the claim sheet has them.
    """
    by_currency: dict[str, list[Owed]] = {}
    for item in owed:
        by_currency.setdefault(item.currency, []).append(item)
    found = [
        CurrencyFigures(
            currency,
            until,
            tuple(_item(item, terms, rates, until) for item in items if item.open_minor > 0),
            -sum(item.open_minor for item in items if item.open_minor < 0),
        )
        for currency, items in by_currency.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.principal_minor, one.currency)))


def _item(item: Owed, terms: Terms, rates: RateTable, until: date) -> ItemFigures:
    facts = FeeFacts(
        item.kind,
        terms.client_kind,
        item.open_minor,
        item.due_on,
        item.currency,
        terms.in_proceeding,
        item.is_disputed,
        item.is_waived,
    )
    why = no_fee(facts, until, rates.fee_currency)
    periods: tuple[InterestPeriod, ...] = ()
    missing = None
    bears_none = terms.in_proceeding or item.is_disputed or item.is_waived
    if not bears_none and why is not NoFee.SOLD:
        try:
            whole = item.open_minor + sum(minor for _, minor in item.paid)
            periods = interest(whole, item.due_on, until, rates, terms.agreed, payments=item.paid)
        except MissingRate as unknown:
            missing = unknown.half_year
    fee = 0 if why else rates.fee(item.currency)
    last = limitation(terms.limitation, item.issued_on, item.due_on, terms.acts)
    return ItemFigures(item, periods, missing, why, fee, last)
