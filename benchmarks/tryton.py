"""Goals 3 and 7: the next morning, and one client's account, against Tryton 8.2 on PostgreSQL.

Run `python -m benchmarks.tryton PYTHON_WITH_TRYTON [LINES]` (10,000 open lines by default, of which
Tryton's posting and first mornings take four minutes or more). `make bench-tryton` prepares that
Python. Both sides use one PostgreSQL server.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.balance_lookup import compare, timed
from benchmarks.lookup_books import fill, open_database, postgres
from benchmarks.scan_books import NOW, TODAY, write_books
from bot.domain.actors import system
from bot.services.alerts.service import AlertService
from storage import lookups
from storage.unit_of_work import Database

NAME = "tryton_bench"
SETTLING, ROUNDS, READS = 10, 5, 300
MORNING_LEAST, READ_LEAST = 200.0, 100.0


def tryton_figures(python: str, url: str, folder: Path, lines: int) -> dict[str, float]:
    """Make Tryton's database and run its side; return its figures in seconds."""
    plain = url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {NAME} ENCODING 'UTF8' TEMPLATE template0".encode())
    password = folder / "password"
    password.write_text("bench-Tryton-8.2-only")
    environment = os.environ | {
        "TRYTOND_DATABASE_URI": plain.replace("/postgres?", "/?"),
        "TRYTONPASSFILE": str(password),
        "PYTHONWARNINGS": "ignore",
    }
    admin = str(Path(python).with_name("trytond-admin"))
    modules = ["-u", "account_dunning", "--activate-dependencies"]
    command = [admin, "-d", NAME, *modules, "--email", "a@example.org"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    side = [python, "-m", "benchmarks.tryton_side", NAME, str(lines)]
    said = subprocess.run(side, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    return figures


def morning(database: Database, lines: int) -> float:
    """Return the best seconds of a steady morning of ours, its alerts written.

    The mornings before it let out the backlog of the activation, so many a day in a channel.
    """
    workspace_id = write_books(database, items=lines, clients=max(1, lines // 10), active=False)
    alerts = AlertService(database)
    alerts.activate(system(workspace_id), today=TODAY, now=NOW)
    took = []
    for days in range(1, SETTLING + ROUNDS + 1):
        later = timedelta(days=days)
        start = time.perf_counter()
        today, now = TODAY + later, NOW + later
        alerts.scan(workspace_id, today=today, now=now, everything=False, lines=False)
        took.append(time.perf_counter() - start)
    return min(took[SETTLING:])


def reads(database: Database, raw: Any, lines: int) -> tuple[float, float, float]:
    """Return median seconds: a whole `/balance` lookup, its balances alone, its statements raw."""
    whole, floor, _ = compare(database, raw, max(1, lines // 10), lines)
    workspace_id, client_ids = fill(database, max(1, lines // 10), lines)
    asked = random.Random(3).choices(client_ids, k=READS)
    alone = timed([partial(_balances, database, workspace_id, one) for one in asked])
    return whole, alone, floor


def _balances(database: Database, workspace_id: int, client_id: int) -> int:
    with database.read() as uow:
        of_client = {"workspace_id": workspace_id, "client_id": client_id}
        found = lookups.list_balances(uow.session, **of_client, today=TODAY)
        uow.commit()
    return len(found)


def _raw(url: str) -> Any:
    """Return a kept connection of the driver: no lookup is quicker than its own statements."""
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def say(words: str, theirs: float, ours: float, least: float) -> bool:
    """Print how many times faster ours is; return whether that is enough."""
    faster = theirs / ours
    met = faster >= least
    print(
        f"{words}: Tryton {theirs * 1e3:.1f} ms, ours {ours * 1e3:.3f} ms: {faster:.0f}x faster,"
        f" at least {least:.0f}x: {'met' if met else 'NOT MET'}"
    )
    return met


def main() -> int:
    """Measure Tryton once, and ours on both engines."""
    python, lines = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    met = True
    with (
        tempfile.TemporaryDirectory(prefix="goodcop-bench-") as name,
        postgres(Path(name)) as url,
    ):
        folder = Path(name)
        theirs = tryton_figures(python, url, folder, lines)
        print(
            f"Tryton, {lines:,} lines: posted in {theirs['created']:.1f} s,"
            f" {theirs['moved']:.0f} dunnings made or moved next morning"
        )
        for label, ours in (
            ("SQLite", f"sqlite:///{folder / 'ours.sqlite3'}"),
            ("PostgreSQL", url),
        ):
            database = open_database(ours)
            took = morning(database, lines)
            met &= say(f"goal 3, {label}, next morning", theirs["morning"], took, MORNING_LEAST)
            with closing(_raw(ours)) as raw:
                whole, alone, floor = reads(database, raw, lines)
            met &= say(f"goal 7, {label}, whole lookup", theirs["read"], whole, READ_LEAST)
            say(f"goal 7, {label}, balances alone", theirs["read"], alone, READ_LEAST)
            say(f"goal 7, {label}, its statements raw", theirs["read"], floor, READ_LEAST)
            database.close()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
