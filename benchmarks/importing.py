"""Goals 8, 9 and 10: a first import and a re-import against raw statements, same run, same data.

Run `python benchmarks/importing.py [ITEMS] [--postgres URL]` (100,000 by default; a PostgreSQL of
the test dependencies is started when no URL is given). Prints each ratio, met or not met.
"""

import argparse
import gc
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.a_server import a_postgres
from bot.domain.books import ItemRow
from bot.domain.ledger import (
    ClientKind,
    DueFrom,
    ItemKind,
    ParsedClient,
    ParsedItem,
    ParsedLedger,
)
from bot.services.importing.books import apply_staged
from bot.services.importing.collection import collection_paused
from bot.services.importing.reports import ImportReport
from bot.services.importing.request import ImportRequest, choose_books
from bot.services.importing.staging import read_held, stage
from bot.services.workspaces.service import WorkspaceService
from storage import migrate
from storage.engine import make_engine
from storage.schema import metadata
from storage.unit_of_work import Database
from storage.vault import Vault

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
FIRST_MOST, POSTGRES_MOST, AGAIN_MOST = 3.0, 2.0, 1.5
ROUNDS = 3
COLUMNS = ("workspace_id", *ItemRow._fields)
LISTED = ", ".join(f'"{name}"' for name in COLUMNS)
HELD = f"SELECT {LISTED} FROM open_item ORDER BY id"
UPSERT = (
    f"INSERT INTO open_item ({LISTED}) VALUES ({', '.join('?' * len(COLUMNS))}) "
    "ON CONFLICT (workspace_id, client_id, key) DO UPDATE SET open_minor = excluded.open_minor, "
    "due_on = excluded.due_on WHERE open_item.open_minor <> excluded.open_minor "
    "OR open_item.due_on <> excluded.due_on"
)


def a_ledger(items: int, *, changed: int = 0) -> ParsedLedger:
    """Return `items` invoices over a tenth as many clients, every `changed`-th partly paid."""
    clients = []
    for number in range(max(1, items // 10)):
        own = tuple(_item(number * 10 + rank, changed) for rank in range(10))
        net = sum(item.open_minor for item in own)
        name = f"Société d'exploitation {number}"
        clients.append(
            ParsedClient(f"C{number:06d}", "", name, ClientKind.ORDINARY, net, 0, "EUR", items=own)
        )
    return ParsedLedger(
        kind="open_items",
        clients=tuple(clients),
        rejected=(),
        rows=items,
        accepted=items,
        currency="EUR",
        starts_on=None,
        ends_on=None,
        first_entry_on=None,
        last_entry_on=TODAY,
        receipts_until=TODAY,
        sales_until=TODAY,
    )


def _item(number: int, changed: int) -> ParsedItem:
    issued_on = TODAY - timedelta(days=number % 200)
    minor = 10_000 + number * 7919 % 900_000
    return ParsedItem(
        key=f"FA{number:07d}|{issued_on}|{minor}|1",
        number=f"FA{number:07d}",
        kind=ItemKind.INVOICE,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=30) if number % 2 else None,
        due_from=DueFrom.STATED if number % 2 else DueFrom.ESTIMATED,
        minor=minor,
        open_minor=minor - 1 if changed and number % changed == 0 else minor,
        currency="EUR",
        label=f"Facture FA{number:07d}",
    )


def bring(database: Database, workspace_id: int, ledger: ParsedLedger) -> ImportReport:
    """Import a typed ledger: read the books held, validate, compare, write, check, commit."""
    request = ImportRequest(workspace_id, Path("items.csv"), "open_items", TODAY, sha256="x")
    with collection_paused():
        with database.read() as uow:
            books = choose_books(uow.session, request)
            held = read_held(uow.session, request, books)
        report = apply_staged(database, NOW, request, stage(request, held, ledger))
    if report is None:
        raise RuntimeError("another import came between")
    return report


@contextmanager
def opened(url: str) -> Iterator[tuple[Database, int]]:
    """Open an empty migrated database with its workspace."""
    engine = make_engine(url)
    migrate.upgrade(engine)
    if engine.dialect.name == "postgresql":
        tables = ", ".join(f'"{table}"' for table in metadata.tables)
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} CASCADE"))
    engine.dispose()
    database = Database(url, Vault(("benchmark",)))
    yield database, WorkspaceService(database, lambda: NOW).choose()
    database.close()


