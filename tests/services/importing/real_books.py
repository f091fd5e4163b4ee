"""A small company's lines, and the real books where they are at hand."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

from tests.import_files import sale

FEC_FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "fec"
REAL_FECS = sorted(FEC_FOLDER.glob("*.txt"))
SIDES = ("Debit", "Credit")
BOOKS = [
    sale("C1", "FA-1001", "20260110", 120_000),
    sale("C1", "FA-1002", "20260210", 50_000),
    sale("C2", "FA-1003", "20261105", 70_050),
]


def owed_by(path: Path) -> dict[str, int]:
    """Return what each client owes by a tab-separated FEC, added up as an accountant would."""
    owed: Counter[str] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["CompteNum"].startswith("411"):
                debit, credit = (Decimal(row[side].replace(",", ".")) for side in SIDES)
                owed[row["CompAuxNum"]] += int((debit - credit) * 100)
    return dict(owed)
