"""What a file changes in the books held, without a database."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from bot.domain.books import ClientLine, ItemRow, SettlementRow, Snapshot
from bot.domain.errors import GoodcopError
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
from bot.domain.reconcile import BookChanges, Rules, reconcile
from bot.domain.settling import Untold
from bot.domain.year_start import items_at_start, opening_lines

START = date(2026, 1, 1)
MARCH = date(2026, 3, 15)
LAST = date(2026, 11, 1)
FEC = Rules(Untold(SettledBy.RECEIPT, START), Untold(SettledBy.NETTING, LAST), START)
LIST = Rules(Untold(SettledBy.RECEIPT, LAST), Untold(SettledBy.RECEIPT, LAST))


def an_item(number: str = "F1", minor: int = 1_000, **more: Any) -> ParsedItem:
    """Return an invoice of 15 March, wholly open."""
    kind = ItemKind.INVOICE if minor > 0 else ItemKind.CREDIT_NOTE
    item = ParsedItem(number, number, kind, MARCH, None, DueFrom.ESTIMATED, minor, minor, "EUR")
    return replace(item, **more)


def a_ledger(*items: ParsedItem, code: str = "C1", **more: Any) -> ParsedLedger:
    """Return a ledger of one client with these items."""
    net = sum(item.open_minor for item in items)
    client = ParsedClient(code, "411000", "Roy SARL", ClientKind.ORDINARY, net, 0, "EUR", items)
    days = (None, None, None, None, None, None)
    return ParsedLedger("fec", (replace(client, **more),), (), 1, 1, "EUR", *days)


def ids(start: int) -> Any:
    """Return a maker of rising ids."""
    counter = count(start)
    return lambda amount: [next(counter) for _ in range(amount)]


def held_after(ledger: ParsedLedger, rules: Rules = FEC) -> Snapshot:
    """Return the books as a first import of the ledger leaves them."""
    changes = reconcile(ledger, Snapshot(0), rules, ids(1))
    held = Snapshot(1)
    for cells in changes.clients.new:
        client = ClientLine(*cells)  # type: ignore[arg-type]
        held.clients[client.code] = client
    for cells in changes.items.new:
        row = ItemRow(*cells)  # type: ignore[arg-type]
        held.items.setdefault(row.client_id, {})[row.key] = row
    for cells in changes.settlements.new:
        part = SettlementRow(*cells)  # type: ignore[arg-type]
        held.settlements.setdefault(part.open_item_id, []).append(part)
    return held


def change(held: Snapshot, ledger: ParsedLedger, rules: Rules = FEC) -> BookChanges:
    """Return what a later ledger changes."""
    return reconcile(ledger, held, rules, ids(1_000_000))


def how(changes: BookChanges) -> list[tuple[object, ...]]:
    """Return the settlements added: by, minor units, ordinal day."""
    return [tuple(row[2:]) for row in changes.settlements.new]


def test_items_that_do_not_add_up_stop_the_import() -> None:
    with pytest.raises(GoodcopError) as refused:
        reconcile(a_ledger(an_item(), net_minor=999), Snapshot(0), FEC, ids(1))
    assert refused.value.code == "unreconciled"


def test_a_corrected_settlement_replaces_the_one_held() -> None:
    paid = Settled(SettledBy.RECEIPT, 1_000, MARCH)
    held = held_after(a_ledger(an_item(open_minor=0, settled=(paid,))))
    other = replace(paid, by=SettledBy.FACTOR)
    changes = change(held, a_ledger(an_item(open_minor=0, settled=(other,))))
    assert (len(changes.settlements.gone), how(changes)) == (
        1,
        [("factor", 1_000, MARCH.toordinal())],
    )


def test_a_settlement_of_an_earlier_year_stays() -> None:
    paid = Settled(SettledBy.RECEIPT, 400, date(2025, 12, 1))
    early = replace(FEC, since=date(2025, 1, 1))
    held = held_after(a_ledger(an_item(open_minor=600, settled=(paid,))), early)
    changes = change(held, a_ledger(an_item(open_minor=600)))
    assert changes.settlements.count == 0


def test_what_became_less_over_the_year_end_is_settled_without_a_trace() -> None:
    held = held_after(a_ledger(an_item()))
    changes = change(held, a_ledger(an_item(open_minor=300)))
    assert how(changes) == [("receipt", 700, START.toordinal())]


def test_a_credit_that_became_less_was_netted() -> None:
    held = held_after(a_ledger(an_item(minor=-500)), LIST)
    changes = change(held, a_ledger(an_item(minor=-500, open_minor=-200)), LIST)
    assert how(changes) == [("netting", 300, LAST.toordinal())]


def test_an_item_no_longer_told_of_is_closed() -> None:
    held = held_after(a_ledger(an_item("F1"), an_item("F2")))
    changes = change(held, a_ledger(an_item("F2")))
    assert how(changes) == [("netting", 1_000, LAST.toordinal())]


def test_credit_notes_that_left_with_a_debt_settled_it_first() -> None:
    held = held_after(a_ledger(an_item("F1"), an_item("A1", -1_000)), LIST)
    changes = change(held, a_ledger(), LIST)
    assert sorted(part[:2] for part in how(changes)) == [
        ("credit_note", 1_000),
        ("netting", 1_000),
    ]


def test_a_debt_that_became_less_is_a_relief() -> None:
    held = held_after(a_ledger(an_item()))
    paid = Settled(SettledBy.RECEIPT, 400, MARCH)
    changes = change(held, a_ledger(an_item(open_minor=600, settled=(paid,))))
    assert [(relief.currency, relief.by) for relief in changes.reliefs] == [
        ("EUR", {"receipt": 400})
    ]


def test_a_debt_that_grew_is_no_relief() -> None:
    held = held_after(a_ledger(an_item()))
    changes = change(held, a_ledger(an_item(minor=1_500, open_minor=1_500)))
    assert (changes.items.count, changes.reliefs) == (1, [])


def test_a_list_tells_the_last_receipt_by_what_became_less() -> None:
    held = held_after(a_ledger(an_item()), LIST)
    changes = change(held, a_ledger(an_item(open_minor=600)), LIST)
    assert changes.balances.new[0][5:7] == (LAST.toordinal(), 400)


def test_a_proposed_kind_changes_unless_finance_confirmed_it() -> None:
    held = held_after(a_ledger(an_item()))
    held.clients["C1"] = held.clients["C1"]._replace(kind_confirmed=True)
    assert change(held, a_ledger(an_item(), kind=ClientKind.TILL)).clients.count == 0


def test_a_proposed_kind_follows_the_books() -> None:
    held = held_after(a_ledger(an_item()))
    changes = change(held, a_ledger(an_item(), kind=ClientKind.TILL))
    assert [after[4] for _, after in changes.clients.changed] == ["till"]


def test_a_client_renamed_in_the_books_takes_the_new_name_and_stays_itself() -> None:
    held = held_after(a_ledger(an_item()))
    changes = change(held, a_ledger(an_item(), name="Royal SAS"))
    assert [after[:4] for _, after in changes.clients.changed] == [
        (held.clients["C1"].id, "411000", "Royal SAS", "royal")
    ]


def test_a_name_that_was_given_outlives_the_books() -> None:
    held = held_after(a_ledger(an_item()))
    held.clients["C1"] = held.clients["C1"]._replace(name_given=True)
    assert change(held, a_ledger(an_item(), name="Royal SAS")).clients.count == 0


def test_books_that_name_nobody_leave_the_name() -> None:
    held = held_after(a_ledger(an_item()))
    assert change(held, a_ledger(an_item(), name="")).clients.count == 0


def test_one_document_number_in_two_currencies_is_two_items() -> None:
    euros = a_ledger(an_item())
    dollars = replace(euros.clients[0], currency="USD", items=(an_item(currency="USD"),))
    both = replace(euros, clients=(euros.clients[0], dollars))
    keys = [row[2] for row in reconcile(both, Snapshot(0), LIST, ids(1)).items.new]
    assert keys == ["F1", "F1|USD"]


def test_a_stated_due_date_survives_an_estimate() -> None:
    held = held_after(a_ledger(an_item(due_on=LAST, due_from=DueFrom.STATED)))
    assert change(held, a_ledger(an_item())).items.count == 0


def test_what_was_settled_since_the_year_began_is_open_at_its_start() -> None:
    held = held_after(a_ledger(an_item(), an_item("A1", -500)))
    held.settlements = {
        row.id: [SettlementRow(9, row.id, "receipt", 100, date(2027, 2, 1).toordinal())]
        for row in held.items[held.clients["C1"].id].values()
    }
    known = items_at_start(held, year_id=99_999, starts_on=date(2027, 1, 1))
    assert {item.number: item.open_minor for item in known} == {"F1": 1_100, "A1": -600}


def test_what_was_closed_before_the_year_began_is_not_open_at_its_start() -> None:
    held = held_after(a_ledger(an_item(open_minor=0)))
    assert items_at_start(held, year_id=99_999, starts_on=date(2027, 1, 1)) == []


def test_opening_lines_add_up_to_what_is_carried() -> None:
    held = held_after(a_ledger(an_item()))
    known = items_at_start(held, year_id=99_999, starts_on=date(2027, 1, 1))
    client = replace_account(held)
    lines = opening_lines(known, {client.id: -250}, held.clients, date(2027, 1, 1))
    assert [(line.account, line.minor) for line in lines] == [("411000", 1_000), ("411000", -250)]


def replace_account(held: Snapshot) -> ClientLine:
    """Forget the client's account, as lists of open items do; return the client."""
    held.clients["C1"] = held.clients["C1"]._replace(account="")
    return held.clients["C1"]