def timed(work: Callable[[], object]) -> float:
    """Return the seconds one call takes, garbage collected before."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def on_sqlite(items: int) -> tuple[bool, bool]:
    """Measure goals 8 and 10."""
    first, again = a_ledger(items), a_ledger(items, changed=100)
    ours, raw, ours_again, raw_again = [], [], [], []
    reports: list[ImportReport] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "goodcop.sqlite3"
            with opened(f"sqlite:///{path}") as (database, workspace_id):
                ours.append(timed(lambda: bring(database, workspace_id, first)))
                rows = _rows(path)
                ours_again.append(
                    timed(lambda: reports.append(bring(database, workspace_id, again)))
                )
            paid = [
                (*row[:10], row[10] - (index % 100 == 0), *row[11:])
                for index, row in enumerate(rows)
            ]
            raw.append(_raw_sqlite(path, rows))
            raw_again.append(_raw_upsert(path, paid))
    changed = len(range(0, items, 100))
    written = reports[-1].changed
    print(f"{changed} items changed: {written} rows written (item, settlement and account of each)")
    exact = written == 3 * changed
    return (
        _said("goal 8, first import, SQLite", min(ours), min(raw), FIRST_MOST),
        _said("goal 10, 1 % changed, SQLite", min(ours_again), min(raw_again), AGAIN_MOST)
        and exact,
    )


def _rows(path: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(HELD).fetchall()
    connection.close()
    return rows


def _raw_sqlite(path: Path, rows: list[tuple[Any, ...]]) -> float:
    connection = _connection(path)
    with suppress(sqlite3.Error):
        connection.execute("DELETE FROM settlement")
    connection.execute("DELETE FROM open_item")
    marks = ", ".join("?" * len(COLUMNS))

    def work() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO open_item ({LISTED}) VALUES ({marks})", rows)
        connection.execute("COMMIT")

    seconds = timed(work)
    connection.close()
    return seconds


def _raw_upsert(path: Path, rows: list[tuple[Any, ...]]) -> float:
    connection = _connection(path)

    def work() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(UPSERT, rows)
        connection.execute("COMMIT")

    seconds = timed(work)
    connection.close()
    return seconds


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection


def on_postgres(items: int, url: str) -> tuple[bool, bool]:
    """Measure goals 9 and 10."""
    first, again = a_ledger(items), a_ledger(items, changed=100)
    ours, raw, ours_again, raw_again = [], [], [], []
    for _ in range(ROUNDS):
        with opened(url) as (database, workspace_id):
            ours.append(timed(lambda: bring(database, workspace_id, first)))
            with database.engine.connect() as connection:
                rows = [tuple(row) for row in connection.exec_driver_sql(HELD)]
            ours_again.append(timed(lambda: bring(database, workspace_id, again)))
            # The raw ones start from what the second import left, and bring the first's back.
            with database.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                raw.append(_raw_copy(driver))
                raw_again.append(_raw_postgres_upsert(driver, rows))
    return (
        _said("goal 9, first import, PostgreSQL", min(ours), min(raw), POSTGRES_MOST),
        _said("goal 10, 1 % changed, PostgreSQL", min(ours_again), min(raw_again), AGAIN_MOST),
    )


def _raw_copy(driver: Any) -> float:
    cursor = driver.cursor()
    with cursor.copy(f"COPY open_item ({LISTED}) TO STDOUT") as copy:
        ready = b"".join(bytes(block) for block in copy)
    cursor.execute("TRUNCATE open_item CASCADE")
    driver.commit()

    def work() -> None:
        with cursor.copy(f"COPY open_item ({LISTED}) FROM STDIN") as copy:
            copy.write(ready)
        driver.commit()

    return timed(work)


def _raw_postgres_upsert(driver: Any, rows: list[tuple[Any, ...]]) -> float:
    cursor = driver.cursor()
    statement = UPSERT.replace("?", "%s")

    def work() -> None:
        cursor.executemany(statement, rows)
        driver.commit()

    return timed(work)


def _said(goal: str, ours: float, raw: float, most: float) -> bool:
    met = ours / raw <= most
    print(
        f"{goal}: raw {raw:.3f} s, ours {ours:.3f} s, ratio {ours / raw:.2f} "
        f"(at most {most}): {'met' if met else 'not met'}"
    )
    return met


def main() -> int:
    """Measure and print; exit 1 when a goal is not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("items", type=int, nargs="?", default=100_000)
    parser.add_argument("--postgres", default="", metavar="URL")
    asked = parser.parse_args()
    met = [*on_sqlite(asked.items)]
    with a_postgres(asked.postgres) as url:
        if url:
            met += on_postgres(asked.items, url)
        else:
            print("goals 9 and 10: no PostgreSQL here")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
