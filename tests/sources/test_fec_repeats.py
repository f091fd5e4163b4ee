"""Entries that a file holds twice are found, and only those."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.sources import fec
from tests.sources.written_fec import HEADER, Entry, rows_of, write_fec

SALE = Entry("VE", "20260115", "DUP", 120000, number="F1001", label="Facture F1001")
RECEIPT = Entry("BQ", "20260220", "DUP", -50000, label="VIR DUP F1001")
OTHER = Entry("VE", "20260302", "ROY", 70000, number="F1002", label="Facture F1002")
ROWS = rows_of([SALE, RECEIPT, OTHER])


def repeated(path: Path) -> tuple[int, str] | None:
    found = fec.load(path).repeated
    return (found.count, found.first) if found else None


def test_a_file_exported_twice_is_found(tmp_path: Path) -> None:
    assert repeated(write_fec(tmp_path, ROWS * 2)) == (3, "VE 1")


def test_a_second_export_with_its_own_header_is_found(tmp_path: Path) -> None:
    assert repeated(write_fec(tmp_path, [*ROWS, HEADER, *ROWS])) == (3, "VE 1")


def test_periods_that_overlap_are_found(tmp_path: Path) -> None:
    assert repeated(write_fec(tmp_path, [*ROWS, *ROWS[2:4]])) == (1, "BQ 2")


def test_a_repetition_is_a_warning_of_the_ledger(tmp_path: Path) -> None:
    warnings = fec.read(write_fec(tmp_path, [*ROWS, *ROWS[2:4]])).warnings
    assert "1 entries are in this file twice, the first is BQ 2." in warnings


def test_quoted_files_are_looked_at_too(tmp_path: Path) -> None:
    rows = [[f'"{cell}"' for cell in row] for row in ROWS * 2]
    path = write_fec(tmp_path, rows, header=[f'"{name}"' for name in HEADER], separator=";")
    assert repeated(path) == (3, "VE 1")


def test_equal_instalments_of_one_entry_are_none(tmp_path: Path) -> None:
    half, against = rows_of([SALE])
    against[12] = "2400,00"
    assert repeated(write_fec(tmp_path, [half, half, against])) is None


def test_equal_lines_of_two_entries_are_none(tmp_path: Path) -> None:
    assert repeated(write_fec(tmp_path, rows_of([RECEIPT, OTHER, RECEIPT]))) is None


@pytest.mark.parametrize("number", ["", "0", "000"])
def test_entries_without_a_number_are_none(tmp_path: Path, number: str) -> None:
    rows = [[*row[:2], number, *row[3:]] for row in ROWS]
    assert repeated(write_fec(tmp_path, rows * 2)) is None


def test_a_file_without_alike_lines_has_none(tmp_path: Path) -> None:
    assert repeated(write_fec(tmp_path, rows_of([SALE, replace(SALE, number="F1003")]))) is None
