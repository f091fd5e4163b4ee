"""`goodcop scenario`: shown, set as a draft, put into force, proved whole, replayed."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.profiles import Profile
from tests.cli.conftest import Run
from tests.import_files import TODAY

OFF = {
    "key": "reminder_1", "offset_days": 4, "actor": "goodcop", "channel": "email",
    "tone": "friendly", "text": "reminder_1", "mode": "off",
}  # fmt: skip


@pytest.fixture
def active(kept: Run) -> Run:
    assert kept("activate", "--today", TODAY).code == 0
    return kept


def written(folder: Path, document: Any) -> Path:
    path = folder / "scenario.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_every_open_item_of_the_demos_books_is_accounted_for(active: Run) -> None:
    said = active("scenario", "check", "--json", "--today", TODAY)
    found = said.document
    covered = found["on_step"] + found["held"] + found["finished"]
    assert (said.code, found["uncovered"], covered) == (0, [], found["items"])


def test_the_items_counted_are_those_of_the_books(active: Run) -> None:
    found = active("scenario", "check", "--json", "--today", TODAY).document
    assert found["items"] == 248


def test_a_client_without_an_address_is_listed(active: Run) -> None:
    assert "C0445 Scierie Aubrac SARL" in active("scenario", "check", "--today", TODAY).out


def test_a_scenario_without_reminders_leaves_its_items_uncovered(
    active: Run, tmp_path: Path
) -> None:
    scenarios = [{"profile": profile.value, "steps": [OFF]} for profile in Profile]
    assert active("scenario", "set", written(tmp_path, {"scenarios": scenarios})).code == 0
    assert active("scenario", "check", "--today", TODAY).code == 0
    assert active("scenario", "activate").code == 0
    said = active("scenario", "check", "--json", "--today", TODAY)
    assert (said.code, len(said.document["uncovered"])) == (1, 244)
    assert set(said.document["uncovered"][0]) == {"client", "item", "reason"}


def test_what_is_shown_can_be_set_back(goodcop: Run, tmp_path: Path) -> None:
    shown = goodcop("scenario", "show", "--json").document
    said = goodcop("scenario", "set", written(tmp_path, shown), "--json")
    assert said.document["drafts"][0] == {"profile": "punctual", "version": 1}
    assert len(said.document["drafts"]) == len(Profile)


def test_a_draft_is_in_force_once_activated(goodcop: Run, tmp_path: Path) -> None:
    shown = goodcop("scenario", "show", "new", "--json").document
    goodcop("scenario", "set", written(tmp_path, shown))
    waiting = goodcop("scenario", "show", "new", "--json").document["scenarios"][0]
    goodcop("scenario", "activate", "new")
    after = goodcop("scenario", "show", "new", "--json").document["scenarios"][0]
    assert (waiting["state"]["version"], waiting["draft"]["version"]) == (0, 1)
    assert (after["state"]["version"], "draft" in after) == (1, False)


def test_nothing_to_activate_is_said(goodcop: Run) -> None:
    said = goodcop("scenario", "activate")
    assert (said.code, "No scenario waits" in said.err) == (1, True)


def test_an_unknown_sort_of_payer_is_refused_with_the_known_ones(goodcop: Run) -> None:
    said = goodcop("scenario", "show", "rich")
    assert (said.code, "punctual, late_by_habit" in said.err) == (1, True)


@pytest.mark.parametrize(("text", "words"), [("{", "is not JSON"), ("[]", "no JSON object")])
def test_a_file_that_is_no_scenario_is_refused(
    goodcop: Run, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(text, encoding="utf-8")
    assert words in goodcop("scenario", "set", path).err
    assert "cannot be read" in goodcop("scenario", "set", tmp_path / "none.json").err


def test_a_replay_tells_who_would_have_been_asked_what_and_when(active: Run) -> None:
    days = ("--from", "2026-09-01", "--to", "2026-12-31", "--today", TODAY)
    found = active("scenario", "simulate", *days, "--json").document
    roy = [step for step in found["steps"] if step["client"].startswith("C0412")]
    assert [step["step"] for step in roy] == [
        "courtesy", "reminder_1", "call", "reminder_2", "last_reminder", "formal_notice",
    ]  # fmt: skip
    assert roy[1]["totals"] == {"EUR": 830_000}


def test_a_replay_writes_nothing(active: Run) -> None:
    days = ("--from", "2026-09-01", "--to", "2026-12-31", "--today", TODAY)
    first = active("scenario", "simulate", *days).out
    assert active("scenario", "simulate", *days).out == first


def test_no_client_gets_two_steps_in_a_day(active: Run) -> None:
    days = ("--from", "2026-01-01", "--to", "2027-06-30", "--today", TODAY)
    steps = active("scenario", "simulate", *days, "--json").document["steps"]
    assert len({(step["client"], step["on"]) for step in steps}) == len(steps)


def test_days_out_of_order_are_refused(goodcop: Run) -> None:
    said = goodcop("scenario", "simulate", "--from", "2026-02-01", "--to", "2026-01-01")
    assert (said.code, "The last day comes after the first" in said.err) == (1, True)
