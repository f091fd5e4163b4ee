"""`goodcop rates` and `late-payment`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.import_files import TODAY


@pytest.fixture
def books(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "client_code,client_name,number,issued_on,due_on,amount,open_amount,currency,type\n"
        "C1,Menuiserie Roy,FA-1,2026-09-24,2026-10-24,12480,12480,EUR,invoice\n",
        encoding="utf-8",
    )
    goodcop("import", path, "--today", TODAY)


def add(goodcop: Run, *more: str) -> None:
    """Enter the rates of the second half of 2026."""
    goodcop(
        "rates", "add", "2026-2", "--legal", "2.62", "--ecb", "2,15", "--source", "arrêté", *more
    )


def test_rates_are_shown_with_their_sources(goodcop: Run) -> None:
    shown = goodcop("rates", "show", "--json").document["rates"]
    assert {"half_year": "2026-1", "legal_percent": "2.62"}.items() <= shown[-1].items()
    assert "2026-1" in goodcop("rates", "show").out


def test_a_half_year_is_entered_once_it_is_published(goodcop: Run, books: None) -> None:
    before = goodcop("late-payment", "C1", "--today", TODAY)
    assert "no rate for 2026-2" in before.out
    add(goodcop)
    after = goodcop("late-payment", "C1", "--today", TODAY, "--json").document
    [found] = after["currencies"]
    assert (found["principal_minor"], found["interest_minor"], found["fee_minor"]) == (
        12_480_00,
        128_78,
        40_00,
    )
    assert found["items"][0]["limitation"] == {
        "from_issue": "2031-09-24",
        "from_due": "2031-10-24",
    }


def test_an_example_says_that_it_is_one(goodcop: Run, books: None) -> None:
    add(goodcop, "--example")
    assert "(example)" in goodcop("rates", "show").out
    assert "not to be sent" in goodcop("late-payment", "C1", "--today", TODAY).out


def test_a_client_nobody_knows_is_refused(goodcop: Run, books: None) -> None:
    assert goodcop("late-payment", "Zyxwvut", "--json").code == 1
