"""What a receipt pays: two facts make it firm, a name alone never does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank.matching import Account, Debt, Proposal, Receipt, Tie, match_receipt, spread

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)
FIRST = Debt("k1", "FA2026-0411", OCTOBER, 120_000)
SECOND = Debt("k2", "FA2026-0412", NOVEMBER, 80_000)
CREDIT = Debt("k3", "AV2026-0007", NOVEMBER, -20_000)


def duval(*items: Debt, promised: int = 0, id: int = 1) -> Account:
    promises = ((9, promised),) if promised else ()
    return Account(id, "MENUISERIE DUVAL", items or (FIRST, SECOND), promises)


def best(minor: int, text: str = "", payer: str = "", *accounts: Account) -> Proposal:
    found = match_receipt(Receipt(minor, payer, text), accounts or (duval(),))
    return found.proposals[0]


@pytest.mark.parametrize(
    ("minor", "text", "tie"),
    [
        (120_000, "FA2026-0411", Tie.AMOUNT),
        (120_000, "reglement 2026-0411", Tie.AMOUNT),
        (200_000, "FA2026-0411 FA2026-0412", Tie.SEVERAL),
        (80_000, "FA2026-0411 FA2026-0412", Tie.AMOUNT),
    ],
)
def test_a_reference_and_its_amount_are_firm(minor: int, text: str, tie: Tie) -> None:
    found = best(minor, text)
    assert (found.is_firm, tie in found.ties) == (True, True)


def test_a_credit_note_that_the_payer_deducts_is_used() -> None:
    found = best(100_000, "FA2026-0411", "", duval(FIRST, CREDIT))
    assert (found.is_firm, found.parts) == (True, (("k1", 120_000), ("k3", -20_000)))


def test_a_promise_and_its_payer_are_firm() -> None:
    assert best(150_000, "", "Menuiserie Duval SARL", duval(promised=150_000)).is_firm


def test_a_promise_without_its_payer_is_not_firm() -> None:
    assert not best(150_000, "", "Autre", duval(promised=150_000)).is_firm


@pytest.mark.parametrize(("minor", "tie"), [(70_000, Tie.PART), (130_000, Tie.MORE)])
def test_a_reference_with_another_amount_is_not_firm(minor: int, tie: Tie) -> None:
    found = best(minor, "FA2026-0411")
    assert (found.is_firm, tie in found.ties) == (False, True)


def test_two_named_items_of_the_amount_are_not_chosen_between() -> None:
    twin = Debt("k2", "FA2026-0412", NOVEMBER, 120_000)
    assert not best(120_000, "FA2026-0411 FA2026-0412", "", duval(FIRST, twin)).is_firm


@pytest.mark.parametrize(
    ("minor", "payer", "tie"),
    [
        (120_000, "", Tie.AMOUNT),
        (200_000, "", Tie.SEVERAL),
        (33_300, "Menuiserie Duval", Tie.SAME_NAME),
        (33_300, "Duval", Tie.CLOSE_NAME),
        (120_000, "Menuiserie Duval", Tie.SAME_NAME),
    ],
)
def test_an_amount_or_a_name_only_proposes(minor: int, payer: str, tie: Tie) -> None:
    found = best(minor, "", payer)
    assert (found.is_firm, tie in found.ties) == (False, True)


def test_two_items_of_the_amount_are_not_chosen_between() -> None:
    twins = duval(FIRST, Debt("k2", "FA2026-0412", NOVEMBER, 120_000))
    assert match_receipt(Receipt(120_000, "", ""), [twins]).proposals == ()


def test_nothing_in_common_proposes_nothing() -> None:
    assert match_receipt(Receipt(5, "Autre", "loyer"), [duval()]).proposals == ()


def test_a_client_that_owes_nothing_is_not_proposed() -> None:
    nobody = Account(1, "MENUISERIE DUVAL", (CREDIT,))
    assert match_receipt(Receipt(5, "Menuiserie Duval", ""), [nobody]).proposals == ()


def test_an_empty_account_is_not_proposed() -> None:
    nobody = Account(1, "MENUISERIE DUVAL", ())
    assert match_receipt(Receipt(5, "Menuiserie Duval", ""), [nobody]).proposals == ()


def test_a_number_too_short_names_nothing() -> None:
    short = duval(Debt("k", "12", OCTOBER, 120_000), SECOND)
    assert Tie.REFERENCE not in best(120_000, "facture 12", "", short).ties


def test_two_firm_accounts_are_a_question() -> None:
    both = duval(FIRST), duval(FIRST, id=2)
    found = match_receipt(Receipt(120_000, "", "FA2026-0411"), both)
    assert (found.firm, len(found.proposals)) == (None, 2)


def test_the_likeliest_comes_first() -> None:
    named = Account(2, "ATELIER ROY", (Debt("k", "FA2026-0500", OCTOBER, 90_000),))
    assert best(90_000, "FA2026-0500", "Menuiserie Duval", duval(), named).client_id == 2


def test_money_is_spread_over_what_is_due_first() -> None:
    assert spread(150_000, [SECOND, FIRST]) == (("k1", 120_000), ("k2", 30_000))


def test_what_is_left_is_on_the_account() -> None:
    assert spread(210_000, [SECOND, FIRST])[-1] == ("", 10_000)


def test_debts_of_the_same_day_share_in_proportion() -> None:
    twins = Debt("a", "A", OCTOBER, 100), Debt("b", "B", OCTOBER, 200)
    assert spread(100, [*twins, SECOND]) == (("a", 34), ("b", 66))


@given(
    minor=st.integers(1, 10**9),
    debts=st.lists(
        st.tuples(st.integers(1, 10**7), st.dates(date(2026, 11, 1), date(2026, 11, 5))), max_size=8
    ),
)
def test_no_cent_is_made_or_lost(minor: int, debts: list[tuple[int, date]]) -> None:
    owed = [Debt(f"k{n}", "", due, amount) for n, (amount, due) in enumerate(debts)]
    shares = dict(spread(minor, owed))
    assert sum(shares.values()) == minor
    assert all(0 < shares.get(debt.key, 1) <= debt.open_minor for debt in owed)
    assert ("" in shares) == (minor > sum(debt.open_minor for debt in owed))
