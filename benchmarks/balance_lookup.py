"""Goals 5 and 6: all the reads of `/balance`, session included, against the same statements raw.

Run `python -m benchmarks.balance_lookup [CLIENTS [ITEMS]]` (10,000 and 100,000 by default). The
anchor replays the very statements and values on one kept sqlite3 or psycopg connection.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.lookup_books import TODAY, fill, open_database, postgres
from bot.domain.actors import system
from bot.services.lookups.payers import Payers
from bot.services.lookups.said import read_said
from storage import lookups, names
from storage.prepared import Prepared
from storage.sessions import Session
from storage.unit_of_work import Database

MOST_SQLITE, MOST_POSTGRES = 4.0, 2.5
LOOKUPS, ROUNDS = 400, 3
Replay = list[tuple[str, Any]]
PAYERS = Payers()


def look_up(database: Database, workspace_id: int, client_id: int) -> int:
    """Read everything that a balance shows; return how many rows came."""
    of_client = {"workspace_id": workspace_id, "client_id": client_id}
    with database.read() as uow:
        session = uow.session
        settings = names.find_settings(session, workspace_id=workspace_id)
        account = lookups.find_account(session, **of_client)
        if account is None or settings is None:
            raise LookupError(client_id)
        balances = lookups.list_balances(session, **of_client, today=TODAY)
        items = lookups.list_open_items(session, **of_client, most=50)
        said = read_said(session, workspace_id, account)
        by = system(workspace_id)
        PAYERS.profile_of(session, by, settings, account, balances, items, TODAY)
    read: tuple[Sequence[Any], ...] = (balances, items, *said)
    return sum(len(rows) for rows in read)


def record(database: Database, workspace_id: int, client_ids: list[int]) -> list[Replay]:
    """Return the statements and values of each lookup, as the driver was given them."""
    seen: Replay = []
    ordinary = Prepared.rows

    def noted(statement: Prepared, session: Session, **values: Any) -> list[Any]:
        seen.append(statement.bound(session.connection().dialect, values))
        return ordinary(statement, session, **values)

    Prepared.rows = noted  # type: ignore[method-assign, assignment]
    recorded = []
    for client_id in client_ids:
        seen.clear()
        look_up(database, workspace_id, client_id)
        recorded.append(list(seen))
    Prepared.rows = ordinary  # type: ignore[method-assign]
    return recorded


def timed(calls: Sequence[Callable[[], object]]) -> float:
    """Return the median seconds of a call."""
    took = []
    for call in calls:
        start = time.perf_counter()
        call()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def compare(database: Database, raw: Any, clients: int, items: int) -> tuple[float, float, int]:
    """Return our median and the raw one over the best of some interleaved rounds."""
    workspace_id, client_ids = fill(database, clients, items)
    asked = random.Random(3).sample(client_ids, min(LOOKUPS, clients))
    recorded = record(database, workspace_id, asked)

    def replay(statements: Replay) -> None:
        for statement, values in statements:
            raw.execute(statement, values).fetchall()

    ours, floor = [], []
    for _ in range(ROUNDS):
        floor.append(timed([partial(replay, one) for one in recorded]))
        ours.append(timed([partial(look_up, database, workspace_id, one) for one in asked]))
    return min(ours), min(floor), max(map(len, recorded))


def report(goal: str, ours: float, floor: float, statements: int, most: float) -> bool:
    """Print one line; return whether the goal is met."""
    ratio = ours / floor
    met = "met" if ratio <= most else "NOT MET"
    print(
        f"{goal}: {ours * 1e3:.2f} ms against {floor * 1e3:.2f} ms raw"
        f" (at most {statements} statements): {ratio:.2f}x, at most {most}x: {met}"
    )
    return ratio <= most


def main() -> int:
    """Measure both engines."""
    sizes = [int(word) for word in sys.argv[1:]] or [10_000, 100_000]
    clients, items = sizes[0], sizes[1] if len(sizes) > 1 else sizes[0] * 10
    with tempfile.TemporaryDirectory(prefix="goodcop-bench-") as folder:
        path = Path(folder) / "books.sqlite3"
        database = open_database(f"sqlite:///{path}")
        kept = sqlite3.connect(path, isolation_level=None)
        met = report("goal 5, SQLite", *compare(database, kept, clients, items), MOST_SQLITE)
        kept.close()
        database.close()
        with postgres(Path(folder)) as url:
            database = open_database(url)
            plain = url.replace("+psycopg", "")
            with psycopg.connect(plain, autocommit=True) as link:
                found = compare(database, link, clients, items)
                met &= report("goal 6, PostgreSQL", *found, MOST_POSTGRES)
            database.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
