"""`goodcop import`, `people`, `clients`: one JSON object, an exit code that says it all."""

from pathlib import Path

from tests.cli.conftest import Books, Run
from tests.import_files import SIREN, TODAY, sale
from tests.sources.written_e_invoices import cii, legal
from tests.sources.written_fec import write_fec


def test_an_import_prints_one_object_with_what_it_took(goodcop: Run, books: Books) -> None:
    said = goodcop("import", books.fec, "--today", TODAY, "--json")
    assert said.code == 0
    assert said.document["accepted"] == said.document["rows"]
    assert said.document["open_items"] > 0


def test_an_import_tells_a_person_what_it_took(goodcop: Run, books: Books) -> None:
    said = goodcop("import", books.fec, "--today", TODAY)
    assert said.out.startswith(f"{books.fec.name}: ")
    assert "EUR: net " in said.out


def test_several_files_are_listed_in_order(goodcop: Run, books: Books) -> None:
    said = goodcop("import", books.fec, books.people, "--today", TODAY, "--json")
    assert said.code == 0
    assert [one["kind"] for one in said.document["files"]] == ["fec", "people"]


def test_several_files_stop_at_the_first_refused(
    goodcop: Run, books: Books, tmp_path: Path
) -> None:
    missing = tmp_path / "absent.csv"
    said = goodcop("import", books.fec, missing, "--today", TODAY, "--json")
    assert said.code == 1
    assert len(said.document["files"]) == 1
    assert said.document["error"]["message"]


def test_a_missing_file_is_an_error_object(goodcop: Run, tmp_path: Path) -> None:
    said = goodcop("import", tmp_path / "absent.csv", "--json")
    assert said.code == 1
    assert set(said.document) == {"error"}
    assert set(said.document["error"]) == {"code", "message"}


def test_a_missing_file_is_said_on_stderr(goodcop: Run, tmp_path: Path) -> None:
    said = goodcop("import", tmp_path / "absent.csv")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("goodcop: ")


def test_an_import_without_a_file_is_refused(goodcop: Run) -> None:
    said = goodcop("import", "--json")
    assert said.code == 1
    assert said.document["error"]["code"] == "usage"


def test_a_preview_shows_the_columns_and_imports_nothing(goodcop: Run, books: Books) -> None:
    said = goodcop("import", books.clients, "--preview", "--json")
    assert said.document["kind"] == "clients"
    assert "code" in said.document["mapping"]
    assert goodcop("balance", "Menuiserie", "--json").document.get("choices") == []


def test_a_preview_is_readable(goodcop: Run, books: Books) -> None:
    assert "code <- code" in goodcop("import", books.clients, "--preview").out


def test_the_last_import_is_undone(goodcop: Run, books: Books) -> None:
    goodcop("import", books.fec, "--today", TODAY)
    said = goodcop("import", "--undo", "--json")
    assert said.code == 0
    assert said.document["undone"]["file"] == books.fec.name


def test_nothing_to_undo_is_refused(goodcop: Run) -> None:
    said = goodcop("import", "--undo", "--json")
    assert said.code == 1
    assert "error" in said.document


def test_people_and_clients_have_their_commands(goodcop: Run, books: Books) -> None:
    goodcop("import", books.fec, "--today", TODAY)
    assert goodcop("people", books.people, "--json").document["kind"] == "people"
    assert goodcop("clients", books.clients, "--json").document["kind"] == "clients"


def test_a_mapping_needs_both_names(goodcop: Run, books: Books) -> None:
    said = goodcop("import", books.clients, "--map", "code", "--json")
    assert said.document["error"]["code"] == "usage"


def a_client(goodcop: Run, folder: Path) -> None:
    path = folder / "clients.csv"
    path.write_text("code;nom\nC0412;Menuiserie Roy\n", encoding="utf-8")
    assert goodcop("clients", path, "--today", TODAY).code == 0


def test_a_client_is_kept_out_of_alerts_and_put_back(goodcop: Run, tmp_path: Path) -> None:
    a_client(goodcop, tmp_path)
    until = ("--until", "2026-12-24", "--reason", "avoir en cours")
    muted = goodcop("clients", "mute", "C0412", *until, "--today", TODAY, "--json")
    back = goodcop("clients", "unmute", "C0412", "--today", TODAY)
    assert (muted.document["muted_until"], back.code) == ("2026-12-24", 0)


def test_somebody_is_away_and_back(kept: Run) -> None:
    anne, karim = "anne@deuxrives.example", "karim@deuxrives.example"
    asked = ("--until", "2026-11-30", "--stand-in", karim, "--today", TODAY)
    away = kept("absence", anne, *asked, "--json")
    alone = kept("absence", karim, "--until", "2026-11-30", "--today", TODAY, "--json")
    back = kept("absence", anne, "--today", TODAY)
    assert (away.document["until"], alone.code, back.code) == ("2026-11-30", 1, 0)


def test_a_client_is_not_kept_out_without_a_reason(goodcop: Run, tmp_path: Path) -> None:
    a_client(goodcop, tmp_path)
    said = goodcop("clients", "mute", "C0412", "--until", "2026-12-24", "--today", TODAY)
    assert said.code == 1


def test_an_unknown_client_is_not_kept_out(goodcop: Run, tmp_path: Path) -> None:
    a_client(goodcop, tmp_path)
    assert goodcop("clients", "unmute", "C9999", "--today", TODAY).code == 1


def test_an_electronic_invoice_dates_its_item(goodcop: Run, tmp_path: Path) -> None:
    books = write_fec(
        tmp_path, [sale("C1", "FA-7", "20260901", 120000)], name=f"{SIREN}FEC20261231.txt"
    )
    path = tmp_path / "invoice.xml"
    path.write_bytes(cii(number="FA-7", seller_numbers=legal(SIREN)))
    said = goodcop("import", books, path, "--today", TODAY, "--json")
    kinds = [(file["kind"], file["accepted"]) for file in said.document["files"]]
    assert (said.code, kinds) == (0, [("fec", 2), ("e_invoice", 1)])
