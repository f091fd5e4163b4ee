"""`goodcop prospects` and `export risk`, against a local open-data service on loopback."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.answers import InventedAnswers
from bot.demo.ledger import siren_for
from bot.demo.open_data import open_data_app
from tests.cli.conftest import Run
from tests.import_files import TODAY
from tests.playground.conftest import listening
from tests.services.solvency.open_data_desk import REGISTER

SIREN = siren_for("C0412")
SOURCES = ("COMPANIES", "NOTICES", "RATIOS", "SIRENE", "VIES")


@pytest.fixture(autouse=True)
def open_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with listening(open_data_app(InventedAnswers(REGISTER))) as url:
        for name in SOURCES:
            monkeypatch.setenv(f"GOODCOP_{name}_URL", url)
        yield


@pytest.fixture
def prospects(tmp_path: Path) -> Path:
    path = tmp_path / "prospects.csv"
    path.write_text(
        f"siren,name,owner,priority\n{SIREN},,,haute\n,Peinture,,\nx,Faux,,\n", encoding="utf-8"
    )
    return path


def test_a_list_is_rated_and_names_are_left_to_choose(goodcop: Run, prospects: Path) -> None:
    said = goodcop("prospects", prospects, "--json", "--today", TODAY)
    assert said.code == 1
    assert [one["siren"] for one in said.document["prospects"]] == [SIREN]
    assert said.document["choices"][0]["candidates"]
    assert [one["column"] for one in said.document["rejected"]] == ["siren"]


def test_people_read_the_list_and_what_to_mend(goodcop: Run, prospects: Path) -> None:
    said = goodcop("prospects", prospects, "--today", TODAY)
    assert f"{SIREN}  " in said.out
    assert "line 3, Peinture: which one?" in said.out
    assert "line 4, siren: not a SIREN" in said.out


def test_a_whole_list_ends_well(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "prospects.csv"
    path.write_text(f"siren\n{SIREN}\n", encoding="utf-8")
    assert goodcop("prospects", path, "--today", TODAY).code == 0


def test_a_register_that_does_not_answer_is_said(
    goodcop: Run, prospects: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODCOP_COMPANIES_URL", "http://127.0.0.1:9")
    said = goodcop("prospects", prospects, "--today", TODAY)
    assert "the register does not answer" in said.out


def test_a_name_nobody_has_is_said(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "prospects.csv"
    path.write_text("nom,ville\nZyxwvut Qponm,Lyon\n", encoding="utf-8")
    assert "no company found" in goodcop("prospects", path, "--today", TODAY).out


def test_the_risk_file_opens_in_a_crm(goodcop: Run, prospects: Path, tmp_path: Path) -> None:
    goodcop("prospects", prospects, "--today", TODAY)
    path = tmp_path / "risk.csv"
    said = goodcop("export", "risk", "--output", path, "--json", "--today", TODAY)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert said.document["rows"] == 1
    assert (rows[0]["siren"], rows[0]["as_of"]) == (SIREN, TODAY.isoformat())
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_without_a_file_it_goes_to_the_pipe(goodcop: Run) -> None:
    said = goodcop("export", "risk", "--separator", ";")
    assert said.out.split() == ["siren;client_code;rating;verdict;limit;currency;flags;as_of"]


def test_a_file_that_cannot_be_written_is_refused(goodcop: Run, tmp_path: Path) -> None:
    said = goodcop("export", "risk", "--output", tmp_path / "none" / "risk.csv", "--json")
    assert (said.code, said.document["error"]["code"]) == (1, "not_written")


def test_the_factor_s_file_says_what_is_not_in_it(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "client_code,client_name,number,issued_on,due_on,amount,open_amount,currency,type\n"
        "C1,Menuiserie Roy,FA-1,2026-11-01,2026-12-01,100,100,EUR,invoice\n",
        encoding="utf-8",
    )
    goodcop("import", path, "--today", TODAY)
    output = tmp_path / "factor.csv"
    said = goodcop("export", "factor", "--output", output, "--json", "--today", TODAY)
    assert said.document["left_out"] == {"no_siren": 1}
    assert "1, no_siren" in goodcop("export", "factor", "--output", output, "--today", TODAY).out


def test_the_receivables_are_a_list_of_all_that_is_open(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "client_code,client_name,number,issued_on,due_on,amount,open_amount,currency,type\n"
        "C1,Menuiserie Roy,FA-1,2026-11-01,2026-12-01,100,100,EUR,invoice\n",
        encoding="utf-8",
    )
    goodcop("import", path, "--today", TODAY)
    said = goodcop("export", "receivables", "--today", TODAY)
    assert said.out.splitlines()[1].startswith("C1,Menuiserie Roy,,,FA-1,2026-11-01,2026-12-01,0,")


def test_the_journal_tells_every_action(goodcop: Run, tmp_path: Path) -> None:
    goodcop("settings", "set", "locale=fr")
    path = tmp_path / "journal.csv"
    assert goodcop("export", "journal", "--output", path, "--json").document["rows"] == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["action"], row["details"]) == ("settings", '{"keys": ["locale"]}')


def test_the_journal_ends_with_the_day_asked_for(goodcop: Run) -> None:
    goodcop("settings", "set", "locale=fr")
    said = goodcop("export", "journal", "--today", "2020-01-01")
    assert len(said.out.splitlines()) == 1
