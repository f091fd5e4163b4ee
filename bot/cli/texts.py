"""`goodcop texts` and `goodcop mail`: what is written to clients, and what came back."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.cli.opening import Opened, opened
from bot.cli.printing import say, say_json, table
from bot.domain.actors import system
from bot.domain.errors import InvalidInput
from bot.rendering.client_writing import FIELDS, ITEM_FIELDS, split_text
from bot.rendering.text_windows import TextView
from bot.services.mail.bounces import BounceReport, BounceService
from bot.services.mail.texts import TextService
from bot.services.mail_kinds import MAIL_KINDS


def run_texts(arguments: argparse.Namespace) -> int:
    """Do what the verb says."""
    with opened(arguments) as goodcop:
        return _VERBS[arguments.verb](arguments, goodcop)


def run_mail(arguments: argparse.Namespace) -> int:
    """Read reports of mail servers; exit 1 when one is about no e-mail of ours."""
    with opened(arguments) as goodcop:
        service = BounceService(goodcop.database, goodcop.clock, MAIL_KINDS)
        reports = [service.take_file(goodcop.workspace_id, path) for path in arguments.files]
    found = {path.name: report for path, report in zip(arguments.files, reports, strict=True)}
    if arguments.json:
        say_json({"files": [{"file": name} | asdict(one) for name, one in found.items()]})
    else:
        say(*(_report_line(name, one) for name, one in found.items()))
    return 1 if any(report.unknown for report in reports) else 0


def _report_line(name: str, report: BounceReport) -> str:
    return (
        f"{name}: {report.marked} e-mails came back, {report.dead_addresses} addresses are dead, "
        f"{report.unknown} are not ours."
    )


def _list(arguments: argparse.Namespace, goodcop: Opened) -> int:
    texts = _service(goodcop).list_texts(goodcop.workspace_id)
    if arguments.json:
        say_json({"texts": [_document(one) for one in texts]})
    else:
        say(*table((one.text_key, one.language, _whose(one), one.text.subject) for one in texts))
    return 0


def _show(arguments: argparse.Namespace, goodcop: Opened) -> int:
    one = _service(goodcop).show(goodcop.workspace_id, arguments.key, arguments.language)
    if arguments.json:
        say_json(_document(one))
    else:
        say(one.text.subject, "", one.text.body.rstrip("\n"))
    return 0


def _set(arguments: argparse.Namespace, goodcop: Opened) -> int:
    text = split_text(_read(arguments.file))
    key, language = arguments.key or arguments.file.stem, arguments.language
    version = _service(goodcop).set(system(goodcop.workspace_id), key, language, text)
    if arguments.json:
        say_json({"key": key, "language": language, "version": version})
    elif version:
        say(f"{key} ({language}): version {version} is in force.")
    else:
        say(f"{key} ({language}): nothing changed.")
    return 0


def _preview(arguments: argparse.Namespace, goodcop: Opened) -> int:
    service, language = _service(goodcop), arguments.language
    text = service.show(goodcop.workspace_id, arguments.key, language).text
    if arguments.file:
        text = split_text(_read(arguments.file))
    client_id = service.client_of(goodcop.workspace_id, arguments.client)
    seen = service.preview(
        system(goodcop.workspace_id), client_id, text, language, today=goodcop.today
    )
    if arguments.json:
        say_json(asdict(seen))
    else:
        say(seen.subject, "", seen.body.rstrip("\n"))
    return 0


def _fields(arguments: argparse.Namespace, _: Opened) -> int:
    if arguments.json:
        say_json({"fields": FIELDS, "items": ITEM_FIELDS})
    else:
        say(*(f"{{{{ {name} }}}}" for name in FIELDS))
        say("{% for item in items %}", *(f"  {{{{ item.{name} }}}}" for name in ITEM_FIELDS))
        say("{% endfor %}")
    return 0


def _service(goodcop: Opened) -> TextService:
    return TextService(goodcop.database, goodcop.clock)


def _document(one: TextView) -> dict[str, Any]:
    return {
        "key": one.text_key,
        "language": one.language,
        "own": one.is_own,
        "subject": one.text.subject,
        "body": one.text.body,
    }


def _whose(one: TextView) -> str:
    return "own" if one.is_own else "house"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput("This is not a text file.") from error


_VERBS: dict[str, Callable[[argparse.Namespace, Opened], int]] = {
    "list": _list,
    "show": _show,
    "set": _set,
    "preview": _preview,
    "fields": _fields,
}
