"""`goodcop import`, `people` and `clients`: files into the books."""

import argparse
from pathlib import Path

from bot.cli.opening import Opened, opened
from bot.cli.printing import say, say_json
from bot.domain.actors import system
from bot.domain.errors import GoodcopError, InvalidInput
from bot.domain.money import Money
from bot.services.alerts.muting import MutingService
from bot.services.alerts.previews import PreviewService
from bot.services.bank.service import BankService
from bot.services.importing.service import ImportReport, ImportService
from bot.services.workspaces.absences import AbsenceService
from bot.services.workspaces.people import PeopleService


def run_import(arguments: argparse.Namespace) -> int:
    """Import each file, preview its columns, or undo the last import."""
    with opened(arguments) as goodcop:
        if arguments.undo:
            return _undo(goodcop, arguments)
        if not arguments.files:
            raise InvalidInput("Name at least one file to import.", code="usage")
        if arguments.preview:
            return _preview(goodcop, arguments)
        return _all(goodcop, arguments)


def run_people(arguments: argparse.Namespace) -> int:
    """Import a people file."""
    return _one_kind(arguments, "people")


def run_absence(arguments: argparse.Namespace) -> int:
    """Say who is away until when and who stands in, or that they are back."""
    with opened(arguments) as goodcop:
        found = PeopleService(goodcop.database, goodcop.clock)
        person = found.get_person(goodcop.workspace_id, arguments.person)
        stand_in = arguments.stand_in and found.get_person(goodcop.workspace_id, arguments.stand_in)
        AbsenceService(goodcop.database, goodcop.clock).set(
            system(goodcop.workspace_id),
            person.id,
            until=arguments.until,
            stand_in_id=stand_in.id if stand_in else None,
            today=goodcop.today,
        )
    until = arguments.until.isoformat() if arguments.until else None
    if arguments.json:
        say_json({"person": arguments.person, "until": until, "stand_in": arguments.stand_in})
    else:
        say(f"{arguments.person}: away until {until}." if until else f"{arguments.person}: back.")
    return 0


def run_clients(arguments: argparse.Namespace) -> int:
    """Import a client file, or keep one client out of alerts and put it back."""
    words = [str(path) for path in arguments.files]
    if words[0] in ("mute", "unmute") and len(words) == 2:
        return _mute(arguments, words[1], back=words[0] == "unmute")
    if len(words) > 1:
        raise InvalidInput("Name one file, or: mute CODE, unmute CODE.", code="usage")
    return _one_kind(arguments, "clients")


def _mute(arguments: argparse.Namespace, code: str, *, back: bool) -> int:
    with opened(arguments) as goodcop:
        actor, muting = system(goodcop.workspace_id), MutingService(goodcop.database, goodcop.clock)
        client_id = muting.find_by_code(actor, code)
        key = f"cli:{'unmute' if back else 'mute'}:{client_id}:{goodcop.clock().isoformat()}"
        if back:
            muting.unmute(actor, client_id, key=key, today=goodcop.today)
        else:
            muting.mute(
                actor,
                client_id,
                until=arguments.until,
                reason=arguments.reason,
                key=key,
                today=goodcop.today,
            )
    if arguments.json:
        say_json({"code": code, "muted_until": None if back else arguments.until.isoformat()})
    else:
        said = "raises alerts again" if back else f"raises no alert until {arguments.until}"
        say(f"{code} {said}; its amounts stay in every total.")
    return 0


def _one_kind(arguments: argparse.Namespace, kind: str) -> int:
    with opened(arguments) as goodcop:
        report = _imports(goodcop).import_file(
            goodcop.workspace_id, arguments.files[0], today=goodcop.today, kind=kind, by="cli"
        )
        return _tell([report], arguments)


