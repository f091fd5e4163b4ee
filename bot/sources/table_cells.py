"""Cells of a table to values; a cell that cannot be accepted is a BadCell with its reason."""

import re
from functools import lru_cache

from babel.numbers import is_currency
from stdnum.fr import siren as siren_number

from bot.domain.due_dates import parse_terms
from bot.domain.errors import InvalidInput
from bot.domain.late_payment.agreed_rates import read_rate
from bot.domain.ledger import ClientKind, RejectedRow
from bot.domain.money import exponent
from bot.sources.amounts import UnreadableAmount, parse_minor
from bot.sources.columns import Mapped
from bot.sources.fec_header import plain
from bot.sources.fec_rows import shortened
from bot.sources.table_files import TextRow

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+\Z")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)?\s*%?\Z")
_SHARE = re.compile(r"0[.,](\d{1,2})\d*\Z")
_ROLES = {
    **dict.fromkeys(("sales", "commercial", "commerciale", "vente", "ventes", "vendeur"), "sales"),
    **dict.fromkeys(("finance", "comptable", "comptabilite", "credit", "recouvrement"), "finance"),
    **dict.fromkeys(("manager", "responsable", "chef", "directeur", "directrice"), "manager"),
    **dict.fromkeys(("admin", "administrateur", "administratrice", "administrator"), "admin"),
}
_KINDS = {
    **{plain(kind.value): kind for kind in ClientKind},
    **dict.fromkeys(("ordinaire", "normal", "client"), ClientKind.ORDINARY),
    **dict.fromkeys(("caisse", "comptoir"), ClientKind.TILL),
    **dict.fromkeys(("collectif", "divers"), ClientKind.COLLECTIVE),
    **dict.fromkeys(("intragroupe", "groupe", "filiale", "interco"), ClientKind.INTRA_GROUP),
    **dict.fromkeys(("personnel", "salarie", "employe"), ClientKind.STAFF),
    **dict.fromkeys(("douteux", "litigieux"), ClientKind.DOUBTFUL),
}

_ANSWERS = {
    **dict.fromkeys(("oui", "o", "yes", "y", "vrai", "true", "x", "1"), True),
    **dict.fromkeys(("non", "n", "no", "faux", "false", "0"), False),
}


class BadCell(ValueError):
    """A cell that cannot be accepted: its canonical column and why."""

    def __init__(self, column: str, reason: str, text: str) -> None:
        super().__init__(reason)
        self.column, self.reason, self.text = column, reason, text


def rejected_row(row: TextRow, mapped: Mapped, problem: BadCell) -> RejectedRow:
    """Return the report line of a refused row, naming the column as the file does."""
    column = mapped.names.get(problem.column, problem.column)
    return RejectedRow(row.line, column, problem.reason, shortened(problem.text))


def currency_of(text: str, default: str) -> str:
    """Return an ISO 4217 code; raise BadCell."""
    code = {"€": "EUR", "$": "USD", "£": "GBP"}.get(text, text.upper()) or default
    if not _exists(code):
        raise BadCell("currency", "not a currency", text)
    return code


@lru_cache(maxsize=256)
def _exists(code: str) -> bool:
    return is_currency(code)


def minor_of(text: str, column: str, currency: str) -> int:
    """Return an amount in minor units; raise BadCell."""
    try:
        return parse_minor(text, exponent(currency))
    except UnreadableAmount as problem:
        raise BadCell(column, str(problem), text) from problem


def siren_of(text: str, column: str) -> str | None:
    """Return the SIREN of a SIREN, SIRET or French VAT number; raise BadCell."""
    digits = re.sub(r"[^0-9]", "", text)
    if not text:
        return None
    if text.upper().startswith("FR") and len(digits) == 11:
        digits = digits[2:]
    siren = digits[:9] if len(digits) in (9, 14) else ""
    if not siren.strip("0") or not siren_number.is_valid(siren):
        raise BadCell(column, "not a SIREN", text)
    return siren


def terms_of(text: str) -> str | None:
    """Return payment terms in their canonical writing, None for an empty cell; raise BadCell."""
    if not text:
        return None
    try:
        return str(parse_terms(text))
    except InvalidInput as problem:
        raise BadCell("terms", "not payment terms", text) from problem


def email_of(text: str) -> str:
    """Return an e-mail address, or an empty text as it is; raise BadCell."""
    if text and not _EMAIL.match(text):
        raise BadCell("email", "not an e-mail address", text)
    return text


def slack_id_of(text: str, column: str, letters: str) -> str:
    """Return an id of Slack's, or an empty text; names change, and Slack's methods want ids."""
    if text and not re.fullmatch(f"[{letters}][A-Z0-9]+", text):
        raise BadCell(column, "not a Slack id", text)
    return text


def yes_or_no(text: str, column: str) -> bool | None:
    """Return a yes or a no, None for an empty cell; raise BadCell."""
    if not text:
        return None
    if plain(text) not in _ANSWERS:
        raise BadCell(column, "neither yes nor no", text)
    return _ANSWERS[plain(text)]


def late_rate_of(text: str, column: str) -> str | None:
    """Return an agreed rate as it is written, None for an empty cell; raise BadCell."""
    try:
        rate = read_rate(text)
    except InvalidInput as unread:
        raise BadCell(column, "not a rate such as 12 %, 3 x legal or ECB + 10", text) from unread
    return str(rate) if rate else None


def share_of(text: str, column: str) -> int:
    """Return a share in whole percent ("90", "90 %", "0,9"), 100 when absent; raise BadCell."""
    return 100 if not text else percent_of(text, column)


def percent_of(text: str, column: str) -> int:
    """Return a percentage ("22", "22,5 %", "0,22") in whole percent, never more; raise BadCell."""
    share = _SHARE.fullmatch(text.strip())
    if share:
        return int(share[1].ljust(2, "0"))
    whole = _PERCENT.fullmatch(text.strip())
    percent = int(whole[1]) if whole else -1
    if not 0 <= percent <= 100:
        raise BadCell(column, "not a share of 0 to 100 %", text)
    return percent


def client_kind_of(text: str) -> ClientKind | None:
    """Return a kind of client, None for an empty cell; raise BadCell."""
    if not text:
        return None
    kind = _KINDS.get(plain(text))
    if kind is None:
        raise BadCell("kind", "not a kind of client", text)
    return kind


def roles_of(text: str) -> tuple[str, ...]:
    """Return roles without repetition, sales for an empty cell; raise BadCell."""
    roles = []
    for word in re.split(r"[,;/+|&\s]+", text):
        role = _ROLES.get(plain(word)) if word else None
        if word and role is None:
            raise BadCell("roles", "not a role", text)
        if role and role not in roles:
            roles.append(role)
    return tuple(roles) or ("sales",)
