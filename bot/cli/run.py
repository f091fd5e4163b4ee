"""From parsed words to an exit code: one module per family of commands, loaded when needed."""

import argparse
import gc
import importlib
import os
import sys
from types import ModuleType

from bot.cli.printing import say_refusal

_ROOMS = {
    "demo": "bot.cli.demo",
    "run": "bot.cli.serve",
    "import": "bot.cli.files",
    "people": "bot.cli.files",
    "absence": "bot.cli.files",
    "clients": "bot.cli.files",
    "activate": "bot.cli.questions",
    "balance": "bot.cli.questions",
    "scan": "bot.cli.questions",
    "digest": "bot.cli.questions",
    "solvency": "bot.cli.companies",
    "watch": "bot.cli.companies",
    "claim": "bot.cli.companies",
    "insurers": "bot.cli.companies",
    "prospects": "bot.cli.lists",
    "export": "bot.cli.lists",
    "policy": "bot.cli.rules",
    "settings": "bot.cli.rules",
    "scenario": "bot.cli.scenario",
    "texts": "bot.cli.texts",
    "rates": "bot.cli.rates",
    "letter": "bot.cli.letters",
    "case-file": "bot.cli.letters",
    "late-payment": "bot.cli.rates",
    "mail": "bot.cli.texts",
    "migrate": "bot.cli.checks",
    "doctor": "bot.cli.checks",
}


def run_command(arguments: argparse.Namespace) -> int:
    """Run one command; a refusal is printed, as JSON where asked, and gives its exit code."""
    arguments.json = getattr(arguments, "json", False)
    arguments.workspace = getattr(arguments, "workspace", "")
    room = _room(arguments.command)
    from bot.domain.errors import GoodcopError

    try:
        code = int(getattr(room, f"run_{arguments.command.replace('-', '_')}")(arguments))
        sys.stdout.flush()
        return code
    except GoodcopError as refusal:
        say_refusal(refusal.code, refusal.message, as_json=arguments.json)
        return 2 if refusal.code in ("which_workspace", "bad_settings") else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, `head` say, has seen enough: as if by SIGPIPE
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as fault:
        if fault.filename is None:
            raise
        words = f"{os.path.basename(str(fault.filename))} cannot be read: {fault.strerror}."
        say_refusal("no_file", words, as_json=arguments.json)
        return 1


def _room(command: str) -> ModuleType:
    """Load a command's module; what it brings stays, so no garbage is ever looked for in it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return importlib.import_module(_ROOMS[command])
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
