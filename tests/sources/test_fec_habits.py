"""What accounting tools put in a FEC by habit changes no figure."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.ledger import ItemKind, ParsedLedger
from bot.sources import fec
from tests.sources.written_fec import HEADER, Entry, rows_of, write_fec

OPENING = Entry("AN", "20260101", "DUP", 30000, number="RAN", label="A nouveau")
SALE = Entry("VE", "20260115", "DUP", 120000, number="F1001", label="Facture F1001")
RECEIPT = Entry("BQ", "20260220", "DUP", -30000, label="VIR DUP")


def opened(ledger: ParsedLedger) -> list[tuple[str, int]]:
    return [(item.number, item.open_minor) for item in ledger.clients[0].items if item.open_minor]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_opening_entries_may_stand_anywhere(tmp_path: Path, place: int) -> None:
    entries = [SALE, RECEIPT]
    entries.insert(place, OPENING)
    assert opened(fec.read(write_fec(tmp_path, entries))) == [("F1001", 120000)]


def test_a_client_named_on_every_line_owes_its_own_lines_only(tmp_path: Path) -> None:
    rows = [[*row[:6], "42", "Dupont", *row[8:]] for row in rows_of([SALE, RECEIPT])]
    ledger = fec.read(write_fec(tmp_path, rows))
    assert [(client.code, client.net_minor) for client in ledger.clients] == [("42", 90000)]


def test_empty_references_and_labels_are_read(tmp_path: Path) -> None:
    rows = [[*row[:8], "", row[9], "", *row[11:]] for row in rows_of([SALE, RECEIPT])]
    ledger = fec.read(write_fec(tmp_path, rows))
    assert (opened(ledger), ledger.rejected) == ([("", 90000)], ())


@pytest.mark.parametrize("name", ["LettragePiece", "EcrtureLet", "Lettrage", "ECRITURELET"])
def test_names_of_the_matching_column(tmp_path: Path, name: str) -> None:
    header = [{"EcritureLet": name}.get(field, field) for field in HEADER]
    entries = [
        Entry("VE", "20260115", "DUP", 500, matching="A"),
        Entry("VE", "20260116", "DUP", 700),
        Entry("BQ", "20260220", "DUP", -500, matching="A"),
    ]
    ledger = fec.read(write_fec(tmp_path, entries, header=header))
    assert [minor for _, minor in opened(ledger)] == [700]


@pytest.mark.parametrize("separator", ["|", ";"])
def test_the_separator_inside_a_label_is_put_back(tmp_path: Path, separator: str) -> None:
    label = f"Facture{separator}suite"
    entry = Entry("VE", "20260115", "DUP", 1000, label=label)
    ledger = fec.read(write_fec(tmp_path, [entry], separator=separator))
    assert ledger.clients[0].items[0].label == label


def test_dates_of_years_before_are_kept(tmp_path: Path) -> None:
    old = Entry("VE", "20240312", "DUP", 5000, number="F0007")
    ledger = fec.read(write_fec(tmp_path, [old, SALE]))
    assert (ledger.first_entry_on, ledger.clients[0].net_minor) == (date(2024, 3, 12), 125000)


def test_credit_notes_are_told_from_receipts(tmp_path: Path) -> None:
    note = Entry("VE", "20260301", "DUP", -2000, number="AV 12", label="AV 12", against="706000")
    items = fec.read(write_fec(tmp_path, [SALE, note])).clients[0].items
    assert ItemKind.CREDIT_NOTE in {item.kind for item in items}


@pytest.mark.parametrize(
    "name", ["732829320FEC20261231.TXT", "732829320FEC20261231-1.txt", "732829320fec20251231.txt"]
)
def test_names_of_files_vary(tmp_path: Path, name: str) -> None:
    assert fec.read(write_fec(tmp_path, [SALE], name=name)).siren == "732829320"


@pytest.mark.parametrize("encoding", ["cp500", "cp1140"])
@pytest.mark.parametrize("end", ["\n", "\x85", "\r\n"])
def test_a_mainframe_file_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    path = write_fec(tmp_path, [SALE, RECEIPT], encoding=encoding, end=end, separator="|")
    ledger = fec.read(path)
    assert (ledger.rows, ledger.clients[0].net_minor) == (4, 90000)
