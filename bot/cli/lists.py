"""`goodcop prospects` and `export`: a list rated at once; risk and invoices as files."""

import argparse
import sys
from collections.abc import Callable
from functools import partial

from bot.cli.opening import Opened, addresses, opened, read_settings
from bot.cli.printing import say, say_json, table
from bot.domain.money import Money
from bot.services.dunning.receivables_export import ReceivablesExportService
from bot.services.items.factor_export import FactorExportService
from bot.services.journal.service import JournalService
from bot.services.solvency.open_data import open_data
from bot.services.solvency.prospect_report import Prospect, ProspectReport
from bot.services.solvency.prospects import ProspectService
from bot.services.solvency.risk_export import RiskExportService
from storage.unit_of_work import Database

_Export = RiskExportService | FactorExportService | JournalService | ReceivablesExportService
_EXPORTS: dict[str, Callable[[Database], _Export]] = {
    "risk": RiskExportService,
    "factor": FactorExportService,
    "journal": JournalService,
}
_PRIORITIES = ("-", "high", "medium", "low")


def run_prospects(arguments: argparse.Namespace) -> int:
    """Rate a list of prospects; exit 1 when a line was refused or is a choice to make."""
    with opened(arguments) as goodcop:
        sources = partial(open_data, addresses(read_settings()))
        service = ProspectService(goodcop.database, goodcop.clock, sources)
        report = service.rate_file(
            goodcop.workspace_id, arguments.files[0], today=goodcop.today, progress=_progress
        )
    if arguments.json:
        say_json(report.as_json())
    else:
        say(*_lines(report))
    return 0 if report.is_whole else 1


def run_export(arguments: argparse.Namespace) -> int:
    """Write what was asked as CSV, to a file or to what follows in a pipe."""
    with opened(arguments) as goodcop:
        service = _export(arguments.what, goodcop)
        place, today, separator = goodcop.workspace_id, goodcop.today, arguments.separator
        if arguments.output is None:
            sys.stdout.write(service.text(place, today=today, separator=separator))
            return 0
        count = service.write(place, arguments.output, today=today, separator=separator)
        left_out = {}
        if isinstance(service, FactorExportService):
            left_out = service.left_out(place, today=today)
    if arguments.json:
        said = {"file": str(arguments.output), "rows": count}
        say_json(said | {"left_out": left_out} if left_out else said)
    else:
        say(f"{arguments.output}: {count} lines, UTF-8.")
        say(*(f"  not in it: {n}, {reason}" for reason, n in left_out.items()))
    return 0


def _export(what: str, goodcop: Opened) -> _Export:
    if what == "receivables":
        return ReceivablesExportService(goodcop.database, goodcop.clock)
    return _EXPORTS[what](goodcop.database)


def _progress(done: int, count: int) -> None:
    """Show how far a list is, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {count}" + ("\n" if done == count else ""))
        sys.stderr.flush()


def _lines(report: ProspectReport) -> list[str]:
    lines = table(_row(one) for one in report.prospects)
    lines += report.to_mend()
    return lines or ["The list is empty."]


def _row(one: Prospect) -> tuple[str, ...]:
    rated = one.rated
    limit = f"{Money(rated.limit_minor, rated.currency).amount:,} {rated.currency}"
    priority = _PRIORITIES[rated.priority]
    return rated.siren, rated.rating, rated.verdict, limit, priority, one.owner or "-", rated.name
