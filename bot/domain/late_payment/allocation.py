"""To what a part payment goes: within a debt, and among several debts of one debtor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Claim(StrEnum):
    """What one debt is made of."""

    COSTS = "costs"
    INTEREST = "interest"
    PRINCIPAL = "principal"


# Civil code, art. 1343-1: interest before principal, and recovery costs with it (Cass. 1re civ.,
# 7 Feb. 1995, 92-14.216). A house that prefers its books plain may put the principal first.
BY_LAW = (Claim.COSTS, Claim.INTEREST, Claim.PRINCIPAL)
PRINCIPAL_FIRST = (Claim.PRINCIPAL, Claim.INTEREST, Claim.COSTS)


class Allocation(StrEnum):
    """The order a house chose."""

    BY_LAW = "by_law"
    PRINCIPAL_FIRST = "principal_first"

    @property
    def order(self) -> tuple[Claim, ...]:
        """Return what a payment goes to first, next and last."""
        return BY_LAW if self is Allocation.BY_LAW else PRINCIPAL_FIRST


@dataclass(frozen=True, slots=True)
class Debt:
    """A debt of one debtor, minor units; `percent` is what being late on it costs a year."""

    key: str
    minor: int
    due_on: date
    percent: float = 0.0


def within(minor: int, owed: dict[Claim, int], order: Sequence[Claim] = BY_LAW) -> dict[Claim, int]:
    """Return what a payment closes of each claim; what is left over is in none of them."""
    shares = {}
    for claim in order:
        shares[claim] = min(max(0, minor), owed.get(claim, 0))
        minor -= shares[claim]
    return shares


def among(
    minor: int, debts: Sequence[Debt], today: date, chosen: Sequence[str] = ()
) -> dict[str, int]:
    """Return what a payment closes of each debt, by key (Civil code, art. 1342-10).

    What the debtor chose comes first; else matured debts, those that cost the debtor most, the
    oldest; debts alike in all of it share in proportion, to the minor unit.
    """
    shares = dict.fromkeys((debt.key for debt in debts), 0)
    named = {key: place for place, key in enumerate(chosen)}

    def rank(debt: Debt) -> tuple[int, bool, float, date]:
        return (
            named.get(debt.key, len(named)),
            debt.due_on > today,
            -debt.percent,
            debt.due_on,
        )

    for place in sorted({rank(debt) for debt in debts}):
        equals = [debt for debt in debts if rank(debt) == place]
        for key, share in _in_proportion(minor, equals).items():
            shares[key] += share
            minor -= share
    return shares


def _in_proportion(minor: int, debts: Sequence[Debt]) -> dict[str, int]:
    total = sum(debt.minor for debt in debts)
    paid = min(max(0, minor), total)
    if not total:
        return {}
    shares = {debt.key: debt.minor * paid // total for debt in debts}
    left = paid - sum(shares.values())
    for debt in debts:  # a minor unit at a time, in the order they came
        if left and shares[debt.key] < debt.minor:
            shares[debt.key] += 1
            left -= 1
    return shares
