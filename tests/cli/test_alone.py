"""Each command works in a process of its own, which loads its own room of modules and no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.run import _ROOMS

ROOT = Path(__file__).parents[2]


def run(*command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a Python of our own with an empty home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    environment = kept | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("room", sorted(set(_ROOMS.values())))
def test_a_room_of_commands_loads_alone(room: str, tmp_path: Path) -> None:
    assert run("-c", f"import {room}", folder=tmp_path).stderr == ""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one invoice was imported."""
    folder = tmp_path_factory.mktemp("home")
    books = folder / "books.csv"
    books.write_text(
        "client_code,client_name,number,issued_on,due_on,amount,open_amount,currency,type\n"
        "C1,Menuiserie Roy,F1,2026-09-01,2026-10-01,900,900,EUR,invoice\n",
        encoding="utf-8",
    )
    assert run("-m", "bot", "import", str(books), "--today", "2026-11-24", folder=folder).stdout
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("balance", "roy", "--today", "2026-11-24"),
        ("scan", "--today", "2026-11-24"),
        ("scenario", "check", "--today", "2026-11-24"),
        ("export", "journal", "--today", "2026-11-24"),
        ("rates", "show"),
        ("texts", "fields"),
        ("policy", "show"),
    ],
)
def test_a_command_answers_in_its_own_process(command: tuple[str, ...], home: Path) -> None:
    done = run("-m", "bot", *command, folder=home)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "command", [("import",), ("people",), ("insurers",), ("prospects",), ("mail",)]
)
def test_a_file_that_is_not_there_is_named(command: tuple[str, ...], home: Path) -> None:
    done = run("-m", "bot", *command, "nosuch.csv", folder=home)
    said = "goodcop: nosuch.csv cannot be read: No such file or directory.\n"
    assert (done.returncode, done.stderr) == (1, said)
