"""Whole files that cannot be trusted are refused, single rows are reported."""

from pathlib import Path

import pytest

from bot.domain.errors import PermanentSourceError
from bot.sources import fec
from tests.sources.written_fec import HEADER, Entry, rows_of, write_fec

SALE = Entry("VE", "20260115", "DUP", 120000, number="F1001")


def refusal(path: Path) -> str:
    with pytest.raises(PermanentSourceError) as caught:
        fec.read(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"\x00\x01\x02\xff" * 50, "binary"),
        (b"%PDF-1.7 \xe2\xe3", "binary"),
        (b"name;amount\na;1\n", "not_a_fec"),
        (b"<?xml version='1.0'?><comptabilite/>", "not_a_fec"),
        (("\t".join(HEADER) + "\n").encode(), "empty_file"),
        (("\t".join(HEADER).replace("CompteNum", "Xyz") + "\n").encode(), "bad_header"),
    ],
)
def test_files_refused_whole(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    assert refusal(path) == code


def test_unbalanced_file(tmp_path: Path) -> None:
    rows = rows_of([SALE])
    rows[0][11] = "1200,01"
    assert refusal(write_fec(tmp_path, rows)) == "unbalanced"


@pytest.mark.parametrize("kept", [0.55, 0.8])
def test_file_cut_in_its_last_line(tmp_path: Path, kept: float) -> None:
    path = write_fec(tmp_path, [SALE, SALE])
    lines = path.read_bytes().rstrip(b"\n").split(b"\n")
    lines[-1] = lines[-1][: int(len(lines[-1]) * kept)]
    path.write_bytes(b"\n".join(lines))
    assert refusal(path) == "truncated"


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PermanentSourceError, match="no encoding"):
        fec.read(write_fec(tmp_path, [SALE]), encoding="latin-99")


def test_unbalanced_entries_of_a_balanced_file_are_warnings(tmp_path: Path) -> None:
    rows = rows_of([SALE, SALE])
    rows[0][11], rows[2][11] = "1200,01", "1199,99"
    assert fec.read(write_fec(tmp_path, rows)).warnings[0].startswith("2 entries do not balance")


@pytest.mark.parametrize(
    ("cell", "text", "column", "reason"),
    [
        (11, "12x,00", "Debit", "not an amount"),
        (11, "1.234", "Debit", "ambiguous amount"),
        (3, "20261340", "EcritureDate", "not a date"),
        (9, "31/02/2026", "PieceDate", "not a date"),
    ],
)
def test_a_bad_cell_rejects_its_row(
    tmp_path: Path, cell: int, text: str, column: str, reason: str
) -> None:
    rows = rows_of([SALE, SALE])
    rows[2][cell] = text
    ledger = fec.read(write_fec(tmp_path, rows))
    found = [(row.line, row.column, row.reason, row.text) for row in ledger.rejected]
    assert found == [(4, column, reason, text)]
    assert (ledger.rows, ledger.accepted) == (4, 3)


def test_a_huge_amount_rejects_its_client_line(tmp_path: Path) -> None:
    rows = rows_of([SALE, SALE])
    rows[2][11] = rows[3][12] = "99999999999999999999,00"
    ledger = fec.read(write_fec(tmp_path, rows))
    found = [(row.line, row.column, row.reason) for row in ledger.rejected]
    assert found == [(4, "Debit", "not an amount")]


def test_accounts_to_be_invoiced_are_left_out_and_said(tmp_path: Path) -> None:
    entries = [SALE, Entry("OD", "20261231", "DUP", 5000, account="418100", against="706000")]
    ledger = fec.read(write_fec(tmp_path, entries))
    assert ledger.clients[0].net_minor == 120000
    assert any("418" in warning for warning in ledger.warnings)


def test_a_quoted_cell_larger_than_any_label_is_refused(tmp_path: Path) -> None:
    header = [f'"{name}"' for name in HEADER]
    rows = [[f'"{cell}"' for cell in row] for row in rows_of([SALE])]
    rows[0][10] = '"' + "x" * 200_000 + '"'
    assert refusal(write_fec(tmp_path, rows, header=header)) == "bad_csv"
