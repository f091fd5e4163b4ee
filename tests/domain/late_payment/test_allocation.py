"""To what a part payment goes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.late_payment.allocation import PRINCIPAL_FIRST, Claim, Debt, among, within

TODAY = date(2026, 11, 24)
OWED = {Claim.COSTS: 40_00, Claim.INTEREST: 149_79, Claim.PRINCIPAL: 10_000_00}


def test_by_law_costs_and_interest_come_before_the_principal() -> None:
    assert within(1_000_00, OWED) == {
        Claim.COSTS: 40_00,
        Claim.INTEREST: 149_79,
        Claim.PRINCIPAL: 810_21,
    }


def test_a_house_may_put_the_principal_first() -> None:
    assert within(1_000_00, OWED, PRINCIPAL_FIRST)[Claim.PRINCIPAL] == 1_000_00


def test_the_debtor_s_choice_comes_first() -> None:
    debts = [Debt("old", 100, date(2026, 1, 1)), Debt("new", 100, date(2026, 10, 1))]
    assert among(100, debts, TODAY, chosen=["new"]) == {"old": 0, "new": 100}


def test_matured_debts_then_the_dearest_then_the_oldest() -> None:
    debts = [
        Debt("not due", 100, date(2026, 12, 31)),
        Debt("old", 100, date(2026, 1, 1), 8.0),
        Debt("dear", 100, date(2026, 6, 1), 12.0),
        Debt("older", 100, date(2025, 1, 1), 8.0),
    ]
    assert among(250, debts, TODAY) == {"not due": 0, "old": 50, "dear": 100, "older": 100}


def test_debts_alike_share_in_proportion() -> None:
    debts = [Debt("a", 100, date(2026, 1, 1)), Debt("b", 200, date(2026, 1, 1))]
    assert among(100, debts, TODAY) == {"a": 34, "b": 66}


def test_nothing_owed_takes_nothing() -> None:
    assert among(100, [Debt("a", 0, TODAY)], TODAY) == {"a": 0}
    assert within(-5, OWED)[Claim.COSTS] == 0


@given(
    minor=st.integers(0, 10**9),
    debts=st.lists(
        st.tuples(st.integers(0, 10**7), st.dates(date(2025, 1, 1), date(2027, 1, 1))), max_size=8
    ),
)
def test_no_cent_is_made_or_lost(minor: int, debts: list[tuple[int, date]]) -> None:
    owed = [Debt(str(place), amount, due) for place, (amount, due) in enumerate(debts)]
    shares = among(minor, owed, TODAY)
    assert sum(shares.values()) == min(minor, sum(debt.minor for debt in owed))
    assert all(0 <= shares[debt.key] <= debt.minor for debt in owed)


@given(
    minor=st.integers(0, 10**9),
    costs=st.integers(0, 10**6),
    interest=st.integers(0, 10**6),
    principal=st.integers(0, 10**8),
)
def test_a_payment_is_shared_whole(minor: int, costs: int, interest: int, principal: int) -> None:
    owed = {Claim.COSTS: costs, Claim.INTEREST: interest, Claim.PRINCIPAL: principal}
    assert sum(within(minor, owed).values()) == min(minor, costs + interest + principal)
