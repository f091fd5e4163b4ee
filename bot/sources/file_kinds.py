"""What a file is, by its content: books, tables, or documents."""

from pathlib import Path

from bot.sources.bank_statements import looks_like_bank_statement
from bot.sources.e_invoices import looks_like_e_invoice
from bot.sources.table_layout import detect_kind


def kind_of_file(path: Path) -> str:
    """Return the kind of import a file makes; raise PermanentSourceError if none."""
    if looks_like_bank_statement(path):
        return "bank"
    if looks_like_e_invoice(path):
        return "e_invoice"
    return detect_kind(path)
