"""A file that holds entries twice is asked about before it doubles anybody's debt."""

from pathlib import Path

import pytest

from bot.domain.errors import Conflict
from storage.unit_of_work import Database
from tests.import_files import SIREN, Desk, open_desk, sale
from tests.sources.written_fec import rows_of, write_fec

NAME = f"{SIREN}FEC20261231.txt"


@pytest.fixture
def desk(sqlite_database: Database, tmp_path: Path) -> Desk:
    """A new workspace."""
    return open_desk(sqlite_database, tmp_path)


def doubled(desk: Desk) -> Path:
    sales = [sale("C1", f"FA-{number}", "20260110", 60_000) for number in (1, 2)]
    rows = rows_of(sales)
    return write_fec(desk.folder, rows * 2, name=NAME)


def test_a_file_that_holds_entries_twice_is_refused_with_a_question(desk: Desk) -> None:
    with pytest.raises(Conflict) as refused:
        desk.bring(doubled(desk))
    assert (refused.value.code, desk.open_items()) == ("repeated", {})


def test_force_takes_the_file_as_it_is(desk: Desk) -> None:
    report = desk.bring(doubled(desk), force=True)
    assert [total.net_minor for total in report.totals] == [240_000]


def test_a_file_taken_once_is_not_asked_about_again(desk: Desk) -> None:
    desk.bring(doubled(desk), force=True)
    assert desk.bring(doubled(desk)).changed == 0
