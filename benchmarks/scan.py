"""Goals 1, 2, 4, 21 and the first alert run, each against its anchor in the same run.

`python -m benchmarks.scan [ITEMS] [--most MOST] [--no-postgres]`: ITEMS (100,000) for goals 1 and
2, MOST (1,000,000) for the growth and the memory; smaller numbers make a quick run.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.scan_books import NOW, TODAY, write_books
from bot.services.alerts.judging import judge_clients, read_rules
from bot.services.alerts.service import AlertService, candidates
from storage import migrate, scan_settings
from storage.unit_of_work import Database
from storage.vault import Vault

ROUNDS = 5
RAW = """
SELECT client_id, SUM(open_minor),
       SUM(CASE WHEN open_minor < 0 THEN open_minor ELSE 0 END),
       SUM(CASE WHEN open_minor > 0 AND due_on < ? THEN open_minor ELSE 0 END),
       MIN(CASE WHEN open_minor >= 1000 AND due_on < ? THEN due_on END)
FROM open_item INDEXED BY ix_open_item_open
WHERE workspace_id = ? AND open_minor <> 0 GROUP BY client_id, currency
"""


def main() -> None:
    """Measure, print each ratio and whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="?", type=int, default=100_000)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--memory", nargs=2, metavar=("PATH", "WORKSPACE"))
    parser.add_argument("--no-postgres", action="store_true")
    asked = parser.parse_args()
    if asked.memory:
        print(scan_memory(asked.memory[0], int(asked.memory[1])))
        return
    with tempfile.TemporaryDirectory() as folder:
        small = max(1000, asked.items // 10)
        base = measure_scan(Path(folder) / "small.sqlite3", small)
        full = measure_scan(Path(folder) / "full.sqlite3", asked.items)
        say("1", "full scan / raw aggregate", full[0] / full[1], 2.0)
        say("2", "steady morning / full scan", full[2] / full[0], 0.10)
        path = Path(folder) / "most.sqlite3"
        database, workspace_id = sqlite_books(path, asked.most)
        most = best(lambda: judge_all(database, workspace_id), 3)
        growth = (most / asked.most) / (base[0] / small)
        say("4", f"time per item, {asked.most:,} / {small:,} items", growth, 1.5)
        database.close()
        say("21", "MiB of the scan over the process", memory_of(path, workspace_id), 40.0)
    if not asked.no_postgres:
        from benchmarks.first_run import measure_first_run

        say("first run", "20,000 items / raw sums and COPY", measure_first_run(), 3.0)


def say(goal: str, what: str, value: float, most: float) -> None:
    """Print one result."""
    print(f"goal {goal}: {what}: {value:.3f} (at most {most}): {met(value, most)}")


def met(value: float, most: float) -> str:
    """Return the verdict."""
    return "met" if value <= most else "NOT MET"


def best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of `run`, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return median(times)


def sqlite_books(path: Path, items: int) -> tuple[Database, int]:
    """Return a migrated SQLite database with that many items, ten a client."""
    database = Database(f"sqlite:///{path}", Vault(("bench",)))
    migrate.upgrade(database.engine)
    return database, write_books(database, items=items, clients=max(1, items // 10))


def measure_scan(path: Path, items: int) -> tuple[float, float, float]:
    """Return the seconds of our full scan, of the raw aggregate, and of a steady morning."""
    database, workspace_id = sqlite_books(path, items)
    full = best(lambda: judge_all(database, workspace_id))
    raw_connection = sqlite3.connect(path)
    day = TODAY.toordinal()
    raw = best(lambda: raw_connection.execute(RAW, (day, day, workspace_id)).fetchall())
    raw_connection.close()
    with database.write() as uow:
        yesterday = TODAY - timedelta(days=1)
        scan_settings.mark_scanned(
            uow.session, workspace_id=workspace_id, today=yesterday, now=NOW - timedelta(days=1)
        )
        uow.commit()
    steady = best(lambda: judge_crossing(database, workspace_id))
    print(
        f"{items:,} items: full {full * 1000:.1f} ms, raw {raw * 1000:.1f} ms, "
        f"steady {steady * 1000:.1f} ms"
    )
    database.close()
    return full, raw, steady


def judge_all(database: Database, workspace_id: int) -> int:
    """Judge every client, writing nothing; return how many changes it would make."""
    with database.read() as uow:
        rules = read_rules(uow, workspace_id=workspace_id, today=TODAY, now=NOW)
        return sum(bool(one.decision.changes) for one in judge_clients(uow, rules, None))


def judge_crossing(database: Database, workspace_id: int) -> int:
    """Judge only who crosses a line today."""
    with database.read() as uow:
        rules = read_rules(uow, workspace_id=workspace_id, today=TODAY, now=NOW)
        ids = candidates(uow, rules, everything=False)
        return sum(bool(one.decision.changes) for one in judge_clients(uow, rules, ids))


def memory_of(path: Path, workspace_id: int) -> float:
    """Return the MiB a scan adds, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scan", "--memory", str(path), str(workspace_id)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def scan_memory(path: str, workspace_id: int) -> float:
    """Scan, and return how much the process's peak rose, in MiB."""
    database = Database(f"sqlite:///{path}", Vault(("bench",)))
    AlertService(database)
    before = peak_mib()
    judge_all(database, workspace_id)
    return peak_mib() - before


def peak_mib() -> float:
    """Return this process's own peak (ru_maxrss would carry its parent's over)."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
