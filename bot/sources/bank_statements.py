"""Bank statements from files, in the formats that French banks give."""

from pathlib import Path

from bot.domain.bank.statement import BankFile
from bot.domain.errors import PermanentSourceError
from bot.sources.camt053 import looks_like_camt053, read_camt053
from bot.sources.cfonb120 import looks_like_cfonb120, read_cfonb120


def looks_like_bank_statement(path: Path) -> bool:
    """Say whether a file is a bank statement, by its content."""
    try:
        return looks_like_camt053(path) or looks_like_cfonb120(path)
    except OSError:
        return False


def read_bank_statement(path: Path) -> BankFile:
    """Return a file's statements; raise PermanentSourceError `no_statement` for anything else."""
    if looks_like_camt053(path):
        return read_camt053(path)
    if looks_like_cfonb120(path):
        return read_cfonb120(path)
    raise PermanentSourceError(
        "This file is no bank statement in camt.053 or CFONB 120.", code="no_statement"
    )
