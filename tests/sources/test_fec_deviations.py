"""Each way in which real files leave the letter of the law is read all the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.ledger import ParsedLedger
from bot.sources import fec
from tests.sources.written_fec import HEADER, Entry, rows_of, write_fec

SALE = Entry("VE", "20260115", "DUP", 120000, number="F1001", label="Facture F1001")
RECEIPT = Entry("BQ", "20260220", "DUP", -50000, label="VIR DUP F1001")
ENTRIES = [SALE, RECEIPT]


def net(ledger: ParsedLedger) -> int:
    return sum(client.net_minor for client in ledger.clients)


@pytest.mark.parametrize("separator", ["\t", "|", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_endings(tmp_path: Path, separator: str, end: str) -> None:
    ledger = fec.read(write_fec(tmp_path, ENTRIES, separator=separator, end=end))
    assert (net(ledger), ledger.rows, ledger.rejected) == (70000, 4, ())


def test_commas_separate_when_the_amounts_are_quoted(tmp_path: Path) -> None:
    rows = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows_of(ENTRIES)]
    assert net(fec.read(write_fec(tmp_path, rows, separator=","))) == 70000


def test_every_cell_quoted(tmp_path: Path) -> None:
    rows = [[f'"{cell}"' for cell in row] for row in rows_of(ENTRIES)]
    header = [f'"{name}"' for name in HEADER]
    ledger = fec.read(write_fec(tmp_path, rows, header=header, separator=";"))
    assert (net(ledger), ledger.rows) == (70000, 4)


def test_mixed_line_endings(tmp_path: Path) -> None:
    path = write_fec(tmp_path, ENTRIES)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(lines[0] + b"\r\n" + lines[1] + b"\r" + b"\n".join(lines[2:]))
    assert net(fec.read(path)) == 70000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso8859-15", "cp850"])
def test_encodings_keep_accents(tmp_path: Path, encoding: str) -> None:
    entries = [Entry("VE", "20260115", "HEL", 1000, name="Hélène Forêt à Besançon")]
    ledger = fec.read(write_fec(tmp_path, entries, encoding=encoding))
    assert ledger.clients[0].name == "Hélène Forêt à Besançon"


def test_an_encoding_stated_by_the_user_wins(tmp_path: Path) -> None:
    entries = [Entry("VE", "20260115", "HEL", 1000, name="Hélène")]
    path = write_fec(tmp_path, entries, encoding="mac_roman")
    assert fec.read(path, encoding="mac_roman").clients[0].name == "Hélène"


def test_padded_cells(tmp_path: Path) -> None:
    rows = [[cell.ljust(20) for cell in row] for row in rows_of(ENTRIES)]
    ledger = fec.read(write_fec(tmp_path, rows))
    assert (net(ledger), ledger.clients[0].code) == (70000, "DUP")


@pytest.mark.parametrize("header", [HEADER, [*HEADER, ""]])
def test_an_extra_separator_ends_each_line(tmp_path: Path, header: list[str]) -> None:
    after = "\t" if len(header) == 18 else ""
    rows = [row if after else [*row, ""] for row in rows_of(ENTRIES)]
    ledger = fec.read(write_fec(tmp_path, rows, header=header, after=after))
    assert (net(ledger), ledger.rejected) == (70000, ())


def test_header_synonyms_case_and_typos(tmp_path: Path) -> None:
    changed = {
        "EcritureLet": "EcrtureLet",
        "JournalLib": "JOURNALLIBELLE",
        "Idevise": "IdDevise",
        "Debit": "Débit",
        "CompteNum": "compte num",
    }
    header = [changed.get(name, name) for name in HEADER]
    entries = [Entry("VE", "20260115", "DUP", 1000, matching="A", foreign="9,50", currency="USD")]
    ledger = fec.read(write_fec(tmp_path, entries, header=header))
    assert (net(ledger), ledger.clients[0].items[0].foreign) == (1000, "9,50 USD")


def test_columns_in_another_order(tmp_path: Path) -> None:
    rows = [row[::-1] for row in rows_of(ENTRIES)]
    assert net(fec.read(write_fec(tmp_path, rows, header=HEADER[::-1]))) == 70000


@pytest.mark.parametrize(
    "more", [["DateRglt", "ModeRglt", "NatOp"], ["DateRglt", "ModeRglt", "NatOp", "IdClient"]]
)
def test_cash_basis_columns(tmp_path: Path, more: list[str]) -> None:
    rows = [row + [""] * len(more) for row in rows_of(ENTRIES)]
    assert net(fec.read(write_fec(tmp_path, rows, header=HEADER + more))) == 70000


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("+1", "-1"), ("1", "-1")])
def test_amount_and_side(tmp_path: Path, debit: str, credit: str) -> None:
    header = [{"Debit": "Montant", "Credit": "Sens"}.get(name, name) for name in HEADER]
    rows = []
    for row in rows_of(ENTRIES):
        owed = row[11] != "0,00"
        rows.append([*row[:11], row[11] if owed else row[12], debit if owed else credit, *row[13:]])
    assert net(fec.read(write_fec(tmp_path, rows, header=header))) == 70000


@pytest.mark.parametrize(
    "written",
    ["1200.00", "1 200,00", "1\u00a0200,00", "1\u202f200,00", "1200", "1.200,00", "+1200,0"],
)
def test_ways_to_write_an_amount(tmp_path: Path, written: str) -> None:
    rows = [[written if cell == "1200,00" else cell for cell in row] for row in rows_of([SALE])]
    assert net(fec.read(write_fec(tmp_path, rows))) == 120000


def test_dates_day_first(tmp_path: Path) -> None:
    entry = Entry("VE", "15/01/2026", "DUP", 1000)
    item = fec.read(write_fec(tmp_path, [entry])).clients[0].items[0]
    assert item.issued_on.isoformat() == "2026-01-15"


@pytest.mark.parametrize("label", ["Facture\tsuite", "a\tb\tc"])
def test_a_separator_inside_a_label_is_put_back(tmp_path: Path, label: str) -> None:
    entry = Entry("VE", "20260115", "DUP", 1000, label=label)
    ledger = fec.read(write_fec(tmp_path, [entry]))
    assert (ledger.clients[0].items[0].label, ledger.rejected) == (label, ())


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("Facture\nsuite", "Facture suite"),
        ("Facture\r\nsuite", "Facture suite"),
        ("a\n\nb\nc", "a b c"),
        ("Facture\n", "Facture"),
    ],
)
def test_a_line_break_inside_a_label_is_mended(tmp_path: Path, label: str, read: str) -> None:
    broken = Entry("VE", "20260115", "DUP", 1000, label=label)
    ledger = fec.read(write_fec(tmp_path, [broken, SALE]))
    assert (ledger.clients[0].items[0].label, ledger.rejected, ledger.rows) == (read, (), 4)


def test_a_line_break_inside_a_name_is_mended(tmp_path: Path) -> None:
    entries = [Entry("VE", "20260115", "DUP", 1000, name="Dupont\net fils")]
    assert fec.read(write_fec(tmp_path, entries)).clients[0].name == "Dupont et fils"


def test_a_label_broken_between_two_batches_is_mended(tmp_path: Path) -> None:
    rows = rows_of([replace(SALE, number=f"F{number}") for number in range(120)])
    rows[199][10] = "a\nb"
    ledger = fec.read(write_fec(tmp_path, rows))
    assert (ledger.rejected, ledger.rows) == ((), 240)


def test_halves_that_make_no_whole_row_are_rejected_both(tmp_path: Path) -> None:
    rows = rows_of([SALE, RECEIPT])
    rows[2][10] = "VIR\tDUP\nF1001"
    rows[2][11] = "x"
    assert [row.line for row in fec.read(write_fec(tmp_path, rows)).rejected] == [4, 5]


def test_a_row_that_cannot_be_repaired_is_rejected_with_its_line(tmp_path: Path) -> None:
    rows = rows_of(ENTRIES)
    rows[2] = rows[2][:7]
    ledger = fec.read(write_fec(tmp_path, rows))
    assert [(row.line, row.reason) for row in ledger.rejected] == [(4, "7 columns instead of 18")]


def test_one_account_per_client_without_auxiliary_code(tmp_path: Path) -> None:
    entries = [
        Entry("VE", "20260115", "", 1000, account="411DUPONT"),
        Entry("VE", "20260115", "", 2000, account="411000", name="Atelier Martin"),
    ]
    codes = [client.code for client in fec.read(write_fec(tmp_path, entries)).clients]
    assert codes == ["Atelier Martin", "DUPONT"]


def test_entries_all_numbered_zero_and_never_validated(tmp_path: Path) -> None:
    rows = [[*row[:2], "0", *row[3:15], "", *row[16:]] for row in rows_of(ENTRIES)]
    ledger = fec.read(write_fec(tmp_path, rows))
    assert (net(ledger), ledger.warnings[:-1]) == (70000, ())


def test_stray_quotes_do_not_swallow_lines(tmp_path: Path) -> None:
    entries = [Entry("VE", "20260115", "DUP", 1000, label='"Lot 4'), RECEIPT]
    assert fec.read(write_fec(tmp_path, entries)).rows == 4


def test_hostile_text_and_huge_names_pass_unchanged(tmp_path: Path) -> None:
    name = "<!channel> *x* \u202eabc " + "é" * 10_000
    entries = [Entry("VE", "20260115", "DUP", 1000, name=name)]
    assert fec.read(write_fec(tmp_path, entries)).clients[0].name == name
