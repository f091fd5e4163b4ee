"""A client file may say what a client's sales leave."""

from pathlib import Path

import pytest

from storage.unit_of_work import Database
from tests.import_files import Desk, open_desk


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return open_desk(database, tmp_path)


@pytest.mark.parametrize(("said", "kept"), [("22,5 %", 22), ("0,22", 22), ("0", 0), ("", None)])
def test_a_client_file_says_the_margin(desk: Desk, said: str, kept: int | None) -> None:
    desk.bring(desk.table("clients.csv", "code;nom;taux de marge", f"C1;Roy;{said}"))
    assert desk.rows("SELECT margin_percent FROM client WHERE code = 'C1'") == [(kept,)]


def test_a_file_without_the_margin_leaves_it_as_it_was(desk: Desk) -> None:
    desk.bring(desk.table("clients.csv", "code;nom;margin", "C1;Roy;30"))
    desk.bring(desk.table("clients.csv", "code;nom;margin", "C1;Roy;"))
    assert desk.rows("SELECT margin_percent FROM client WHERE code = 'C1'") == [(30,)]


def test_a_margin_that_is_none_rejects_its_row_alone(desk: Desk) -> None:
    rows = ("C1;Roy;bonne", "C2;Lemoine;130")
    report = desk.bring(desk.table("clients.csv", "code;nom;marge", *rows))
    assert [row.column for row in report.rejected] == ["marge", "marge"]
