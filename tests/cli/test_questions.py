"""`goodcop balance`, `scan`, `digest`, `activate`: what scripts may count on."""

import subprocess
import sys

import pytest

from tests.cli.conftest import Run
from tests.import_files import TODAY

ON = ("--today", TODAY, "--json")


@pytest.mark.parametrize("name", ["Menuiserie Roy", "Dupont"])
def test_every_balance_adds_up(kept: Run, name: str) -> None:
    said = kept("balance", name, *ON)
    shown = said.document
    if "choices" in shown:
        shown = kept("balance", shown["choices"][0]["code"], *ON).document
    for one in shown["balances"]:
        items = sum(item["open_minor"] for item in one["items"])
        ageing = {bucket["bucket"]: bucket["minor"] for bucket in one["ageing"]}
        assert one["net_minor"] == items + one["unattributed_minor"]
        assert sum(ageing.values()) == items
        assert one["overdue_minor"] == sum(ageing.values()) - ageing["not_due"]


def test_a_balance_names_the_client_and_the_books_date(kept: Run) -> None:
    said = kept("balance", "Menuiserie Roy", *ON)
    assert said.code == 0
    assert said.document["client"]["name"] == "Menuiserie Roy SARL"
    assert said.document["as_of"]


def test_a_balance_is_readable(kept: Run) -> None:
    said = kept("balance", "Menuiserie Roy", "--today", TODAY)
    assert said.out.startswith("Menuiserie Roy SARL (")
    assert "  overdue " in said.out


def test_an_ambiguous_name_gives_choices_and_exit_1(kept: Run) -> None:
    said = kept("balance", "menuiserie", *ON)
    assert said.code == 1
    assert len(said.document["choices"]) > 1
    assert set(said.document["choices"][0]) == {"code", "name", "town", "siren", "score"}


def test_choices_are_readable(kept: Run) -> None:
    said = kept("balance", "menuiserie", "--today", TODAY)
    assert said.code == 1
    assert "Menuiserie Roy" in said.out


def test_a_name_like_nothing_is_said_back_with_the_ways_to_ask(kept: Run) -> None:
    said = kept("balance", "xylophone")
    assert (said.code, said.out.startswith("Nothing looks like “xylophone”: try ")) == (1, True)


def test_a_readable_balance_shows_its_ageing(kept: Run) -> None:
    assert "    not_due  " in kept("balance", "Menuiserie Roy", "--today", TODAY).out


def test_a_reader_that_has_seen_enough_gets_no_traceback(kept: Run) -> None:
    read = [sys.executable, "-m", "bot", "policy", "show"]
    with subprocess.Popen(read, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_a_scan_before_activation_shows_what_would_go_out(kept: Run) -> None:
    said = kept("scan", *ON)
    assert said.code == 0
    assert said.document["today"] == TODAY.isoformat()
    assert {line["delivery"] for line in said.document["alerts"]} == {"preview"}


def test_a_scan_after_activation_posts(kept: Run) -> None:
    activated = kept("activate", *ON)
    assert activated.code == 0
    assert activated.document["alerts"]
    said = kept("scan", *ON)
    assert "preview" not in {line["delivery"] for line in said.document["alerts"]}


def test_one_person_is_activated(kept: Run) -> None:
    said = kept("activate", "--person", "anne@deuxrives.example", "--today", TODAY)
    assert said.code == 0
    assert said.out.startswith("Activated: ")


def test_an_unknown_person_is_not_activated(kept: Run) -> None:
    said = kept("activate", "--person", "nobody@deuxrives.example", *ON)
    assert said.code == 1
    assert said.document["error"]["code"] == "not_found"


def test_a_scan_is_readable(kept: Run) -> None:
    said = kept("scan", "--today", TODAY)
    assert f"{TODAY}: " in said.out
    assert "Menuiserie Roy" in said.out


def test_a_digest_is_one_object(kept: Run) -> None:
    kept("activate", *ON)
    kept("scan", *ON)
    said = kept("digest", *ON)
    assert said.code == 0
    assert isinstance(said.document["digests"], list)


def test_a_digest_with_nothing_to_say_says_so(goodcop: Run) -> None:
    assert goodcop("digest", "--today", TODAY).out == "Nothing to say today.\n"


def test_delivering_needs_a_token(kept: Run) -> None:
    said = kept("scan", "--deliver", "--today", TODAY)
    assert said.code == 2
    assert "SLACK_BOT_TOKEN" in said.err


def test_the_day_named_is_the_day_judged(kept: Run) -> None:
    assert kept("scan", "--today", "2026-11-25", "--json").document["today"] == "2026-11-25"
