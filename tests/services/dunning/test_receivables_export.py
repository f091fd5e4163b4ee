"""Every receivable with its owner and what happens next, as a file."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.dunning.receivables_export import ReceivablesExportService
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY, Company


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


def rows(company: Company) -> list[dict[str, str]]:
    export = ReceivablesExportService(company.database, company.clock)
    return list(csv.DictReader(export.text(company.workspace_id, today=TUESDAY).splitlines()))


def test_each_overdue_invoice_has_an_owner_a_next_step_and_a_date(company: Company) -> None:
    company.debtor(40, 2)
    [old, young] = rows(company)
    assert (old["owner"], old["days_late"], old["bucket"]) == ("Anne", "40", "31-60")
    assert (young["owner"], young["days_late"], young["bucket"]) == ("Anne", "2", "1-30")
    assert all(row["next_step"] and row["next_by"] and row["next_on"] for row in (old, young))


def test_an_invoice_that_is_held_says_by_what_and_until_when(company: Company) -> None:
    until = TUESDAY + timedelta(days=9)
    client = company.debtor(40)
    company.books.add(
        "hold", client_id=client, kind="manual", key="h", until_on=until,
        made_at=company.clock(),
    )  # fmt: skip
    [row] = rows(company)
    found = (row["follow_up"], row["because"], row["next_on"], row["next_step"])
    assert found == ("held", "manual", until.isoformat(), "")


def test_a_client_nobody_follows_says_so(company: Company) -> None:
    company.debtor(40, owner_id=None)
    assert [row["owner"] for row in rows(company)] == [""]


def test_the_file_is_written_whole(company: Company, tmp_path: Path) -> None:
    company.debtor(40, 2)
    path = tmp_path / "receivables.csv"
    export = ReceivablesExportService(company.database, company.clock)
    assert export.write(company.workspace_id, path, today=TUESDAY, separator=";") == 2
    assert path.read_text("utf-8-sig").splitlines()[1].count(";1000,00;EUR;") == 1
