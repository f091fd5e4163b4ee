"""What can be typed after `goodcop`. Nothing heavy is imported before a command is chosen."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

VERSION = "0.1.0"
_Add = Callable[[str, str, argparse.ArgumentParser], argparse.ArgumentParser]


def parse(words: list[str]) -> argparse.Namespace:
    """Return the command and its options; wrong usage leaves with exit code 2."""
    return _parser().parse_args(words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="goodcop", description="The Slack app that makes salespeople the good cop."
    )
    parser.add_argument("--version", action="version", version=f"goodcop {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = _shared()
    dated = argparse.ArgumentParser(add_help=False, parents=[shared])
    dated.add_argument(
        "--today",
        type=_day,
        metavar="YYYY-MM-DD",
        help="judge dates as if it were 10:00 that day in the workspace's time zone",
    )

    def add(name: str, text: str, parent: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[parent])

    demo = add("demo", "show the whole story in a local Slack, with an invented company", shared)
    demo.add_argument(
        "--before-activation",
        action="store_true",
        help="begin when the books are in and nothing is sent: finance presses « Activer »",
    )
    add("run", "serve Slack: Socket Mode with an app token, HTTP without", shared)
    _file_commands(add, dated)
    _question_commands(add, dated)
    _company_commands(add, dated)
    _late_payment_commands(add, dated)
    _policy_command(commands, shared)
    _settings_command(commands, shared)
    _scenario_command(commands, dated)
    _texts_command(commands, dated)
    add("migrate", "bring the database to this version's schema", shared)
    add("doctor", "check database, settings, Slack and freshness, with how to mend", dated)
    return parser


def _file_commands(add: _Add, dated: argparse.ArgumentParser) -> None:
    imported = add("import", "import books, clients, people, electronic invoices", dated)
    imported.add_argument("files", nargs="*", type=Path, metavar="FILE")
    imported.add_argument("--entity", metavar="SIREN", help="the company whose books these are")
    imported.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the books' own date")
    imported.add_argument("--force", action="store_true", help="accept a file that shrinks")
    imported.add_argument("--encoding", help="when the text comes out wrong: cp850, mac_roman…")
    imported.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=HEADER", help="name a column"
    )
    imported.add_argument("--preview", action="store_true", help="show the columns, import nothing")
    imported.add_argument("--undo", action="store_true", help="undo the last import")
    came_back = add("mail", "read what mail servers report of e-mails that came back", dated)
    came_back.add_argument("files", nargs="+", type=Path, metavar="FILE.eml")
    add("people", "import people", dated).add_argument("files", nargs=1, type=Path, metavar="FILE")
    away = add("absence", "who is away, and who stands in; without a day: back at work", dated)
    away.add_argument("person", metavar="EMAIL")
    away.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="the last day away")
    away.add_argument("--stand-in", metavar="EMAIL", help="who gets alerts and digests meanwhile")
    clients = add("clients", "import clients, or keep one out of alerts for a while", dated)
    clients.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a file; or: mute CODE, unmute CODE"
    )
    clients.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="mute: the last day")
    clients.add_argument("--reason", default="", help="mute: why")


def _question_commands(add: _Add, dated: argparse.ArgumentParser) -> None:
    activated = add("activate", "let alerts go out, for everyone or one person", dated)
    activated.add_argument("--person", metavar="EMAIL")
    add("balance", "what does this client owe?", dated).add_argument("query")
    for name, text in (
        ("scan", "judge every client and write the alerts"),
        ("digest", "write this morning's digests"),
    ):
        add(name, text, dated).add_argument(
            "--deliver", action="store_true", help="send to Slack what is due"
        )


def _company_commands(add: _Add, dated: argparse.ArgumentParser) -> None:
    asked = add("solvency", "may we sell to this company?", dated)
    asked.add_argument("query", help="a SIREN, SIRET, VAT number, client code or name")
    asked.add_argument("--order", metavar="AMOUNT", help="judge an order of that amount")
    add("watch", "ask what was published about followed companies since the last run", dated)
    claimed = add("claim", "what to declare in a client's insolvency proceeding", dated)
    claimed.add_argument("query", help="a SIREN, client code or name")
    claimed.add_argument("--csv", action="store_true", help="print one line per item")
    for name, words in (
        ("insurers", "import what insurers and agencies say of companies"),
        ("prospects", "rate a list of companies at once; a name alone is a choice to make"),
    ):
        add(name, words, dated).add_argument("files", nargs=1, type=Path, metavar="FILE")
    exported = add("export", "write what goodcop knows for other programs", dated)
    exported.add_argument(
        "what",
        choices=["risk", "receivables", "factor", "journal"],
        help="risk: every rated company, for a CRM; receivables: every open invoice with its owner "
        "and what happens next; factor: the invoices a factor may buy; "
        "journal: every action taken, for an auditor",
    )
    exported.add_argument(
        "--output", type=Path, metavar="FILE", help="UTF-8 with its mark, which Excel reads"
    )
    exported.add_argument(
        "--separator",
        choices=[",", ";"],
        default=",",
        help='";" for a double click in a French Excel, with decimal commas',
    )


def _late_payment_commands(add: _Add, dated: argparse.ArgumentParser) -> None:
    rates = add("rates", "the rates of late payment, by half-year", dated)
    verbs = rates.add_subparsers(dest="verb", required=True)
    verbs.add_parser("show", parents=[dated], help="every half-year known, with its source")
    entered = verbs.add_parser("add", parents=[dated], help="enter a half-year once published")
    entered.add_argument("half_year", metavar="2026-2")
    entered.add_argument("--legal", required=True, metavar="PERCENT", help="for professionals")
    entered.add_argument("--ecb", required=True, metavar="PERCENT", help="refinancing rate")
    entered.add_argument("--source", required=True, help="where they are published")
    entered.add_argument("--example", action="store_true", help="what is drawn from it says so")
    letter = add("letter", "make a letter to a client as PDF", dated)
    letter.add_argument("query", help="a client code, SIREN or invoice")
    letter.add_argument("--kind", choices=["formal-notice", "statement"], required=True)
    letter.add_argument("--deadline", type=_day, metavar="YYYY-MM-DD", help="8 days by default")
    letter.add_argument("--without-interest", action="store_true", help="the principal alone")
    letter.add_argument("--output", type=Path, required=True, metavar="FILE")
    case = add("case-file", "make the file for the lawyer of a client, as ZIP", dated)
    case.add_argument("query", help="a client code, SIREN or invoice")
    case.add_argument("--output", type=Path, required=True, metavar="FILE")
    late = add("late-payment", "what a client owes with interest and fees", dated)
    late.add_argument("query", help="a client code, SIREN or invoice")


def _policy_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
) -> None:
    policy = commands.add_parser("policy", help="show or set the rules", parents=[shared])
    verbs = policy.add_subparsers(dest="verb", required=True)
    verbs.add_parser("show", parents=[shared])
    verbs.add_parser("set", parents=[shared]).add_argument("file", type=Path)


def _settings_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
) -> None:
    settings = commands.add_parser("settings", help="show or set the workspace", parents=[shared])
    verbs = settings.add_subparsers(dest="verb")
    verbs.add_parser("show", parents=[shared])
    verbs.add_parser("set", parents=[shared]).add_argument("pairs", nargs="+", metavar="KEY=VALUE")


def _scenario_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    dated: argparse.ArgumentParser,
) -> None:
    text = "what is done about clients that do not pay, step after step"
    scenario = commands.add_parser("scenario", help=text, description=text, parents=[dated])
    verbs = scenario.add_subparsers(dest="verb", required=True)
    for name, words in (("show", "the scenarios in force"), ("activate", "put drafts into force")):
        shown = verbs.add_parser(name, help=words, parents=[dated])
        shown.add_argument("profile", nargs="?", default="", help="one sort of payer")
    written = verbs.add_parser("set", help="keep a file's scenarios as drafts", parents=[dated])
    written.add_argument("file", type=Path)
    verbs.add_parser("check", help="is every open item on a step, held or over?", parents=[dated])
    replayed = verbs.add_parser("simulate", help="what would be sent, day by day", parents=[dated])
    for name in ("--from", "--to"):
        replayed.add_argument(
            name, dest=f"{name[2:]}_day", type=_day, required=True, metavar="YYYY-MM-DD"
        )


def _texts_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    dated: argparse.ArgumentParser,
) -> None:
    text = "what is written to clients: shown, changed, tried on one"
    texts = commands.add_parser("texts", help=text, description=text, parents=[dated])
    verbs = texts.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="every text, the house's or your own", parents=[dated])
    verbs.add_parser("fields", help="what a text may name", parents=[dated])
    shown = verbs.add_parser("show", help="one text, as `set` takes it", parents=[dated])
    shown.add_argument("key")
    written = verbs.add_parser(
        "set", help="put a file's text into force: subject, empty line, body", parents=[dated]
    )
    written.add_argument("file", type=Path)
    written.add_argument("--key", default="", help="which text, where the file is not named so")
    tried = verbs.add_parser("preview", help="a text as one client would read it", parents=[dated])
    tried.add_argument("key")
    tried.add_argument("--client", required=True, metavar="CODE")
    tried.add_argument("--file", type=Path, help="a text that is not in force yet")
    for verb in (shown, written, tried):
        verb.add_argument("--language", choices=["fr", "en"], default="fr")


def _shared() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object"
    )
    shared.add_argument(
        "--workspace", default=argparse.SUPPRESS, metavar="TEAM_ID", help="which Slack team"
    )
    return shared


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-11-24") from None
