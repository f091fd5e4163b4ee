"""A command line on a database of its own, with the demo's invented books as files."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli.parser import parse
from bot.cli.run import run_command
from bot.demo import files
from bot.demo.ledger import DemoLedger, generate
from tests.import_files import TODAY


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON object it printed."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Books:
    """The files of an invented company."""

    fec: Path
    clients: Path
    people: Path


Run = Callable[..., Said]


@pytest.fixture(scope="session")
def ledger() -> DemoLedger:
    """The invented company's ledger."""
    return generate(TODAY)


@pytest.fixture(scope="session")
def books(ledger: DemoLedger, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Its FEC, client file and people file."""
    folder = tmp_path_factory.mktemp("books")
    return Books(
        files.write_fec(ledger, folder),
        files.write_clients(ledger, folder),
        files.write_people(folder),
    )


@pytest.fixture
def goodcop(
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command on a fresh migrated database, without Slack."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "GOODCOP_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GOODCOP_DATABASE_URL", sqlite_url)

    def run(*words: object) -> Said:
        code = run_command(parse([str(word) for word in words]))
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run


@pytest.fixture
def kept(goodcop: Run, books: Books) -> Run:
    """Run a command on the invented company's books, imported."""
    for command, path in (
        ("import", books.fec),
        ("people", books.people),
        ("clients", books.clients),
    ):
        assert goodcop(command, path, "--today", TODAY).code == 0
    return goodcop
