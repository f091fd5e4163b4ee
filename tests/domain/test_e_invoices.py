"""What an electronic invoice says of an item, and to which item it belongs."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.e_invoices import Candidate, EInvoice, Party, Stated, Tie, choose_item, dated
from bot.domain.ledger import (
    ClientKind,
    DueFrom,
    ItemKind,
    ParsedClient,
    ParsedItem,
    ParsedLedger,
)

ISSUED, OCTOBER = date(2026, 9, 1), date(2026, 10, 31)
INVOICE = EInvoice(
    "FA-0117", "380", ISSUED, OCTOBER, "", "EUR", 120000, 90000, buyer=Party("Roy", "552032534")
)
ITEM = ParsedItem(
    key="k",
    number="FA 0117",
    kind=ItemKind.INVOICE,
    issued_on=ISSUED,
    due_on=None,
    due_from=DueFrom.ESTIMATED,
    minor=120000,
    open_minor=120000,
    currency="EUR",
)
STATED = Stated("FA-0117", "EUR", 120000, 90000, OCTOBER, DueFrom.STATED)
FOUND = Candidate(1, 10, 120000, "EUR", ISSUED, "", True)
NOTHING_TIES = replace(FOUND, minor=5, issued_on=OCTOBER, name_agrees=False)


@pytest.mark.parametrize(
    ("type_code", "total", "minor"),
    [("380", 100, 100), ("380", -100, -100), ("381", 100, -100), ("381", -100, -100)],
)
def test_a_credit_lessens_what_is_owed_whatever_its_sign(
    type_code: str, total: int, minor: int
) -> None:
    assert replace(INVOICE, type_code=type_code, total_minor=total).minor == minor


def test_a_credit_note_has_no_due_date() -> None:
    assert replace(INVOICE, type_code="381").due is None


def test_a_due_date_before_the_issue_date_is_none() -> None:
    assert replace(INVOICE, due_on=date(2026, 8, 31)).due is None


def test_a_text_that_is_nothing_but_terms_gives_the_due_date() -> None:
    due = replace(INVOICE, due_on=None, terms="30 jours nets").due
    assert due == (date(2026, 10, 1), DueFrom.TERMS)


@pytest.mark.parametrize("terms", ["", "30% d'acompte, solde à 30 j", "50% prepaid"])
def test_a_text_that_says_more_than_terms_gives_none(terms: str) -> None:
    assert replace(INVOICE, due_on=None, terms=terms).due is None


@pytest.mark.parametrize(
    ("candidate", "tie"),
    [
        (replace(NOTHING_TIES, name_agrees=True), Tie.NAME),
        (replace(NOTHING_TIES, minor=120000), Tie.AMOUNT),
        (replace(NOTHING_TIES, minor=90000), Tie.AMOUNT),
        (replace(NOTHING_TIES, issued_on=ISSUED), Tie.DAY),
        (replace(NOTHING_TIES, client_siren="552032534"), Tie.SIREN),
    ],
    ids=["name", "total", "what an advance left", "day", "siren"],
)
def test_one_thing_beside_the_number_ties_a_document_to_an_item(
    candidate: Candidate, tie: Tie
) -> None:
    assert choose_item(INVOICE, [candidate]) == (candidate, frozenset({tie}))


def test_a_number_alone_ties_nothing() -> None:
    assert choose_item(INVOICE, [NOTHING_TIES]) is None


def test_an_item_in_another_currency_is_another_invoice() -> None:
    assert choose_item(INVOICE, [replace(FOUND, currency="USD")]) is None


def test_of_two_clients_the_one_with_more_in_common_is_taken() -> None:
    other = replace(FOUND, client_id=2, item_id=20, name_agrees=False)
    chosen = choose_item(INVOICE, [other, FOUND])
    assert chosen == (FOUND, frozenset({Tie.NAME, Tie.AMOUNT, Tie.DAY}))


def test_two_clients_with_as_much_in_common_are_left_to_people() -> None:
    assert choose_item(INVOICE, [FOUND, replace(FOUND, client_id=2, item_id=20)]) is None


def test_an_item_kept_in_two_parts_is_still_one_client_s() -> None:
    assert choose_item(INVOICE, [FOUND, replace(FOUND, item_id=11)]) is not None


def ledger(item: ParsedItem) -> ParsedLedger:
    client = ParsedClient(
        "C1", "411", "Roy", ClientKind.ORDINARY, item.open_minor, 0, "EUR", (item,)
    )
    return ParsedLedger("fec", (client,), (), 1, 1, "EUR", *(None,) * 6)


def due_of(item: ParsedItem, *stated: Stated) -> date | None:
    return dated(ledger(item), {"FA0117": stated}).clients[0].items[0].due_on


def test_an_item_without_a_due_date_takes_its_document_s() -> None:
    assert due_of(ITEM, STATED) == OCTOBER


def test_a_due_date_that_the_books_state_stays() -> None:
    held = replace(ITEM, due_on=ISSUED, due_from=DueFrom.STATED)
    assert due_of(held, STATED) == ISSUED


@pytest.mark.parametrize(
    "stated",
    [
        replace(STATED, currency="USD"),
        replace(STATED, minor=1, left_minor=1),
        replace(STATED, code="C2"),
    ],
    ids=["currency", "amount", "attached elsewhere"],
)
def test_a_document_of_something_else_dates_nothing(stated: Stated) -> None:
    assert due_of(ITEM, stated) is None


def test_a_document_attached_to_the_client_dates_its_item_whatever_the_amount() -> None:
    assert due_of(ITEM, replace(STATED, minor=1, left_minor=1, code="C1")) == OCTOBER


@pytest.mark.parametrize(
    "item",
    [
        replace(ITEM, kind=ItemKind.BILL),
        replace(ITEM, minor=-120000, open_minor=-120000),
    ],
    ids=["bill of exchange", "credit"],
)
def test_an_item_with_a_day_of_its_own_keeps_it(item: ParsedItem) -> None:
    assert due_of(item, STATED) is None


def test_a_ledger_without_documents_is_as_it_was() -> None:
    given = ledger(ITEM)
    assert dated(given, {}) is given


def test_clients_without_a_documented_number_are_as_they_were() -> None:
    given = ledger(replace(ITEM, number="FA-9"))
    assert dated(given, {"FA0117": [STATED]}).clients[0] is given.clients[0]
