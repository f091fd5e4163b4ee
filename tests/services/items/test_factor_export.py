"""The file of invoices a factor may buy."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.items.factor_export import FactorExportService
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Company, a_company


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


def test_sound_invoices_are_written_and_the_others_counted(
    database: Database, company: Company, tmp_path: Path
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    books.change("client", company.client_id, siren="552032534")
    books.change("open_item", company.item_id, due_on=TUESDAY + timedelta(days=10))
    books.item(company.client_id, "F2", 500_00, due_on=TUESDAY - timedelta(days=3))
    export = FactorExportService(database)
    path = tmp_path / "factor.csv"
    assert export.write(company.workspace_id, path, today=TUESDAY) == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["number"] for row in csv.DictReader(file)] == ["F1"]
    assert export.left_out(company.workspace_id, today=TUESDAY) == {"overdue": 1}


@pytest.mark.parametrize("named", [True, False])
def test_what_is_disputed_is_left_out(database: Database, company: Company, named: bool) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    books.change("client", company.client_id, siren="552032534")
    books.change("open_item", company.item_id, due_on=TUESDAY + timedelta(days=10))
    books.add(
        "dispute",
        key="d",
        client_id=company.client_id,
        open_item_ids=[company.item_id] if named else [],
        currency="EUR",
        due_on=TUESDAY,
        opened_at=AT_TEN,
    )
    export = FactorExportService(database)
    assert export.left_out(company.workspace_id, today=TUESDAY) == {"disputed": 1}
    assert len(export.text(company.workspace_id, today=TUESDAY).splitlines()) == 1
