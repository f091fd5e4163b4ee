"""Tryton's side of goals 3 and 7, run by the Python that has Tryton 8.2 and never imported here.

`python -m benchmarks.tryton_side DATABASE LINES`, with TRYTOND_DATABASE_URI set and the database
made with its modules. Prints three figures in seconds, as JSON: creating and posting, the next
morning's `generate_dunnings`, and the median read of one party's receivable.
"""

import json
import statistics
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

TODAY = date(2026, 11, 24)
LEVELS = (8, 30, 45)
READS, SETTLING = 100, 4


def main() -> None:
    """Fill a company, let some mornings pass, time the next, then the reads."""
    name, lines = sys.argv[1], int(sys.argv[2])
    pools: Any = import_module("trytond.pool").Pool
    transactions: Any = import_module("trytond.transaction").Transaction
    pools.start()
    pools(name).init()
    with transactions().start(name, 0):
        [administrator] = pools(name).get("res.user").search([("login", "=", "admin")])
        user = administrator.id
    company, parties, created = _in_transaction(name, user, lines)
    context = {"company": company.id}
    dunnings = pools(name).get("account.dunning")
    for days in range(SETTLING, -1, -1):  # a dunning climbs one level a morning
        with transactions().start(name, user, context=context) as transaction:
            dunnings.generate_dunnings(TODAY - timedelta(days=days))
            dunnings.process(dunnings.search([("state", "=", "draft")]))
            transaction.commit()
    with transactions().start(name, user, context=context) as transaction:
        start = time.perf_counter()
        dunnings.generate_dunnings(TODAY + timedelta(days=1))
        transaction.commit()
        morning = time.perf_counter() - start
        moved = dunnings.search([("state", "=", "draft")], count=True)
    reads = []
    for party_id in (parties * READS)[:READS]:
        start = time.perf_counter()
        with transactions().start(name, user, context=context, readonly=True):
            str(pools().get("party.party")(party_id).receivable)
        reads.append(time.perf_counter() - start)
    found = {"created": created, "morning": morning, "read": statistics.median(reads)}
    print(json.dumps(found | {"moved": moved}))


def _in_transaction(name: str, user: int, lines: int) -> tuple[Any, list[int], float]:
    """Write the books, again with the tables locked that Tryton asks to lock beforehand."""
    module: Any = import_module("trytond.transaction")
    extras: dict[str, Any] = {}
    while True:
        with module.Transaction().start(name, user, **extras) as transaction:
            try:
                company = _company()
                parties, created = _books(import_module("trytond.pool").Pool(), company, lines)
                transaction.commit()
                return company, parties, created
            except module.TransactionError as wanted:
                transaction.rollback()
                wanted.fix(extras)


def _company() -> Any:
    """Make a company with a chart of accounts and its fiscal year; the user belongs to it."""
    company = import_module("trytond.modules.company.tests").create_company()
    accounts = import_module("trytond.modules.account.tests")
    users = import_module("trytond.pool").Pool().get("res.user")
    user = import_module("trytond.transaction").Transaction().user
    users.write([users(user)], {"companies": [("add", [company.id])], "company": company.id})
    with import_module("trytond.transaction").Transaction().set_context(company=company.id):
        accounts.create_chart(company)
        year = accounts.get_fiscalyear(company, today=TODAY)
        year.save()
        type(year).create_period([year])
    return company


def _books(pool: Any, company: Any, lines: int) -> tuple[list[int], float]:
    """Post one invoice entry per line, ten to a party; return the parties and the seconds."""
    with import_module("trytond.transaction").Transaction().set_context(company=company.id):
        ages = [{"overdue": timedelta(days), "sequence": days} for days in LEVELS]
        procedures, parties = pool.get("account.dunning.procedure"), pool.get("party.party")
        [procedure] = procedures.create([{"name": "P", "levels": [("create", ages)]}])
        wanted = [
            {"name": f"Client {place}", "dunning_procedure": procedure.id}
            for place in range(max(1, lines // 10))
        ]
        ids = [party.id for party in parties.create(wanted)]
        entries = pool.get("account.move")
        values = _entries(pool, ids, lines)
        start = time.perf_counter()
        for place in range(0, lines, 1_000):
            entries.post(entries.create(values[place : place + 1_000]))
        return ids, time.perf_counter() - start


def _entries(pool: Any, parties: list[int], lines: int) -> list[dict[str, Any]]:
    accounts = pool.get("account.account")
    [receivable] = accounts.search(
        [("type.receivable", "=", True), ("closed", "!=", True)], limit=1
    )
    [revenue] = accounts.search([("type.revenue", "=", True), ("closed", "!=", True)], limit=1)
    [journal] = pool.get("account.journal").search([("code", "=", "REV")])
    on = TODAY - timedelta(days=120)
    [period] = pool.get("account.period").search(
        [("start_date", "<=", on), ("end_date", ">=", on)], limit=1
    )
    entry = {"period": period.id, "journal": journal.id, "date": on}
    amount = Decimal("100.00")
    return [
        {
            **entry,
            "lines": [
                (
                    "create",
                    [
                        {"account": revenue.id, "credit": amount, "debit": Decimal(0)},
                        {
                            "account": receivable.id,
                            "debit": amount,
                            "credit": Decimal(0),
                            "party": parties[place % len(parties)],
                            # -60 to +120 days: the same spread as our books
                            "maturity_date": TODAY + timedelta(days=60 - place * 7 % 181),
                        },
                    ],
                )
            ],
        }
        for place in range(lines)
    ]


if __name__ == "__main__":
    main()
