"""What sort of payer a client is, and the evidence for it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.policy import DEFAULT
from bot.domain.profiles import (
    Because,
    PaidInvoice,
    PayerFacts,
    PayerProfile,
    PayingHabit,
    Profile,
    payer_profile,
    paying_habit,
    recent_count,
)

RULES = DEFAULT.payers
_INVOICES = st.lists(
    st.builds(PaidInvoice, st.integers(730_000, 740_000), st.integers(-60, 400)), max_size=30
)


def paid(*delays: int) -> PayingHabit:
    """Return the habit of invoices paid a month apart with these delays, oldest first."""
    return paying_habit(PaidInvoice(739_000 + 30 * n, delay) for n, delay in enumerate(delays))


def a_payer(*delays: int, **changes: Any) -> PayerFacts:
    """Return a client that paid with these delays, oldest first; the same amount each time."""
    usual = sorted(delays)[(len(delays) - 1) // 2] if delays else None
    return replace(PayerFacts(paid(*delays), len(delays), usual), **changes)


def judged(facts: PayerFacts) -> PayerProfile:
    return payer_profile(facts, RULES)


@pytest.mark.parametrize(
    ("facts", "profile", "because", "evidence"),
    [
        (a_payer(), Profile.NEW, Because.FEW_INVOICES, (0, 0, 0)),
        (a_payer(90, 90), Profile.NEW, Because.FEW_INVOICES, (2, 0, 0)),
        (a_payer(0, -2, 1), Profile.PUNCTUAL, Because.USUAL_DELAY, (3, 0, 0)),
        (a_payer(3, 3, 3), Profile.PUNCTUAL, Because.USUAL_DELAY, (3, 3, 0)),
        (a_payer(4, 4, 4), Profile.LATE_BY_HABIT, Because.USUAL_DELAY, (3, 4, 0)),
        (a_payer(12, 10, 14, 12, 11, 13), Profile.LATE_BY_HABIT, Because.USUAL_DELAY, (6, 12, 0)),
        (a_payer(2, 2, 2, 12, 12, 12), Profile.DRIFTING, Because.LATER_THAN_BEFORE, (3, 12, 2)),
        (a_payer(5, 5, 5, 14, 14, 14), Profile.LATE_BY_HABIT, Because.USUAL_DELAY, (6, 5, 0)),
        (a_payer(5, 5, 5, oldest_unpaid_days=35), Profile.DRIFTING, Because.UNPAID, (1, 35, 5)),
        (a_payer(-9, -9, -9, oldest_unpaid_days=30), Profile.DRIFTING, Because.UNPAID, (1, 30, 0)),
        (a_payer(5, 5, 5, oldest_unpaid_days=34), Profile.LATE_BY_HABIT, Because.USUAL_DELAY, None),
        (a_payer(40, 0, 60, 5, 35, 2), Profile.ERRATIC, Because.SPREAD, (6, 40, 2)),
        (a_payer(0, 0, 0, dispute_count=3), Profile.DISPUTING, Because.DISPUTES, (3, 0, 0)),
        (a_payer(0, 0, 0, dispute_count=2), Profile.PUNCTUAL, Because.USUAL_DELAY, None),
        (
            a_payer(broken_promises=2, dispute_count=9),
            Profile.IN_DIFFICULTY,
            Because.BROKEN_PROMISES,
            (2, 0, 0),
        ),
        (a_payer(0, 0, 0, broken_promises=1), Profile.PUNCTUAL, Because.USUAL_DELAY, None),
        (a_payer(is_doubtful=True), Profile.IN_DIFFICULTY, Because.DOUBTFUL_ACCOUNT, (0, 0, 0)),
        (
            a_payer(in_proceeding=True, is_doubtful=True, broken_promises=5),
            Profile.IN_DIFFICULTY,
            Because.PROCEEDING,
            (0, 0, 0),
        ),
    ],
)
def test_a_profile_is_the_strongest_that_the_facts_show(
    facts: PayerFacts,
    profile: Profile,
    because: Because,
    evidence: tuple[int, int, int] | None,
) -> None:
    found = judged(facts)
    assert (found.profile, found.because) == (profile, because)
    assert evidence in (None, (found.count, found.days, found.against_days))


def test_paying_earlier_than_before_is_no_drift() -> None:
    assert judged(a_payer(25, 25, 25, 9, 9, 9)).profile is Profile.LATE_BY_HABIT


def test_a_payer_always_early_is_neither_drifting_nor_erratic() -> None:
    assert judged(a_payer(-60, -50, -55, -1, 0, -2)).profile is Profile.PUNCTUAL


def test_the_thresholds_are_those_of_the_policy() -> None:
    rules = replace(RULES, punctual_days=20, least_invoices=1)
    assert payer_profile(a_payer(15), rules).profile is Profile.PUNCTUAL


@pytest.mark.parametrize(
    ("settled", "recent"), [(0, 0), (5, 0), (6, 3), (7, 3), (11, 5), (12, 6), (80, 6)]
)
def test_the_recent_invoices_are_the_later_half_at_most_six(settled: int, recent: int) -> None:
    assert recent_count(settled) == recent


def test_too_few_invoices_bear_no_comparison() -> None:
    assert paid(1, 2, 3, 90) == PayingHabit(4)


def test_of_invoices_paid_together_the_one_due_last_is_the_more_recent() -> None:
    paid_off = [PaidInvoice(739_000, days) for days in (90, 60, 50, 30, 20, 10)]
    assert paying_habit(paid_off)[1:3] == (20, 60)


def test_only_evidence_of_how_invoices_were_paid_is_from_settlements() -> None:
    assert [because for because in Because if not because.is_from_settlements] == [
        Because.PROCEEDING,
        Because.DOUBTFUL_ACCOUNT,
        Because.BROKEN_PROMISES,
        Because.DISPUTES,
    ]


@given(st.data(), _INVOICES)
def test_the_order_of_facts_never_matters(data: st.DataObject, invoices: list[PaidInvoice]) -> None:
    assert paying_habit(data.draw(st.permutations(invoices))) == paying_habit(invoices)


@given(st.lists(st.integers(-3, 3), min_size=5, max_size=30), st.integers(0, 29))
def test_one_forgotten_invoice_never_makes_a_punctual_payer_a_bad_one(
    delays: list[int], place: int
) -> None:
    delays[place % len(delays)] = 400
    assert judged(a_payer(*delays)).profile is Profile.PUNCTUAL


@given(_INVOICES)
def test_half_of_the_invoices_lie_between_the_quartiles(invoices: list[PaidInvoice]) -> None:
    habit = paying_habit(invoices)
    early, late = habit.early_quartile_days, habit.late_quartile_days
    if early is not None and late is not None:
        between = sum(early <= invoice.delay_days <= late for invoice in invoices)
        assert between * 2 >= len(invoices)


@given(_INVOICES, st.integers(0, 400), st.integers(1, 60))
def test_an_invoice_unpaid_for_longer_never_makes_a_better_profile(
    invoices: list[PaidInvoice], unpaid: int, more: int
) -> None:
    facts = PayerFacts(paying_habit(invoices), len(invoices), 0, unpaid)
    worse = replace(facts, oldest_unpaid_days=unpaid + more)
    if judged(facts).because is Because.UNPAID:
        assert judged(worse).because is Because.UNPAID
