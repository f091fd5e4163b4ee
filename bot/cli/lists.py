"""`goodcop prospects` and `export`: a list rated at once, and every rating as a file."""

import argparse
import sys
from functools import partial

from bot.cli.opening import addresses, opened, read_settings
from bot.cli.printing import say, say_json, table
from bot.domain.money import Money
from bot.services.solvency.open_data import open_data
from bot.services.solvency.prospect_report import Prospect, ProspectReport
from bot.services.solvency.prospects import ProspectService
from bot.services.solvency.risk_export import RiskExportService

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
    """Write every company's risk as CSV, to a file or to what follows in a pipe."""
    with opened(arguments) as goodcop:
        service = RiskExportService(goodcop.database)
        place, today, separator = goodcop.workspace_id, goodcop.today, arguments.separator
        if arguments.output is None:
            sys.stdout.write(service.text(place, today=today, separator=separator))
            return 0
        count = service.write(place, arguments.output, today=today, separator=separator)
    if arguments.json:
        say_json({"file": str(arguments.output), "rows": count})
    else:
        say(f"{arguments.output}: {count} lines, UTF-8.")
    return 0


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
