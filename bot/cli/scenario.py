"""`goodcop scenario`: the steps towards clients, shown, set, proved whole, replayed."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.cli.opening import Opened, opened
from bot.cli.printing import say, say_json, table
from bot.domain.actors import system
from bot.domain.errors import InvalidInput
from bot.domain.money import Money
from bot.domain.profiles import Profile
from bot.services.dunning.coverage_report import CoverageReport
from bot.services.dunning.scenarios import ScenarioService
from bot.services.dunning.service import DunningService
from bot.services.dunning.simulating import SimulatedStep, SimulationService


def run_scenario(arguments: argparse.Namespace) -> int:
    """Do what the verb says; `check` leaves with 1 when an item is on no step."""
    with opened(arguments) as goodcop:
        return _VERBS[arguments.verb](arguments, goodcop)


def _show(arguments: argparse.Namespace, goodcop: Opened) -> int:
    service = ScenarioService(goodcop.database, goodcop.clock)
    shown = service.show(goodcop.workspace_id, _profile(arguments.profile))
    if arguments.json:
        say_json(shown)
        return 0
    for scenario in shown["scenarios"]:
        state = scenario["state"]
        draft = ", a draft waits" if "draft" in scenario else ""
        say(f"{scenario['profile']}: version {state['version']} by {state['by']}{draft}")
        say(*(f"  {line}" for line in table(map(_step_row, scenario["steps"]))))
    return 0


def _step_row(step: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{step['offset_days']:+d} d",
        step["key"],
        step["actor"],
        step["channel"],
        step["tone"],
        step["mode"],
        step["contact"] or "-",
    )


def _set(arguments: argparse.Namespace, goodcop: Opened) -> int:
    service = ScenarioService(goodcop.database, goodcop.clock)
    kept = service.set(system(goodcop.workspace_id), _document(arguments.file))
    if arguments.json:
        say_json({"drafts": kept})
    else:
        say(*(f"{one['profile']}: draft {one['version']} kept." for one in kept))
        say("Nothing changes before `goodcop scenario activate`.")
    return 0


def _activate(arguments: argparse.Namespace, goodcop: Opened) -> int:
    service = ScenarioService(goodcop.database, goodcop.clock)
    done = service.activate(system(goodcop.workspace_id), _profile(arguments.profile))
    if arguments.json:
        say_json({"activated": done})
    else:
        say(*(f"{one['profile']}: version {one['version']} is in force." for one in done))
    return 0


def _check(arguments: argparse.Namespace, goodcop: Opened) -> int:
    service = DunningService(goodcop.database, goodcop.clock)
    report = service.check(goodcop.workspace_id, today=goodcop.today)
    if arguments.json:
        say_json(report.as_json())
    else:
        say(*_check_lines(report))
    return 0 if report.is_whole else 1


def _check_lines(report: CoverageReport) -> list[str]:
    lines = [
        f"{report.items} open items: {report.on_step} on a step, {report.held} held, "
        f"{report.finished} over, {len(report.uncovered)} uncovered."
    ]
    lines += table((one.client, one.item, one.reason) for one in report.uncovered)
    if report.without_address:
        lines.append("No e-mail address, finance is asked to find one:")
        lines += [f"  {client}" for client in report.without_address]
    return lines


def _simulate(arguments: argparse.Namespace, goodcop: Opened) -> int:
    service = SimulationService(goodcop.database, goodcop.clock)
    made = service.simulate(
        goodcop.workspace_id,
        first=arguments.from_day,
        last=arguments.to_day,
        today=goodcop.today,
    )
    if arguments.json:
        say_json(made.as_json())
        return 0
    say(*table(map(_simulated_row, made.steps)))
    counts = ", ".join(f"{actor} {count}" for actor, count in made.counts().items())
    say(f"{len(made.steps)} steps from {made.first} to {made.last}{': ' if counts else ''}{counts}")
    return 0


def _simulated_row(one: SimulatedStep) -> tuple[str, ...]:
    step = one.step.step
    sums = " + ".join(
        f"{Money(minor, currency).amount:,} {currency}" for currency, minor in one.totals.items()
    )
    to = "no address" if one.step.without_address else step.contact or "-"
    actor = one.step.actor.value
    return one.on.isoformat(), actor, step.channel.value, step.key, to, sums, one.client


def _profile(word: str) -> Profile | None:
    if not word:
        return None
    try:
        return Profile(word)
    except ValueError:
        known = ", ".join(profile.value for profile in Profile)
        raise InvalidInput(f"{word} is no sort of payer: {known}.") from None


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InvalidInput(f"{path} is not JSON: {error}.") from error
    if not isinstance(document, dict):
        raise InvalidInput(f"{path} holds no JSON object.")
    return document


_VERBS: dict[str, Callable[[argparse.Namespace, Opened], int]] = {
    "show": _show,
    "set": _set,
    "activate": _activate,
    "check": _check,
    "simulate": _simulate,
}
