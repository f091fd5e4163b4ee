"""`goodcop letter` and `case-file`: documents about a client, written to a file."""

import argparse
from datetime import timedelta

from bot.cli.opening import opened
from bot.cli.printing import say, say_json
from bot.cli.rates import client_named
from bot.domain.actors import system
from bot.domain.papers import DEADLINE_DAYS
from bot.outlets.files import write_bytes
from bot.services.case_files.service import CaseFileService
from bot.services.letters.service import LetterService
from storage.ids import new_id


def run_letter(arguments: argparse.Namespace) -> int:
    """Make a formal notice or a statement, kept and numbered as from Slack."""
    with opened(arguments) as goodcop:
        service = LetterService(goodcop.database, goodcop.clock)
        actor, client_id = system(goodcop.workspace_id), client_named(goodcop, arguments.query)
        key = f"cli:{new_id()}"
        if arguments.kind == "statement":
            made = service.make_statement(actor, client_id, key=key, today=goodcop.today)
        else:
            made = service.make_notice(
                actor,
                client_id,
                deadline=arguments.deadline or goodcop.today + timedelta(days=DEADLINE_DAYS),
                with_interest=not arguments.without_interest,
                key=key,
                today=goodcop.today,
            )
        content = service.content(actor, made)
        reference = next(
            one.reference for one in service.list_papers(actor, client_id) if one.id == made
        )
    return _written(arguments, reference, content)


def run_case_file(arguments: argparse.Namespace) -> int:
    """Make the file for the lawyer."""
    with opened(arguments) as goodcop:
        service = CaseFileService(goodcop.database, goodcop.clock)
        actor, client_id = system(goodcop.workspace_id), client_named(goodcop, arguments.query)
        reference, content = service.make_now(actor, client_id, key=f"cli:{new_id()}")
    return _written(arguments, reference, content)


def _written(arguments: argparse.Namespace, reference: str, content: bytes) -> int:
    write_bytes(arguments.output, content)
    if arguments.json:
        say_json({"reference": reference, "file": str(arguments.output), "bytes": len(content)})
    else:
        say(f"{arguments.output}: {reference}, {len(content):,} bytes.")
    return 0
