"""Nightly planning of steps over a million open items, 1 % of them due a step, against one sum.

`python -m benchmarks.step_planning [ITEMS] [--no-postgres]`: ITEMS (1,000,000) open items, ten a
client, on SQLite, then on PostgreSQL where there is one. The anchor is one aggregate grouped by
client over all of them, in the same run, on the same books. A morning like any other is measured:
the plan of every client is known, the clients whose day has come are read, judged and written. A
run that reads everybody (the first, one after a client file or new rules) is printed beside.
"""

import argparse
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.a_server import a_postgres
from benchmarks.scan import RAW, best, met
from benchmarks.scan_books import NOW, TODAY, write_books
from bot.domain.dunning.planning import Outcome
from bot.services.dunning.judging import candidates, judge, read_planning_rules
from bot.services.dunning.service import DunningService
from storage import migrate
from storage.unit_of_work import Database
from storage.vault import Vault

ROUNDS = 5
SHARE = 100  # one client in a hundred
_LATER = TODAY + timedelta(days=9)


def main() -> None:
    """Measure on each engine, print each ratio and whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--no-postgres", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{Path(folder) / 'steps.sqlite3'}", asked.items)
    if not asked.no_postgres:
        with a_postgres("") as address:
            if address is not None:
                measure(address, asked.items)


def measure(address: str, items: int) -> None:
    """Measure on one engine."""
    database = Database(address, Vault(("bench",)))
    migrate.upgrade(database.engine)
    workspace_id = write_books(database, items=items, clients=max(1, items // 10))
    _write_contacts(database, workspace_id)
    whole = best(lambda: _plan(database, workspace_id), 1)
    due = _make_due(database)
    sums = best(lambda: _sums(database, workspace_id), ROUNDS)
    decided = _decide(database, workspace_id, due)
    written = _write(database, workspace_id)
    database.close()
    print(
        f"{database.engine.name}: {items:,} items, {due:,} clients due a step:"
        f" one sum {sums * 1000:.0f} ms"
    )
    say("select and decide", decided, sums, 0.3)
    say("with the steps written", written, sums, 1.0)
    print(
        f"every client, as after a client file or new rules: {whole:.1f} s ({whole / sums:.1f} x)"
    )


def say(what: str, took: float, anchor: float, most: float) -> None:
    """Print one result beside its goal."""
    ratio = took / anchor
    print(f"{what}: {took * 1000:.0f} ms, {ratio:.2f} x (at most {most}): {met(ratio, most)}")


def _sums(database: Database, workspace_id: int) -> None:
    """Read the sum by client through the driver, as bare as it can be."""
    day = TODAY.toordinal()
    on_sqlite = database.engine.name == "sqlite"
    raw = RAW if on_sqlite else RAW.replace("INDEXED BY ix_open_item_open", "").replace("?", "%s")
    with database.engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute(raw, (day, day, workspace_id))
        cursor.fetchall()


def _plan(database: Database, workspace_id: int) -> None:
    """Plan once, as the first run after an import does: every client is read and kept."""
    service = DunningService(database, lambda: NOW)
    service.plan(workspace_id, today=TODAY - timedelta(days=1), now=NOW - timedelta(days=1))


def _write_contacts(database: Database, workspace_id: int) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO contact (workspace_id, id, client_id, key, function, name_sealed,"
                " phone_sealed, email_sealed, language, do_not_contact)"
                " SELECT workspace_id, id, id, 'accounts:1', 'accounts', '', '', 'sealed', 'fr',"
                " false FROM client WHERE workspace_id = :workspace_id"
            ),
            {"workspace_id": workspace_id},
        )


def _make_due(database: Database) -> int:
    """Leave one client in a hundred whose first step falls today; the others wait; return them."""
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM step"))
        connection.execute(
            text(
                "UPDATE next_step SET look_on = CASE WHEN client_id IN"
                " (SELECT client_id FROM (SELECT client_id, ROW_NUMBER() OVER (ORDER BY client_id)"
                " AS rank FROM next_step WHERE step_key <> '') AS ranked WHERE rank % :share = 0)"
                " THEN :today ELSE :later END"
            ),
            {"share": SHARE, "today": TODAY.toordinal(), "later": _LATER.toordinal()},
        )
        count = connection.scalar(
            text("SELECT COUNT(*) FROM next_step WHERE look_on <= :today"),
            {"today": TODAY.toordinal()},
        )
        connection.execute(text("ANALYZE"))
    return int(count or 0)


def _decide(database: Database, workspace_id: int, due: int) -> float:
    """Return the time of reading and judging those whose day has come."""

    def decide() -> None:
        with database.read() as uow:
            rules = read_planning_rules(uow, workspace_id=workspace_id, today=TODAY, now=NOW)
            ids = candidates(uow, rules, everything=False)
            steps = sum(one.plan.outcome is Outcome.DUE for one in judge(uow, rules, ids))
        # A handful are found to owe no step yet: they are read and judged all the same.
        assert len(ids) == due, (len(ids), due)
        assert steps >= 0.99 * due, (steps, due)

    return best(decide, ROUNDS)


def _write(database: Database, workspace_id: int) -> float:
    """Return the time of a planning with its writes, undone after each round."""
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
    return sorted(times)[ROUNDS // 2]


if __name__ == "__main__":
    main()