def _all(goodcop: Opened, arguments: argparse.Namespace) -> int:
    reports: list[ImportReport] = []
    failure: GoodcopError | None = None
    for path in arguments.files:
        try:
            reports.append(_import(goodcop, arguments, path))
        except GoodcopError as refusal:
            if len(arguments.files) == 1:
                raise
            failure = refusal
            break
    if any(report.kind == "bank" for report in reports):
        seen = BankService(goodcop.database, goodcop.clock)
        seen.match(goodcop.workspace_id, goodcop.today)
    PreviewService(goodcop.database, goodcop.clock).tell_finance(goodcop.workspace_id)
    code = _tell(reports, arguments, several=len(arguments.files) > 1, failure=failure)
    return 1 if failure else code


def _import(goodcop: Opened, arguments: argparse.Namespace, path: Path) -> ImportReport:
    return _imports(goodcop).import_file(
        goodcop.workspace_id,
        path,
        today=goodcop.today,
        entity_siren=arguments.entity,
        as_of=arguments.as_of,
        force=arguments.force,
        mapping=_mapping(arguments.map),
        encoding=arguments.encoding,
        by="cli",
    )


def _imports(goodcop: Opened) -> ImportService:
    return ImportService(goodcop.database, goodcop.clock)


def _mapping(pairs: list[str]) -> dict[str, str] | None:
    if not pairs:
        return None
    parted = [pair.partition("=") for pair in pairs]
    if not all(name and header for name, _, header in parted):
        raise InvalidInput("--map takes COLUMN=HEADER.", code="usage")
    return {name.strip(): header.strip() for name, _, header in parted}


def _tell(
    reports: list[ImportReport],
    arguments: argparse.Namespace,
    *,
    several: bool = False,
    failure: GoodcopError | None = None,
) -> int:
    documents = [report.as_json() for report in reports]
    error = {"error": {"code": failure.code, "message": failure.message}} if failure else {}
    if arguments.json:
        say_json({"files": documents, **error} if several else documents[0])
    else:
        for path, report in zip(arguments.files, reports, strict=False):
            say(*report_lines(path.name, report))
        if failure:
            say(f"{arguments.files[len(reports)].name}: refused. {failure.message}")
    return 1 if any(report.rejected for report in reports) else 0


def report_lines(name: str, report: ImportReport) -> list[str]:
    """Return what an import did, for people."""
    lines = [
        f"{name}: {report.kind}, {report.accepted} of {report.rows} rows taken, "
        f"{report.clients} clients, {report.open_items} open items, as of {report.as_of}."
    ]
    for total in report.totals:
        lines.append(
            f"  {total.currency}: net {Money(total.net_minor, total.currency).amount:,}, "
            f"open {Money(total.open_minor, total.currency).amount:,}, "
            f"unattributed {Money(total.unattributed_minor, total.currency).amount:,}"
        )
    lines += [f"  line {r.line}, {r.column}: {r.reason} {r.text!r}" for r in report.rejected[:20]]
    if len(report.rejected) > 20:
        lines.append(f"  and {len(report.rejected) - 20} more refused rows (all with --json)")
    return lines + [f"  note: {warning}" for warning in report.warnings]


def _preview(goodcop: Opened, arguments: argparse.Namespace) -> int:
    for path in arguments.files:
        seen = _imports(goodcop).preview(path)
        if arguments.json:
            say_json(
                {"kind": seen.kind, "mapping": dict(seen.mapping), "headers": list(seen.headers)}
            )
            continue
        say(f"{path.name}: {seen.kind}")
        say(*(f"  {column} <- {header}" for column, header in seen.mapping.items()))
        say(f"  not used: {', '.join(seen.unmapped) or '-'}")
    return 0


def _undo(goodcop: Opened, arguments: argparse.Namespace) -> int:
    undone = _imports(goodcop).undo_last(goodcop.workspace_id, by="cli", now=goodcop.clock())
    if arguments.json:
        say_json({"undone": {"kind": undone.kind, "file": undone.file_name}})
    else:
        applied = f"{undone.applied_at:%Y-%m-%d %H:%M} UTC"
        say(f"Undone: {undone.file_name} ({undone.kind}), applied on {applied}.")
    return 0
