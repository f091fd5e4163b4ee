"""`goodcop policy` and `goodcop settings`: shown, set, refused by name."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_policy_shown_can_be_set_back(goodcop: Run, tmp_path: Path) -> None:
    shown = goodcop("policy", "show", "--json").document
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(shown), encoding="utf-8")
    said = goodcop("policy", "set", path, "--json")
    assert said.code == 0
    assert said.document == shown


def test_setting_the_policy_says_when_it_counts(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text(goodcop("policy", "show").out, encoding="utf-8")
    assert "next scan" in goodcop("policy", "set", path).out


def test_an_unknown_key_of_the_policy_is_named(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text('{"colour": "blue"}', encoding="utf-8")
    said = goodcop("policy", "set", path, "--json")
    assert said.code == 1
    assert "colour" in said.document["error"]["message"]


@pytest.mark.parametrize(
    ("key", "value", "hint"),
    [
        ("holiday_subdivision", "ZZ", "one of 57, 6AE"),
        ("closing_periods", [{"from": "2026-12-24"}], "[first day, last day]"),
        ("closing_periods", [["2026-12-24"]], "[first day, last day]"),
    ],
)
def test_a_wrong_rule_is_refused_with_what_is_accepted(
    goodcop: Run, tmp_path: Path, key: str, value: object, hint: str
) -> None:
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(goodcop("policy", "show").document | {key: value}))
    said = goodcop("policy", "set", path)
    assert (said.code, key in said.err, hint in said.err) == (1, True, True)


def test_a_policy_that_is_not_json_is_refused(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text("{", encoding="utf-8")
    assert goodcop("policy", "set", path, "--json").document["error"]["code"] == "invalid_input"


def test_a_policy_that_is_no_object_is_refused(goodcop: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text("[]", encoding="utf-8")
    assert goodcop("policy", "set", path).code == 1


def test_a_policy_file_that_is_absent_is_refused(goodcop: Run, tmp_path: Path) -> None:
    said = goodcop("policy", "set", tmp_path / "absent.json", "--json")
    assert "cannot be read" in said.document["error"]["message"]


def test_a_setting_is_kept(goodcop: Run) -> None:
    goodcop("settings", "set", "finance_channel=C0123456789", "time_zone=Europe/Brussels")
    shown = goodcop("settings", "--json").document
    assert shown["finance_channel"] == "C0123456789"
    assert shown["time_zone"] == "Europe/Brussels"


def test_settings_are_readable(goodcop: Run) -> None:
    assert "currency=EUR\n" in goodcop("settings", "show").out


def test_the_settings_of_a_company_are_lines_of_their_own(kept: Run) -> None:
    assert "company 1:\n  siren=" in kept("settings").out


def test_a_channels_name_is_no_channel(goodcop: Run) -> None:
    said = goodcop("settings", "set", "finance_channel=#compta")
    assert (said.code, "a channel's id, as C0123456789" in said.err) == (1, True)


def test_an_unknown_setting_is_refused(goodcop: Run) -> None:
    said = goodcop("settings", "set", "colour=blue", "--json")
    assert said.code == 1
    assert "colour" in said.document["error"]["message"]
