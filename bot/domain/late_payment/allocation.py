"""To what a part payment of one debt goes: costs, interest, principal."""

from collections.abc import Sequence
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


def within(minor: int, owed: dict[Claim, int], order: Sequence[Claim] = BY_LAW) -> dict[Claim, int]:
    """Return what a payment closes of each claim; what is left over is in none of them."""
    shares = {}
    for claim in order:
        shares[claim] = min(max(0, minor), owed.get(claim, 0))
        minor -= shares[claim]
    return shares
