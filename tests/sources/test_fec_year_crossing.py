"""The next year's opening entries stand for the items that are already known."""

from datetime import date
from pathlib import Path

from bot.domain.ledger import DueFrom, ItemKind, KnownItem, ParsedClient
from bot.sources import fec
from tests.sources.written_fec import Entry, write_fec


def known(number: str, minor: int, day: int, kind: ItemKind = ItemKind.INVOICE) -> KnownItem:
    issued_on = date(2025, 11, day)
    return KnownItem(
        "DUP", f"key-{number}", number, kind, issued_on, None, DueFrom.TERMS, minor, minor
    )


def opening(minor: int, number: str = "RAN", **more: str) -> Entry:
    return Entry("AN", "20260101", "DUP", minor, number=number, label="A nouveau", **more)


def crossing(folder: Path, entries: list[Entry], *items: KnownItem) -> ParsedClient:
    (client,) = fec.read(write_fec(folder, entries), known=items).clients
    assert sum(item.open_minor for item in client.items) == client.net_minor
    return client


def opened(client: ParsedClient) -> dict[str, int]:
    return {item.key: item.open_minor for item in client.items if item.open_minor}


def test_one_amount_that_equals_the_known_sum(tmp_path: Path) -> None:
    client = crossing(tmp_path, [opening(300)], known("F1001", 100, 1), known("F1002", 200, 2))
    assert opened(client) == {"key-F1001": 100, "key-F1002": 200}


def test_detailed_lines_are_found_by_number_among_equal_amounts(tmp_path: Path) -> None:
    client = crossing(
        tmp_path,
        [opening(100, "F1002"), opening(100, "F1001")],
        known("F1001", 100, 1),
        known("F1002", 100, 2),
    )
    assert [item.number for item in client.items] == ["F1002", "F1001"]
    assert set(opened(client)) == {"key-F1001", "key-F1002"}


def test_one_known_item_explains_what_is_missing(tmp_path: Path) -> None:
    items = (known("F1001", 100, 1), known("F1002", 250, 2), known("F1003", 400, 3))
    assert opened(crossing(tmp_path, [opening(500)], *items)) == {
        "key-F1001": 100,
        "key-F1003": 400,
    }


def test_otherwise_the_oldest_were_settled_first(tmp_path: Path) -> None:
    items = (known("F1001", 100, 1), known("F1002", 250, 2), known("F1003", 400, 3))
    assert opened(crossing(tmp_path, [opening(430)], *items)) == {
        "key-F1002": 30,
        "key-F1003": 400,
    }


def test_what_is_not_known_stays_an_opening_amount(tmp_path: Path) -> None:
    client = crossing(tmp_path, [opening(500)], known("F1001", 100, 1))
    assert [(item.kind, item.open_minor) for item in client.items] == [
        (ItemKind.INVOICE, 100),
        (ItemKind.OPENING, 400),
    ]


def test_a_credit_carried_forward_keeps_its_kind(tmp_path: Path) -> None:
    note = known("AV1", -80, 1, ItemKind.CREDIT_NOTE)
    client = crossing(tmp_path, [opening(-80)], note)
    assert [(item.key, item.kind) for item in client.items] == [("key-AV1", ItemKind.CREDIT_NOTE)]


def test_a_net_opening_amount_carries_invoices_and_credit_notes(tmp_path: Path) -> None:
    note = known("AV1", -80, 2, ItemKind.CREDIT_NOTE)
    sale = Entry("VE", "20260110", "DUP", 10, number="F2", matching="Z")
    paid = Entry("BQ", "20260111", "DUP", -10, matching="Z")
    client = crossing(tmp_path, [opening(220), sale, paid], known("F1001", 300, 1), note)
    assert opened(client) == {"key-F1001": 300, "key-AV1": -80}


def test_a_receipt_of_the_new_year_settles_a_known_item(tmp_path: Path) -> None:
    entries = [opening(300), Entry("BQ", "20260115", "DUP", -200, label="VIR F1002")]
    client = crossing(tmp_path, entries, known("F1001", 100, 1), known("F1002", 200, 2))
    assert opened(client) == {"key-F1001": 100}
    settled = next(item for item in client.items if item.key == "key-F1002").settled
    assert [(part.minor, part.on) for part in settled] == [(200, date(2026, 1, 15))]


def test_a_known_item_without_opening_entry_is_not_returned(tmp_path: Path) -> None:
    client = crossing(
        tmp_path, [Entry("VE", "20260115", "DUP", 50, number="F2")], known("F1001", 100, 1)
    )
    assert "key-F1001" not in {item.key for item in client.items}


def test_a_partly_settled_item_keeps_its_first_amount(tmp_path: Path) -> None:
    item = KnownItem(
        "DUP", "k", "F1", ItemKind.INVOICE, date(2025, 11, 1), None, DueFrom.TERMS, 900, 400
    )
    (found,) = crossing(tmp_path, [opening(400)], item).items
    assert (found.minor, found.open_minor) == (900, 400)
