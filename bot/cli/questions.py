"""`goodcop activate`, `balance`, `scan` and `digest`: what the books say, and what goes out."""

import argparse
import asyncio

from bot.cli.opening import Opened, opened
from bot.cli.printing import say, say_json, table
from bot.domain.actors import system
from bot.domain.money import Money
from bot.domain.search import shorten
from bot.services.lookups.service import LookupService


def run_balance(arguments: argparse.Namespace) -> int:
    """Answer what a client owes; several near matches are listed, never guessed."""
    with opened(arguments) as goodcop:
        answer = LookupService(goodcop.database).balance_json(
            system(goodcop.workspace_id), arguments.query, today=goodcop.today
        )
    if arguments.json:
        say_json(answer)
    elif "client" in answer:
        say(*_balance_lines(answer))
    else:
        say(*_choice_lines(arguments.query, answer["choices"]))
    return 0 if "client" in answer else 1


def _balance_lines(answer: dict[str, object]) -> list[str]:
    client, balances = answer["client"], answer["balances"]
    assert isinstance(client, dict)  # noqa: S101 — the shape of our own document
    assert isinstance(balances, list)  # noqa: S101
    lines = [f"{client['name']} ({client['code']}), as of {answer['as_of']}"]
    for one in balances:
        currency = one["currency"]
        lines.append(f"  net {_amount(one['net_minor'], currency)}")
        lines.append(f"  overdue {_amount(one['overdue_minor'], currency)}")
        late = [bucket for bucket in one["ageing"] if bucket["minor"]]
        lines += [f"    {b['bucket']:<7}  {_amount(b['minor'], currency)}" for b in late]
        rows = [
            (i["number"], str(i["due_on"]), i["due_from"], _amount(i["open_minor"], currency))
            for i in one["items"]
        ]
        lines += [f"    {line}" for line in table(rows)]
        if one["unattributed_minor"]:
            lines.append(f"    unattributed {_amount(one['unattributed_minor'], currency)}")
    return lines


def _choice_lines(query: str, choices: object) -> list[str]:
    assert isinstance(choices, list)  # noqa: S101 — the shape of our own document
    if not choices:
        ways = "a name, client code, SIREN or invoice number"
        return [f"Nothing looks like “{shorten(query)}”: try {ways}."]
    rows = ((one["code"], one["name"], one["town"] or "", one["siren"] or "") for one in choices)
    return ["Several clients look like that; ask again with a code:", *table(rows)]


def _amount(minor: int, currency: str) -> str:
    return f"{Money(minor, currency).amount:,} {currency}"


def run_scan(arguments: argparse.Namespace) -> int:
    """Judge every client; before activation, show what would be sent."""
    with opened(arguments) as goodcop:
        report = goodcop.core().judge(goodcop.workspace_id, goodcop.today).to_json()
        if arguments.deliver:
            _deliver(goodcop)
    if arguments.json:
        say_json(report)
        return 0
    alerts, held = report["alerts"], report["held"]
    say(f"{report['today']}: {len(alerts)} in alert, {len(held)} held back.")
    say(
        *table(
            (f"level {a['level']}", a["client"], a["owner"] or "nobody", a["change"], a["delivery"])
            for a in alerts
        )
    )
    say(*(f"held: {h['client']}: {h['why']}" for h in held[:20]))
    return 0


def run_digest(arguments: argparse.Namespace) -> int:
    """Write this morning's digests; nothing for those with nothing to read."""
    with opened(arguments) as goodcop:
        report = (
            goodcop.core()
            .services.digests.digest(
                goodcop.workspace_id, goodcop.today, goodcop.clock(), write=True
            )
            .to_document()
        )
        if arguments.deliver:
            _deliver(goodcop)
    if arguments.json:
        say_json(report)
        return 0
    digests = report["digests"]
    assert isinstance(digests, list)  # noqa: S101 — the shape of our own document
    lines = [f"{one['person']}: {one['text']}" for one in digests]
    say(*(lines or ["Nothing to say today."]))
    return 0


def run_activate(arguments: argparse.Namespace) -> int:
    """Let alerts go out, for everyone or for one person."""
    with opened(arguments) as goodcop:
        services = goodcop.core().services
        person_id = None
        if arguments.person:
            person_id = services.people.get_person(goodcop.workspace_id, arguments.person).id
        report = services.alerts.activate(
            system(goodcop.workspace_id),
            today=goodcop.today,
            now=goodcop.clock(),
            person_id=person_id,
        ).to_json()
    if arguments.json:
        say_json(report)
    else:
        say(f"Activated: {len(report['alerts'])} clients in alert. `goodcop run` sends them.")
    return 0


def _deliver(goodcop: Opened) -> None:
    from bot.cli.serve import deliver_once

    asyncio.run(deliver_once(goodcop.core()))
