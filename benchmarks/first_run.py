"""The first alert run on PostgreSQL, against the raw statements that read and write the same.

20,000 open items over 2,000 clients and 20 salespeople, 15,000 items overdue.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.lookup_books import postgres
from benchmarks.scan_books import NOW, TODAY, write_books
from bot.domain.actors import system
from bot.services.alerts.service import AlertService
from storage import migrate
from storage.unit_of_work import Database
from storage.vault import Vault

ROUNDS = 3
SUMS = """
SELECT client_id, currency, SUM(open_minor),
       SUM(CASE WHEN open_minor < 0 THEN open_minor ELSE 0 END),
       SUM(CASE WHEN open_minor > 0 AND due_on < %s THEN open_minor ELSE 0 END),
       MIN(CASE WHEN open_minor >= 1000 AND due_on < %s THEN due_on END)
FROM open_item WHERE workspace_id = %s AND open_minor <> 0 GROUP BY client_id, currency
"""
WRITTEN = ("alert", "event", "message")


def measure_first_run(items: int = 20_000, clients: int = 2_000) -> float:
    """Return our time over the raw one: the best of three rounds each, in the same run."""
    with (
        tempfile.TemporaryDirectory(prefix="goodcop-bench-") as folder,
        postgres(Path(folder)) as url,
    ):
        plain = url.replace("+psycopg", "")
        database = Database(plain, Vault(("bench",)))
        migrate.upgrade(database.engine)
        rounds = [_round(database, plain, items, clients) for _ in range(ROUNDS)]
        database.close()
    ours: float = min(ours for ours, _ in rounds)
    raw: float = min(raw for _, raw in rounds)
    print(f"first run: ours {ours * 1000:.0f} ms, raw {raw * 1000:.0f} ms")
    return ours / raw


def _round(database: Database, uri: str, items: int, clients: int) -> tuple[float, float]:
    """Return the seconds of our first run, and of the raw one with the very rows it wrote."""
    workspace_id = write_books(database, items=items, clients=clients, overdue=0.75, active=False)
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("ANALYZE")
    start = time.perf_counter()
    AlertService(database).activate(system(workspace_id), today=TODAY, now=NOW)
    ours = time.perf_counter() - start
    with psycopg.connect(uri) as connection:
        written = {table: _take(connection, table, workspace_id) for table in WRITTEN}
        connection.commit()
        day = TODAY.toordinal()
        start = time.perf_counter()
        connection.execute(SUMS, (day, day, workspace_id)).fetchall()
        for table, rows in written.items():
            _give(connection, table, rows)
        connection.commit()
        raw = time.perf_counter() - start
    return ours, raw


def _take(connection: psycopg.Connection[Any], table: str, workspace_id: int) -> bytes:
    """Read the rows as COPY text, and delete them."""
    with connection.cursor() as cursor:
        asked = f"COPY (SELECT * FROM {table} WHERE workspace_id = {workspace_id}) TO STDOUT"
        with cursor.copy(asked.encode()) as copy:
            text = b"".join(bytes(block) for block in copy)
    connection.execute("SET session_replication_role = replica")
    connection.execute(f"DELETE FROM {table} WHERE workspace_id = {workspace_id}".encode())
    connection.execute("SET session_replication_role = DEFAULT")
    return text


def _give(connection: psycopg.Connection[Any], table: str, text: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
        copy.write(text)


if __name__ == "__main__":
    print(f"{measure_first_run():.2f} x the raw statements (at most 3)")
