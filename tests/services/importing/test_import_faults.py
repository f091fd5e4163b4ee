"""Imports that fail, wait or are killed: nothing lost, nothing half-applied, and it is said."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.actors import Actor
from bot.domain.errors import GoodcopError, TryAgain
from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Outcome
from bot.services.follow_ups.service import FollowUpService
from bot.services.importing.service import ImportService
from storage.ids import new_id
from storage.unit_of_work import Database
from tests.acting import actor_of
from tests.import_files import AT, ITEM_HEADER, TODAY, Desk, open_desk

IMPORTER = """
import sys
from datetime import date, datetime, UTC
from pathlib import Path
from bot.services.importing.service import ImportService
from storage.unit_of_work import Database
from storage.vault import Vault
database = Database(sys.argv[1], Vault(("test-key",)))
service = ImportService(database, lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
service.import_file(int(sys.argv[2]), Path(sys.argv[3]), today=date(2026, 11, 24))
"""


@pytest.fixture
def desk(sqlite_database: Database, tmp_path: Path) -> Desk:
    """A new workspace on SQLite."""
    return open_desk(sqlite_database, tmp_path)


def many(count: int) -> list[str]:
    """Return the rows of `count` invoices over a tenth as many clients."""
    return [f"C{n // 10};Client {n // 10};F{n};2026-10-01;;100;100;;" for n in range(count)]


def on_connect(database: Database, pragma: str) -> None:
    """Run a pragma on each new connection of a database."""

    def run(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.execute(pragma).close()

    database.engine.dispose()
    event.listen(database.engine, "connect", run)


def test_a_full_disk_is_said_and_nothing_changes(desk: Desk) -> None:
    pages = desk.rows("PRAGMA page_count")[0][0]
    on_connect(desk.database, f"PRAGMA max_page_count={pages + 20}")
    with pytest.raises(GoodcopError) as refused:
        desk.items(*many(5_000))
    count = desk.rows("SELECT COUNT(*) FROM open_item")
    assert (refused.value.code, count) == ("disk_full", [(0,)])


def test_books_held_survive_a_full_disk(desk: Desk) -> None:
    desk.items(*many(10))
    before = desk.dump()
    pages = desk.rows("PRAGMA page_count")[0][0]
    on_connect(desk.database, f"PRAGMA max_page_count={pages + 5}")
    with pytest.raises(GoodcopError):
        desk.items(*many(5_000))
    assert desk.dump() == before


def test_a_locked_database_is_said_and_nothing_changes(desk: Desk) -> None:
    on_connect(desk.database, "PRAGMA busy_timeout=50")
    other = sqlite3.connect(desk.database.url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryAgain):
        desk.items(*many(10))
    other.close()
    assert desk.rows("SELECT COUNT(*) FROM open_item") == [(0,)]


def test_another_import_in_between_is_not_overwritten(database: Database, tmp_path: Path) -> None:
    desk = open_desk(database, tmp_path)
    first = desk.table("first.csv", ITEM_HEADER, *many(20))
    second = desk.table("second.csv", ITEM_HEADER, *many(30))
    service = ImportService(database, _once(lambda: desk.bring(second)))
    service.import_file(desk.workspace_id, first, today=TODAY)
    rows = desk.rows(
        "SELECT COUNT(*), SUM(CASE WHEN open_minor = 0 THEN 1 ELSE 0 END) FROM open_item"
    )
    assert [tuple(map(int, rows[0]))] == [(30, 10)]


def _once(work: Callable[[], object]) -> Callable[[], datetime]:
    """Return a clock that does some work the first time it is read."""
    waiting = [work]

    def clock() -> datetime:
        if waiting:
            waiting.pop()()
        return AT + timedelta(seconds=1)

    return clock


def test_notes_are_saved_in_time_during_a_large_import(desk: Desk) -> None:
    desk.bring(desk.table("people.csv", "email;slack_user_id;roles", "fiona@x.fr;U1;finance"))
    desk.items("C0;Client 0;F0;2026-10-01;;100;100;;")
    path = desk.table("large.csv", ITEM_HEADER, *many(100_000))
    fiona = actor_of(desk.database, desk.workspace_id, "U1")
    ((client_id,),) = desk.rows("SELECT id FROM client")
    slowest = 0.0
    with ThreadPoolExecutor(1) as pool:
        importing = pool.submit(desk.bring, path)
        while not importing.done():
            started = time.monotonic()
            _note(desk, fiona, int(client_id))
            slowest = max(slowest, time.monotonic() - started)
            time.sleep(0.01)
    assert (importing.result().open_items, slowest < 3) == (100_000, True)


def _note(desk: Desk, actor: Actor, client_id: int) -> None:
    form = FollowUpForm(str(new_id()), client_id, outcome=Outcome.OTHER, text="rappeler lundi")
    FollowUpService(desk.database, lambda: AT).record(actor, form)


def kill_while_writing(desk: Desk) -> int:
    """Start an import in another process and kill it in its transaction; return how it ended."""
    path = desk.table("large.csv", ITEM_HEADER, *many(30_000))
    wal = Path(desk.database.url.removeprefix("sqlite:///") + "-wal")
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", IMPORTER, desk.database.url, str(desk.workspace_id), str(path)]
    before = wal.stat().st_size if wal.exists() else 0
    process = subprocess.Popen(command, cwd=root)
    while process.poll() is None:
        if wal.exists() and wal.stat().st_size > before + 1_000_000:
            process.kill()
        time.sleep(0.001)
    return process.wait()


def test_a_killed_import_leaves_nothing_half_applied(desk: Desk) -> None:
    ended = kill_while_writing(desk)
    query = "SELECT (SELECT COUNT(*) FROM open_item), (SELECT COUNT(*) FROM import_run)"
    assert (ended, desk.rows(query)) == (-signal.SIGKILL, [(0, 0)])


def test_an_import_after_a_killed_one_is_whole(desk: Desk) -> None:
    kill_while_writing(desk)
    assert desk.items(*many(30_000)).open_items == 30_000
