"""`/solvency` with every source's answer kept: p99 in process against an empty stock command.

Run `python -m benchmarks.solvency [COMPANIES]` (300 by default). The books hold 10,000 clients with
ten items each; the anchor is an empty command of a stock AsyncApp, in the same run.
"""

import asyncio
import statistics
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.bolt_stage import (
    bind_team,
    empty_app,
    goodcop_app,
    install,
    open_bench_core,
    slack_stub,
)
from benchmarks.dispatch import EMPTY_REQUESTS, measure, p99, say
from benchmarks.lookup_books import fill, open_database
from bot.core import Core
from bot.domain.solvency.dossier import Accounts, Company, CompanyState, VatCheck
from bot.services.solvency.open_data import Addresses
from bot.services.solvency.shelf import AnswerShelf, Slot, kept_now
from bot.sources.companies import CompanyFile
from bot.sources.found import Found, known

NOWHERE = "http://127.0.0.1:9"


def keep_answers(core: Core, workspace_id: int, sirens: list[str]) -> None:
    """Keep an ordinary answer of every source for each company."""
    shelf, now = AnswerShelf(core.database, workspace_id), core.clock()
    accounts = tuple(
        Accounts(date(2025 - age, 12, 31), 2_000_000_00, 60_000_00, 30.0, 20.0, 140.0)
        for age in range(3)
    )
    for siren in sirens:
        company = Company(
            siren, "Made Up", CompanyState.ACTIVE, date(2010, 1, 1), legal_form="5499", town="Lyon"
        )
        found: dict[Slot, Found[Any]] = {
            Slot.COMPANIES: known(CompanyFile(company)),
            Slot.NOTICES: known(None),
            Slot.RATIOS: known(accounts),
            Slot.VIES: known(VatCheck.VALID),
        }
        shelf.save(
            kept_now(slot, siren, answer, now - timedelta(hours=1))
            for slot, answer in found.items()
        )


async def in_process(core: Core, sirens: list[str]) -> bool:
    """Measure the command's p50 and p99 beside the anchor's p50."""
    with slack_stub() as (api_url, _):
        app, desk = goodcop_app(core, api_url)
        stock = await measure(empty_app(at_once=False), [""] * EMPTY_REQUESTS)
        await measure(app, sirens[:20], command="/solvency", expect="blocks")
        took = await measure(app, sirens, command="/solvency", expect="blocks")
        await desk.finish()
    anchor = statistics.median(stock)
    told = f"p50 {statistics.median(took) * 1e3:.1f} ms, p99 {p99(took) * 1e3:.1f} ms"
    print(f"empty command {anchor * 1e3:.2f} ms; /solvency {told}")
    return say("solvency", "kept answers, p99", p99(took) / anchor, 1.5)


def main() -> int:
    """Measure on SQLite; the exit code says whether the goal is missed."""
    count = int(sys.argv[1]) if sys.argv[1:] else 300
    with tempfile.TemporaryDirectory(prefix="goodcop-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'books.sqlite3'}"
        database = open_database(url)
        workspace_id, _ = fill(database, 10_000, 100_000)
        bind_team(database, workspace_id)
        database.close()
        core = open_bench_core(url, Addresses(NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE))
        try:
            install(core)
            sirens = [str(100_000_000 + place) for place in range(count)]
            keep_answers(core, workspace_id, sirens)
            return 0 if asyncio.run(in_process(core, sirens)) else 1
        finally:
            core.close()


if __name__ == "__main__":
    sys.exit(main())
