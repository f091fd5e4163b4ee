"""To what a part payment goes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.late_payment.allocation import PRINCIPAL_FIRST, Claim, within

OWED = {Claim.COSTS: 40_00, Claim.INTEREST: 149_79, Claim.PRINCIPAL: 10_000_00}


def test_by_law_costs_and_interest_come_before_the_principal() -> None:
    assert within(1_000_00, OWED) == {
        Claim.COSTS: 40_00,
        Claim.INTEREST: 149_79,
        Claim.PRINCIPAL: 810_21,
    }


def test_a_house_may_put_the_principal_first() -> None:
    assert within(1_000_00, OWED, PRINCIPAL_FIRST)[Claim.PRINCIPAL] == 1_000_00


def test_nothing_owed_takes_nothing() -> None:
    assert within(-5, OWED)[Claim.COSTS] == 0


@given(
    minor=st.integers(0, 10**9),
    costs=st.integers(0, 10**6),
    interest=st.integers(0, 10**6),
    principal=st.integers(0, 10**8),
)
def test_a_payment_is_shared_whole(minor: int, costs: int, interest: int, principal: int) -> None:
    owed = {Claim.COSTS: costs, Claim.INTEREST: interest, Claim.PRINCIPAL: principal}
    assert sum(within(minor, owed).values()) == min(minor, costs + interest + principal)
