"""`goodcop texts` and `goodcop mail`: texts shown and set back, reports read."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.import_files import TODAY


def written(folder: Path, text: str, name: str = "reminder_1.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_text_is_listed_in_both_languages(goodcop: Run) -> None:
    texts = goodcop("texts", "list", "--json").document["texts"]
    assert len({(one["key"], one["language"]) for one in texts}) == len(texts) == 16


def test_a_text_is_the_house_s_until_it_is_changed(goodcop: Run, tmp_path: Path) -> None:
    assert "house" in goodcop("texts", "list").out.splitlines()[4]
    goodcop("texts", "set", written(tmp_path, "Objet\n\nBonjour {{ contact }}\n"))
    shown = goodcop("texts", "show", "reminder_1", "--json").document
    assert (shown["own"], shown["subject"], shown["body"]) == (
        True,
        "Objet",
        "Bonjour {{ contact }}\n",
    )


def test_what_is_shown_can_be_set_back(goodcop: Run, tmp_path: Path) -> None:
    before = goodcop("texts", "show", "reminder_1", "--language", "en").out
    path = written(tmp_path, before, "own.txt")
    kept = goodcop("texts", "set", path, "--key", "reminder_1", "--language", "en", "--json")
    assert kept.document == {"key": "reminder_1", "language": "en", "version": 1}
    assert goodcop("texts", "show", "reminder_1", "--language", "en").out == before


def test_setting_the_same_text_twice_keeps_one_version(goodcop: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "Objet\n\nBonjour\n")
    goodcop("texts", "set", path)
    assert "nothing changed" in goodcop("texts", "set", path).out


def test_a_text_that_names_what_is_not_published_is_refused(goodcop: Run, tmp_path: Path) -> None:
    said = goodcop("texts", "set", written(tmp_path, "Objet\n\n{{ margin }}\n"), "--json")
    assert (said.code, said.document["error"]["code"]) == (1, "invalid_input")
    assert goodcop("texts", "show", "reminder_1", "--json").document["own"] is False


def test_a_text_nobody_knows_is_not_found(goodcop: Run, tmp_path: Path) -> None:
    said = goodcop("texts", "set", written(tmp_path, "Objet\n\nBonjour\n", "love.txt"), "--json")
    assert (said.code, said.document["error"]["code"]) == (1, "not_found")


def test_a_file_that_is_no_text_is_refused(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "reminder_1.txt"
    path.write_bytes(b"\xff\xfe\x00")
    assert goodcop("texts", "set", path).code == 1
    assert goodcop("texts", "set", tmp_path / "absent.txt").code == 1


def test_a_text_is_tried_on_a_client_with_what_it_owes(kept: Run) -> None:
    said = kept("texts", "preview", "reminder_1", "--client", "C0412", "--today", TODAY)
    assert (said.code, "{" in said.out) == (0, False)
    assert "Bonjour Claire Roy,\n" in said.out
    assert "\nAnne Delorme\n" in said.out


def test_a_text_not_in_force_yet_is_tried_too(kept: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "Pour {{ client_code }}\n\nBonjour {{ contact }}\n")
    said = kept("texts", "preview", "reminder_1", "--client", "C0412", "--file", path, "--json")
    assert said.document["subject"] == "Pour C0412"
    assert kept("texts", "show", "reminder_1", "--json").document["own"] is False


def test_a_client_nobody_knows_is_not_found(kept: Run) -> None:
    said = kept("texts", "preview", "reminder_1", "--client", "C9999", "--json")
    assert (said.code, said.document["error"]["code"]) == (1, "not_found")


def test_the_fields_a_text_may_name_are_published(goodcop: Run) -> None:
    assert "{{ item.due_on }}" in goodcop("texts", "fields").out
    assert "overdue" in goodcop("texts", "fields", "--json").document["fields"]


def test_a_report_about_no_e_mail_of_ours_leaves_with_one(goodcop: Run, tmp_path: Path) -> None:
    report = (
        'Content-Type: multipart/report; boundary="b"\n\n--b\n'
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example\n\n"
        "Final-Recipient: rfc822; compta@client.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    path = written(tmp_path, report, "report.eml")
    said = goodcop("mail", path, "--json")
    assert (said.code, said.document["files"][0]["unknown"]) == (1, 1)
    assert "1 are not ours" in goodcop("mail", path).out


def test_an_e_mail_that_is_no_report_is_refused(goodcop: Run, tmp_path: Path) -> None:
    said = goodcop("mail", written(tmp_path, "Subject: hello\n\nhello\n", "hello.eml"))
    assert (said.code, "no delivery report" in said.err) == (1, True)
