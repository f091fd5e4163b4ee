"""`goodcop policy` and `goodcop settings`: the rules and the workspace, shown and set."""

import argparse
import json
from collections.abc import Mapping

from bot.cli.opening import opened
from bot.cli.printing import say, say_json
from bot.domain.errors import InvalidInput
from bot.services.workspaces.policies import PolicyService
from bot.services.workspaces.service import WorkspaceService


def run_policy(arguments: argparse.Namespace) -> int:
    """Show the rules in force, or replace them by a file's."""
    with opened(arguments) as goodcop:
        policies = PolicyService(goodcop.database, goodcop.clock)
        if arguments.verb == "show":
            say_json(policies.show(goodcop.workspace_id))
            return 0
        try:
            document = json.loads(arguments.file.read_text(encoding="utf-8"))
        except OSError as error:
            raise InvalidInput(f"{arguments.file} cannot be read: {error.strerror}.") from error
        except ValueError as error:
            raise InvalidInput(f"{arguments.file} is not JSON: {error}.") from error
        if not isinstance(document, dict):
            raise InvalidInput(f"{arguments.file} holds no JSON object.")
        kept = policies.set(goodcop.workspace_id, document, by="cli")
    if arguments.json:
        say_json(kept)
    else:
        say("The new rules are in force; the next scan judges every client by them.")
    return 0


def run_settings(arguments: argparse.Namespace) -> int:
    """Show the workspace's settings, or change some."""
    with opened(arguments) as goodcop:
        workspaces = WorkspaceService(goodcop.database, goodcop.clock)
        if arguments.verb == "set":
            workspaces.set(goodcop.workspace_id, arguments.pairs, by="cli")
        shown = workspaces.show(goodcop.workspace_id)
    if arguments.json:
        say_json(shown)
    else:
        say(*_settings_lines(shown))
    return 0


def _settings_lines(shown: Mapping[str, object]) -> list[str]:
    entities = shown["entities"]
    assert isinstance(entities, list)  # noqa: S101 — the shape of our own document
    lines = [f"{name}={_word(value)}" for name, value in shown.items() if name != "entities"]
    for number, entity in enumerate(entities, start=1):
        lines.append(f"company {number}:")
        lines += [f"  {name}={_word(value)}" for name, value in entity.items()]
    return lines


def _word(value: object) -> str:
    return "" if value is None else str(value)
