"""Parts of items set apart: the two always add up to the item of the books."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.books import ItemRow, SettlementRow, Snapshot
from bot.domain.item_states import (
    ItemState,
    StateKind,
    check_state,
    joined,
    part_key,
    parted,
)
from bot.domain.ledger import (
    ClientKind,
    DueFrom,
    ItemKind,
    ParsedClient,
    ParsedItem,
    ParsedLedger,
    Settled,
    SettledBy,
)
from tests.refusals import refusal

TODAY = date(2026, 11, 24)
ISSUED, DUE, RELEASED = date(2026, 9, 1), date(2026, 10, 1), date(2027, 9, 1)
WORKS = ParsedItem(
    key="FA-1|2026-09-01|100000|1",
    number="FA-1",
    kind=ItemKind.INVOICE,
    issued_on=ISSUED,
    due_on=DUE,
    due_from=DueFrom.TERMS,
    minor=100_000,
    open_minor=100_000,
    currency="EUR",
)

RETAINED = ItemState(WORKS.key, StateKind.RETENTION, 5_000, RELEASED)


def a_ledger(*items: ParsedItem) -> ParsedLedger:
    """Return a file with one client."""
    net = sum(item.open_minor for item in items)
    client = ParsedClient(
        "C1", "411C1", "Maçonnerie Vidal", ClientKind.ORDINARY, net, 0, "EUR", items
    )
    other = replace(client, code="C2")
    return ParsedLedger("fec", (client, other), (), 1, 1, "EUR", None, None, None, None, None, None)


def items_of(state: ItemState, item: ParsedItem) -> list[ParsedItem]:
    """Return the items of the client whose item has the state."""
    return list(parted(a_ledger(item), {"C1": {item.key: state}}).clients[0].items)


def test_an_invoice_with_retention_money_is_owed_in_two_parts() -> None:
    rest, part = items_of(RETAINED, WORKS)
    assert (rest.key, rest.open_minor, rest.due_on) == (WORKS.key, 95_000, DUE)
    assert (part.key, part.open_minor, part.due_on) == (part_key(WORKS.key), 5_000, RELEASED)
    assert (part.kind, part.due_from) == (ItemKind.RETENTION, DueFrom.STATED)


def test_what_was_paid_closed_the_rest_first_and_its_receipt_goes_with_it() -> None:
    paid = (Settled(SettledBy.RECEIPT, 97_000, date(2026, 10, 3)),)
    rest, part = items_of(RETAINED, replace(WORKS, open_minor=3_000, settled=paid))
    assert (rest.open_minor, part.open_minor) == (0, 3_000)
    assert [one.minor for one in (*rest.settled, *part.settled)] == [95_000, 2_000]


def test_a_bill_for_the_whole_invoice_keeps_it_in_one_piece_until_its_maturity() -> None:
    bill = ItemState(WORKS.key, StateKind.BILL, 100_000, RELEASED)
    [item] = items_of(bill, WORKS)
    assert (item.key, item.kind, item.due_on) == (WORKS.key, ItemKind.BILL, RELEASED)
    assert item.open_minor == 100_000


def test_other_items_and_other_clients_stay_as_the_file_has_them() -> None:
    credit = replace(WORKS, key="AV-1", minor=-100, open_minor=-100)
    ledger = a_ledger(credit)
    assert parted(ledger, {"C1": {WORKS.key: RETAINED}}) == ledger
    assert parted(ledger, {"C1": {"AV-1": RETAINED}}) == ledger
    assert parted(ledger, {}) is ledger


def test_parts_go_back_into_their_items_with_what_closed_them() -> None:
    rest = _row(1, WORKS.key, 95_000, 0)
    part = _row(2, part_key(WORKS.key), 5_000, 3_000)
    other = _row(3, "FA-2", 700, 700)
    first, then = (
        SettlementRow(9, 1, "receipt", 95_000, 5),
        SettlementRow(8, 2, "receipt", 2_000, 6),
    )
    held = Snapshot(
        1, items={7: {row.key: row for row in (rest, part, other)}}, settlements={1: [first]}
    )
    held.settlements[2] = [then]
    whole = joined(held)
    assert whole.items[7] == {
        WORKS.key: rest._replace(minor=100_000, open_minor=3_000),
        "FA-2": other,
    }
    assert whole.settlements[1] == [first, then]


def test_books_without_parts_are_returned_as_they_are() -> None:
    held = Snapshot(1, items={7: {"FA-2": _row(3, "FA-2", 700, 700)}})
    assert joined(held) is held


def _row(id: int, key: str, minor: int, open_minor: int) -> ItemRow:
    return ItemRow(id, 7, key, "FA", "invoice", 1, 2, "terms", minor, open_minor, "EUR", "", "")


@pytest.mark.parametrize(
    ("kind", "minor", "due_on", "field"),
    [
        (StateKind.BILL, 0, RELEASED, "amount"),
        (StateKind.BILL, 100_001, RELEASED, "amount"),
        (StateKind.RETENTION, 100_000, RELEASED, "amount"),
        (StateKind.BILL, 100_000, TODAY, "due_on"),
        (StateKind.BILL, 100_000, date(2040, 1, 1), "due_on"),
    ],
)
def test_a_part_that_cannot_be_set_apart_is_refused_at_its_field(
    kind: StateKind, minor: int, due_on: date, field: str
) -> None:
    assert refusal(check_state, kind, minor, 100_000, due_on, TODAY) == field


def test_a_part_up_to_what_is_open_can_be_set_apart() -> None:
    assert refusal(check_state, StateKind.BILL, 100_000, 100_000, RELEASED, TODAY) == ""
    assert refusal(check_state, StateKind.RETENTION, 5_000, 100_000, RELEASED, TODAY) == ""


@given(
    minor=st.integers(1, 10**9),
    open_share=st.integers(0, 100),
    apart=st.integers(1, 10**9),
    parts=st.lists(st.integers(1, 10**8), max_size=4),
)
def test_no_cent_is_made_or_lost(minor: int, open_share: int, apart: int, parts: list[int]) -> None:
    settled = tuple(
        Settled(SettledBy.RECEIPT, one, date(2026, 10, place + 1))
        for place, one in enumerate(parts)
    )
    item = replace(WORKS, minor=minor, open_minor=minor * open_share // 100, settled=settled)
    found = items_of(replace(RETAINED, minor=apart), item)
    assert sum(one.minor for one in found) == minor
    assert sum(one.open_minor for one in found) == item.open_minor
    assert sum(part.minor for one in found for part in one.settled) == sum(parts)
    assert all(0 <= one.open_minor <= one.minor for one in found)
