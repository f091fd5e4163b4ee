"""`goodcop solvency` and `insurers`, against a local open-data service on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.answers import InventedAnswers
from bot.demo.ledger import siren_for
from bot.demo.open_data import open_data_app
from tests.cli.conftest import Books, Run
from tests.import_files import TODAY
from tests.playground.conftest import listening
from tests.services.solvency.open_data_desk import REGISTER

SIREN = siren_for("C0412")
SOURCES = ("COMPANIES", "NOTICES", "RATIOS", "SIRENE", "VIES")


@pytest.fixture(autouse=True)
def open_data(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with listening(open_data_app(InventedAnswers(REGISTER))) as url:
        for name in SOURCES:
            monkeypatch.setenv(f"GOODCOP_{name}_URL", url)
        yield url


def test_a_siren_gets_a_verdict_with_its_factors(goodcop: Run, books: Books) -> None:
    for path in (books.fec, books.clients):
        goodcop("import", str(path))
    said = goodcop("solvency", SIREN, "--json")
    assert said.code == 0
    assert {"siren", "name", "state", "verdict", "rating", "confidence"} <= set(said.document)
    assert said.document["siren"] == SIREN
    assert {"name", "value", "points", "source", "as_of"} == set(said.document["factors"][0])


def test_an_order_is_answered_for_its_amount(goodcop: Run) -> None:
    said = goodcop("solvency", SIREN, "--order", "12000", "--json")
    assert said.document["order"]["order_minor"] == 12_000_00


def test_a_name_is_a_choice_and_exit_code_1(goodcop: Run) -> None:
    said = goodcop("solvency", "Peinture", "--json")
    assert said.code == 1
    assert {"name", "siren", "town", "code", "active"} == set(said.document["choices"][0])


def test_people_read_a_few_lines(goodcop: Run) -> None:
    assert f"({SIREN})" in goodcop("solvency", SIREN).out


def test_homonyms_are_listed_for_people(goodcop: Run) -> None:
    assert "Several companies" in goodcop("solvency", "Peinture").out


def test_an_insurers_file_is_imported(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "assureur.csv"
    path.write_text(f"siren,granted_amount\n{SIREN},5000\nx,1\n", encoding="utf-8")
    said = goodcop("insurers", str(path), "--json")
    assert (said.code, said.document["accepted"], said.document["rejected_count"]) == (1, 1, 1)


def test_people_read_what_was_taken(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "assureur.csv"
    path.write_text(f"siren,granted_amount\n{SIREN},5000\n", encoding="utf-8")
    assert "1 of 1 rows taken" in goodcop("insurers", str(path)).out


def test_a_watch_reads_what_was_published(goodcop: Run, kept: Run) -> None:
    said = goodcop("watch", "--json", "--today", TODAY)
    assert said.code == 0
    assert {"redressement", "liquidation"} <= {one["kind"] for one in said.document["events"]}


def test_what_the_watch_finds_is_in_alert_at_once(goodcop: Run, kept: Run) -> None:
    goodcop("activate", "--today", TODAY)
    goodcop("watch", "--today", TODAY)
    alerts = goodcop("scan", "--json", "--today", TODAY).document["alerts"]
    urgent = [one for one in alerts if "proceeding" in str(one["reasons"])]
    assert urgent
    assert {one["level"] for one in urgent} == {3}


def test_a_watch_says_when_the_source_fails(
    goodcop: Run, kept: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODCOP_NOTICES_URL", "http://127.0.0.1:9")
    said = goodcop("watch", "--today", TODAY)
    assert said.code == 1
    assert "the next run goes on from there" in said.out


@pytest.fixture
def in_liquidation(kept: Run) -> str:
    """A client whose liquidation the watch has read."""
    kept("watch", "--today", TODAY)
    return siren_for("CDOUT")


def test_a_claim_lists_what_to_declare(goodcop: Run, in_liquidation: str) -> None:
    said = goodcop("claim", in_liquidation, "--json", "--today", TODAY)
    assert said.code == 0
    (sheet,) = said.document["sheets"]
    assert sheet["principal_minor"] == sum(row["principal_minor"] for row in sheet["before"])


def test_a_claim_is_a_table_for_the_lawyer(goodcop: Run, in_liquidation: str) -> None:
    header, *rows = goodcop("claim", in_liquidation, "--csv", "--today", TODAY).out.splitlines()
    assert header.startswith("number,issued_on,due_on,side")
    assert rows


def test_people_read_until_when_to_declare(goodcop: Run, in_liquidation: str) -> None:
    assert "declare by" in goodcop("claim", in_liquidation, "--today", TODAY).out


def test_no_proceeding_no_claim(goodcop: Run, in_liquidation: str) -> None:
    assert goodcop("claim", SIREN, "--today", TODAY).code == 1
