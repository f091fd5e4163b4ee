"""Nightly planning of steps over a million open items, 1 % of them due a step, against one sum.

`python -m benchmarks.step_planning [ITEMS]`: ITEMS (1,000,000) open items, ten a client. The anchor
is one aggregate grouped by client over all of them, in the same run, on the same file. A morning
like any other is measured: the plan of every client is known, the clients whose day has come are
read, judged and written. A run that reads everybody (the first, one after a client
file or new rules) is printed beside.
"""

import argparse
import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.scan import RAW, best, met, sqlite_books
from benchmarks.scan_books import NOW, TODAY
from bot.domain.dunning.planning import Outcome
from bot.services.dunning.judging import candidates, judge, read_planning_rules
from bot.services.dunning.service import DunningService
from storage.unit_of_work import Database
from storage.vault import Vault

ROUNDS = 5
SHARE = 100  # one client in a hundred
_LATER = TODAY + timedelta(days=9)


def main() -> None:
    """Measure, print each ratio and whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="?", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "steps.sqlite3"
        database, workspace_id = sqlite_books(path, asked.items)
        database.close()
        _write_contacts(path, workspace_id)
        whole = best(lambda: _plan(path, workspace_id), 1)
        due = _make_due(path, workspace_id)
        sums = best(lambda: _sums(path, workspace_id), ROUNDS)
        decided = _decide(path, workspace_id, due)
        written = _write(path, workspace_id)
    print(f"{asked.items:,} items, {due:,} clients due a step: one sum {sums * 1000:.0f} ms")
    say("select and decide", decided, sums, 0.3)
    say("with the steps written", written, sums, 1.0)
    print(
        f"every client, as after a client file or new rules: {whole:.1f} s ({whole / sums:.1f} x)"
    )


def say(what: str, took: float, anchor: float, most: float) -> None:
    """Print one result beside its goal."""
    ratio = took / anchor
    print(f"{what}: {took * 1000:.0f} ms, {ratio:.2f} x (at most {most}): {met(ratio, most)}")


def _open(path: Path) -> Database:
    return Database(f"sqlite:///{path}", Vault(("bench",)))


def _sums(path: Path, workspace_id: int) -> None:
    connection = sqlite3.connect(path)
    day = TODAY.toordinal()
    connection.execute(RAW, (day, day, workspace_id)).fetchall()
    connection.close()


def _plan(path: Path, workspace_id: int) -> None:
    """Plan once, as the first run after an import does: every client is read and kept."""
    database = _open(path)
    service = DunningService(database, lambda: NOW)
    service.plan(workspace_id, today=TODAY - timedelta(days=1), now=NOW - timedelta(days=1))
    database.close()


def _write_contacts(path: Path, workspace_id: int) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO contact (workspace_id, id, client_id, key, function, name_sealed,"
            " phone_sealed, email_sealed, language, do_not_contact)"
            " SELECT workspace_id, id, id, 'accounts:1', 'accounts', '', '', 'sealed', 'fr', 0"
            " FROM client WHERE workspace_id = ?",
            (workspace_id,),
        )
    connection.close()


def _make_due(path: Path, workspace_id: int) -> int:
    """Leave one client in a hundred whose first step falls today; the others wait; return them."""
    today, later = TODAY.toordinal(), _LATER.toordinal()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM step")
        connection.execute(
            "UPDATE next_step SET look_on = CASE WHEN client_id IN"
            " (SELECT client_id FROM (SELECT client_id, ROW_NUMBER() OVER (ORDER BY client_id)"
            " AS rank FROM next_step WHERE step_key <> '') WHERE rank % ? = 0)"
            " THEN ? ELSE ? END",
            (SHARE, today, later),
        )
        found = connection.execute("SELECT COUNT(*) FROM next_step WHERE look_on <= ?", (today,))
        count = int(found.fetchone()[0])
    connection.execute("ANALYZE")
    connection.close()
    return count


def _decide(path: Path, workspace_id: int, due: int) -> float:
    """Return the time of reading and judging those whose day has come."""
    database = _open(path)

    def decide() -> None:
        with database.read() as uow:
            rules = read_planning_rules(uow, workspace_id=workspace_id, today=TODAY, now=NOW)
            ids = candidates(uow, rules, everything=False)
            steps = sum(one.plan.outcome is Outcome.DUE for one in judge(uow, rules, ids))
        # A handful are found to owe no step yet: they are read and judged all the same.
        assert len(ids) == due, (len(ids), due)
        assert steps >= 0.99 * due, (steps, due)

    took = best(decide, ROUNDS)
    database.close()
    return took


def _write(path: Path, workspace_id: int) -> float:
    """Return the time of a planning with its writes, undone after each round."""
    database = _open(path)
    service = DunningService(database, lambda: NOW)

    times = []
    for _ in range(ROUNDS):
        with database.engine.begin() as connection:
            kept = connection.execute(text("SELECT * FROM step_planning")).one()
            connection.execute(text("CREATE TABLE aside AS SELECT * FROM next_step"))
        times.append(best(lambda: service.plan(workspace_id, today=TODAY, now=NOW), 1))
        with database.engine.begin() as connection:
            connection.execute(text("DELETE FROM step"))
            connection.execute(text("DELETE FROM next_step"))
            connection.execute(text("INSERT INTO next_step SELECT * FROM aside"))
            connection.execute(text("DROP TABLE aside"))
            connection.execute(
                text("UPDATE step_planning SET planned_on = :on, planned_at = :at"),
                {"on": kept.planned_on, "at": kept.planned_at},
            )
    database.close()
    return sorted(times)[ROUNDS // 2]


if __name__ == "__main__":
    main()
