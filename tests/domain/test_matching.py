"""Matching of one client's lines, without any file."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger import LedgerLine, LineKind, SettledBy
from bot.domain.matching import Part, match, part_of
from bot.domain.references import document_number, mentions

FIRST = date(2026, 1, 1)


def a_line(minor: int, kind: LineKind, day: int = 0, **more: str) -> LedgerLine:
    on = FIRST + timedelta(days=day)
    line = LedgerLine(day, "411000", "DUP", "Dupont", kind, on, on, "", "", minor)
    return line._replace(**more)  # type: ignore[arg-type]


def matched(*lines: LedgerLine, matched_books: bool = False) -> list[Part]:
    parts = [part_of(line) for line in lines]
    match(parts, matched_books=matched_books)
    return parts


def left(parts: list[Part]) -> list[int]:
    return [part.left for part in parts]


def test_codes_pair_before_age() -> None:
    old = a_line(100, LineKind.INVOICE, 0)
    coded = a_line(100, LineKind.INVOICE, 5, matching="A")
    paid = a_line(-100, LineKind.RECEIPT, 9, matching="A")
    assert left(matched(old, coded, paid)) == [100, 0, 0]


def test_the_rest_of_a_group_goes_to_other_debits() -> None:
    old = a_line(30, LineKind.OPENING, 0)
    coded = a_line(100, LineKind.INVOICE, 5, matching="A")
    paid = a_line(-130, LineKind.RECEIPT, 9, matching="A")
    assert left(matched(old, coded, paid)) == [0, 0, 0]


def test_a_receipt_before_its_invoice_is_used() -> None:
    paid, sold = a_line(-100, LineKind.RECEIPT, 0), a_line(100, LineKind.INVOICE, 9)
    assert left(matched(paid, sold)) == [0, 0]


def test_a_deposit_waits_for_its_invoice() -> None:
    deposit = a_line(-50, LineKind.RECEIPT, 9, label="VIR acompte commande")
    assert left(matched(a_line(100, LineKind.INVOICE), deposit)) == [100, -50]


def test_credit_notes_go_to_the_oldest_in_books_nobody_matches() -> None:
    lines = (a_line(100, LineKind.INVOICE), a_line(-30, LineKind.CREDIT_NOTE, 3))
    assert left(matched(*lines)) == [70, 0]
    assert left(matched(*lines, matched_books=True)) == [100, -30]


def test_a_refund_settles_a_payment_on_account() -> None:
    parts = matched(a_line(-40, LineKind.RECEIPT), a_line(40, LineKind.REFUND, 4))
    assert left(parts) == [0, 0]
    assert parts[0].settled[0].by is SettledBy.RECEIPT


def test_a_debit_that_came_back_takes_back_the_receipt_it_names() -> None:
    sold = a_line(100, LineKind.INVOICE, number="FA-0800")
    paid = a_line(-100, LineKind.RECEIPT, 30, label="Prelevement FA-0800")
    back = a_line(100, LineKind.REFUND, 38, label="Rejet FA-0800")
    assert left(matched(sold, paid, back)) == [100, 0, 0]


def test_a_debit_paid_again_after_it_came_back_is_paid() -> None:
    sold = a_line(100, LineKind.INVOICE, number="FA-0800")
    paid = a_line(-100, LineKind.RECEIPT, 30, label="Prelevement FA-0800")
    back = a_line(100, LineKind.REFUND, 38, label="Rejet FA-0800")
    again = a_line(-100, LineKind.RECEIPT, 60, label="Virement FA-0800")
    assert left(matched(sold, paid, back, again)) == [0, 0, 0, 0]


def test_a_second_payment_of_a_paid_invoice_is_left_over() -> None:
    sold = a_line(100, LineKind.INVOICE, number="FA-0800")
    paid = a_line(-100, LineKind.RECEIPT, 30, label="Virement FA-0800")
    again = a_line(-70, LineKind.RECEIPT, 31, label="Virement 0800")
    assert left(matched(sold, paid, again)) == [0, 0, -70]


def test_money_given_back_for_another_document_takes_back_no_receipt() -> None:
    sold = a_line(100, LineKind.INVOICE, number="20800")
    paid = a_line(-100, LineKind.RECEIPT, 30, label="Virement 20800")
    back = a_line(100, LineKind.REFUND, 38, label="Trop percu 20700")
    assert left(matched(sold, paid, back)) == [0, 0, 100]


def test_numbers_are_found_in_labels() -> None:
    assert "FA220123" in mentions("VIR DUPONT FA 220123 DU 03/04/2026")
    assert mentions("VIREMENT 2026") == []


def test_words_and_zeros_are_no_document_numbers() -> None:
    generic = ("RAN", "0000000", "VIR", "OD", "--", "")
    assert [document_number(text) for text in generic] == [""] * 6
    assert document_number(" FA  220123 ") == "FA 220123"


LINES = st.builds(
    a_line,
    minor=st.integers(-500, 500).filter(bool),
    kind=st.sampled_from(list(LineKind)),
    day=st.integers(0, 300),
    matching=st.sampled_from(["", "A", "B"]),
    number=st.sampled_from(["", "F1001"]),
    account=st.sampled_from(["411000", "419100"]),
)


@given(st.lists(LINES, max_size=30), st.booleans())
def test_matching_moves_money_and_never_makes_any(
    lines: list[LedgerLine], matched_books: bool
) -> None:
    parts = matched(*lines, matched_books=matched_books)
    assert sum(left(parts)) == sum(line.minor for line in lines)
    for part in parts:
        assert part.left * part.line.minor >= 0
        closed = sum(settled.minor for settled in part.settled)
        assert abs(part.left) + closed == abs(part.line.minor)
