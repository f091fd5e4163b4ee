"""`goodcop solvency`, `watch`, `claim`, `insurers`: may we sell, and what is said of them."""

import argparse
import asyncio

from bot.cli.files import report_lines
from bot.cli.opening import Opened, addresses, opened, read_settings
from bot.cli.printing import say, say_csv, say_json, table
from bot.domain.actors import system
from bot.domain.money import Money
from bot.services.lookups.names import Names
from bot.services.solvency.answer_json import answer_json
from bot.services.solvency.claims import (
    CLAIM_COLUMNS,
    Claim,
    ClaimService,
    claim_json,
    claim_rows,
)
from bot.services.solvency.company_files import CompanyFileService
from bot.services.solvency.gathering import Gatherer
from bot.services.solvency.open_data import open_data
from bot.services.solvency.service import Answer, Asked, SolvencyService


def run_solvency(arguments: argparse.Namespace) -> int:
    """Answer whether a company can be sold to; homonyms are listed, never guessed."""
    text = f"{arguments.query} {arguments.order}" if arguments.order else arguments.query
    with opened(arguments) as goodcop:
        answer = answer_json(asyncio.run(_ask(goodcop, text)))
    if arguments.json:
        say_json(answer)
    elif "choices" in answer:
        say("Several companies, or none, look like that:")
        say(*table((c["name"], c["siren"] or "", c["town"]) for c in answer["choices"]))
    else:
        say(*_lines(answer))
    return 1 if "choices" in answer else 0


def run_insurers(arguments: argparse.Namespace) -> int:
    """Import an insurer's, an agency's or a shareholders' file."""
    with opened(arguments) as goodcop:
        path = arguments.files[0]
        service = CompanyFileService(goodcop.database, goodcop.clock)
        report = service.import_file(goodcop.workspace_id, path, today=goodcop.today)
    if arguments.json:
        say_json(report.as_json())
    else:
        say(*report_lines(path.name, report))
    return 1 if report.rejected else 0


def run_watch(arguments: argparse.Namespace) -> int:
    """Ask BODACC for the days since the last run; exit 1 when a source did not answer."""
    from bot.core import core_on

    with opened(arguments) as goodcop:
        where = addresses(read_settings())
        core = core_on(goodcop.database, goodcop.clock, where)
        report = core.watch(goodcop.workspace_id, goodcop.today)
    if arguments.json:
        say_json(report.to_document())
    else:
        say(
            f"{report.followed} companies followed: {len(report.days)} days asked for, "
            f"{len(report.read)} companies read, {len(report.events)} notices, "
            f"{report.asked} to decide."
        )
        if report.failed:
            say(f"BODACC did not answer ({report.failed}): the next run goes on from there.")
    return 1 if report.failed else 0


def run_claim(arguments: argparse.Namespace) -> int:
    """Show what to declare in a client's proceeding, item by item."""
    with opened(arguments) as goodcop:
        service = ClaimService(goodcop.database, goodcop.clock, Names())
        claim = service.claim(system(goodcop.workspace_id), arguments.query, today=goodcop.today)
    if arguments.csv:
        say_csv(CLAIM_COLUMNS, claim_rows(claim))
    elif arguments.json:
        say_json(claim_json(claim))
    else:
        say(f"{claim.name} ({claim.siren})", *_claim_lines(claim))
    return 0


def _claim_lines(claim: Claim) -> list[str]:
    lines = []
    for sheet in claim.sheets:
        interest = sheet.interest_minor

        def amount(minor: int, currency: str = sheet.currency) -> str:
            return f"{Money(minor, currency).amount:,} {currency}"

        lines += [
            f"  declare by {sheet.deadline}, goods under retention of title by "
            f"{sheet.retention_deadline}",
            f"  principal {amount(sheet.principal_minor)}: due {amount(sheet.due_minor)}, "
            f"not due {amount(sheet.not_due_minor)}",
            f"  interest to {sheet.opened_on}: "
            f"{'rate not known yet' if interest is None else amount(interest)}, "
            f"fees {amount(sheet.fee_minor)}",
        ]
    rows = (
        (row["number"], row["due_on"], row["side"], str(row["principal_minor"]))
        for row in claim_rows(claim)
    )
    return lines + [f"    {line}" for line in table(rows)]


async def _ask(goodcop: Opened, text: str) -> Answer:
    """Ask every source, and wait for the late ones: a script wants the whole answer."""
    sources = open_data(addresses(read_settings()))
    gatherer = Gatherer(sources, goodcop.clock)
    service = SolvencyService(goodcop.database, goodcop.clock, Names(), gatherer)
    try:
        found = service.answer(system(goodcop.workspace_id), text, today=goodcop.today)
        if not isinstance(found, Asked):
            return found
        answered = await service.ask(system(goodcop.workspace_id), found)
        return await answered.completed if answered.completed else answered.view
    finally:
        await service.settle()
        await sources.close()


def _lines(answer: dict[str, object]) -> list[str]:
    currency = str(answer["currency"])

    def amount(key: str) -> str:
        return f"{Money(int(str(answer[key])), currency).amount:,} {currency}"

    lines = [
        f"{answer['name']} ({answer['siren']}), {answer['state']}",
        f"  verdict {answer['verdict']}, rating {answer['rating']}, "
        f"confidence {answer['confidence']} %",
        f"  terms {answer['terms_days']} days, limit {amount('limit_minor')}, "
        f"highest order {amount('max_order_minor')}",
    ]
    factors = answer["factors"]
    assert isinstance(factors, list)  # noqa: S101 — the shape of our own document
    rows = ((f["name"], str(f["value"]), str(f["points"]), f["source"]) for f in factors)
    return lines + [f"    {line}" for line in table(rows)]
