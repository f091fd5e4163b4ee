"""`goodcop migrate`, `doctor`, `run`, and what is common to every command."""

from pathlib import Path
from typing import Any

import pytest

from bot.cli.parser import VERSION, parse
from bot.domain.actors import system
from bot.services.workspaces.channels import ChannelService
from bot.services.workspaces.service import WorkspaceService
from storage.ids import new_id
from storage.tables.workspaces import Workspace
from storage.unit_of_work import Database
from tests.cli.conftest import Books, Run
from tests.demo_process import free_port
from tests.import_files import AT, TODAY


@pytest.fixture
def several(sqlite_database: Database) -> Database:
    """Two workspaces, each bound to its team."""
    with sqlite_database.write() as uow:
        for team in ("T0FIRST", "T0SECOND"):
            uow.session.add(Workspace(id=new_id(), team_id=team, created_at=AT))
        uow.commit()
    return sqlite_database


def test_migrating_says_whether_it_was_needed(
    goodcop: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOODCOP_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert goodcop("migrate", "--json").document == {"migrated": True}
    assert goodcop("migrate", "--json").document == {"migrated": False}


def test_migrating_is_readable(goodcop: Run) -> None:
    assert goodcop("migrate").out == "The schema was current.\n"


def test_a_new_database_is_migrated_by_the_first_command(
    goodcop: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOODCOP_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert goodcop("settings", "--json").document["currency"] == "EUR"


def test_the_doctor_says_what_to_mend(goodcop: Run) -> None:
    said = goodcop("doctor", "--json")
    assert said.code == 1
    failing = [check for check in said.document["checks"] if not check["ok"]]
    assert {check["name"] for check in failing} >= {"finance channel", "people", "books"}
    assert all(check["fix"] for check in failing)


def test_the_doctor_is_content_once_all_is_there(kept: Run) -> None:
    kept("settings", "set", "finance_channel=C0FINANCE")
    kept("activate", "--today", TODAY)
    said = kept("doctor")
    assert (said.code, "FAIL" in said.out) == (0, False)


def test_the_doctor_names_a_wrong_setting(goodcop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "hello")
    said = goodcop("doctor", "--json")
    assert said.code == 1
    assert "SLACK_BOT_TOKEN" in said.document["checks"][0]["detail"]


def test_a_wrong_setting_is_wrong_usage(goodcop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "changeme")
    said = goodcop("settings", "--json")
    assert said.code == 2
    assert said.document["error"]["code"] == "bad_settings"


def test_running_without_a_token_says_which_to_set(goodcop: Run) -> None:
    said = goodcop("run")
    assert said.code == 2
    assert "SLACK_BOT_TOKEN" in said.err


def test_running_without_a_way_in_says_which_to_set(
    goodcop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-2")
    assert "SLACK_APP_TOKEN" in goodcop("run").err


@pytest.mark.usefixtures("several")
def test_among_several_workspaces_one_must_be_named(goodcop: Run) -> None:
    said = goodcop("settings", "--json")
    assert said.code == 2
    assert said.document["error"]["code"] == "which_workspace"


@pytest.mark.usefixtures("several")
def test_the_workspace_named_is_the_one_shown(goodcop: Run) -> None:
    said = goodcop("settings", "--workspace", "T0SECOND", "--json")
    assert said.document["team_id"] == "T0SECOND"


@pytest.mark.usefixtures("several")
def test_a_team_nobody_knows_is_refused(goodcop: Run) -> None:
    said = goodcop("settings", "--workspace", "T0OTHER", "--json")
    assert said.code == 1
    assert said.document["error"]["code"] == "not_found"


@pytest.mark.usefixtures("several")
def test_a_workspace_keeps_its_books_to_itself(goodcop: Run, books: Books) -> None:
    goodcop("import", books.fec, "--workspace", "T0FIRST", "--today", TODAY)
    said = goodcop("balance", "Menuiserie Roy", "--workspace", "T0SECOND", "--json")
    assert said.document == {"choices": []}


@pytest.mark.parametrize(
    "words", [[], ["dance"], ["balance"], ["scan", "--today", "tomorrow"], ["policy"]]
)
def test_wrong_usage_exits_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(words)
    assert left.value.code == 2


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"goodcop {VERSION}\n"


def test_the_doctor_names_a_refused_channel_until_it_is_consented_to(
    kept: Run, sqlite_database: Database
) -> None:
    workspace_id = WorkspaceService(sqlite_database, lambda: AT).choose()
    channels = ChannelService(sqlite_database, lambda: AT)
    channels.may_post(workspace_id, "C0PUBLIC", ["public"])
    refused = _check(kept, "channels")
    channels.consent(system(workspace_id), "C0PUBLIC")
    consented = _check(kept, "channels")
    assert (refused["ok"], refused["detail"]) == (False, "C0PUBLIC (public)")
    assert (consented["ok"], "C0PUBLIC" in consented["detail"]) == (True, True)


def _check(kept: Run, name: str) -> dict[str, Any]:
    """Return what the doctor says of one thing."""
    checks = kept("doctor", "--json").document["checks"]
    return next(check for check in checks if check["name"] == name)


def check_of(goodcop: Run, name: str) -> tuple[bool, str]:
    """Return what the doctor says of one thing."""
    checks = goodcop("doctor", "--json").document["checks"]
    return next((one["ok"], one["detail"]) for one in checks if one["name"] == name)


def test_the_doctor_says_that_mail_is_off(goodcop: Run) -> None:
    ok, detail = check_of(goodcop, "mail")
    assert (ok, detail.split(":")[0]) == (True, "off")


def test_the_doctor_knocks_at_the_mail_server(
    goodcop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODCOP_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("GOODCOP_SMTP_PORT", str(free_port()))
    monkeypatch.setenv("GOODCOP_SMTP_SECURITY", "none")
    monkeypatch.setenv("GOODCOP_SMTP_FROM", "compta@vendeur.example")
    assert check_of(goodcop, "mail") == (False, "127.0.0.1: mail server: SMTPConnectError")
