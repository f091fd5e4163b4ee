"""What an entry of a FEC is, judged by the accounts it touches (plan comptable général)."""

import re
import unicodedata
from collections import Counter
from enum import IntEnum

from bot.domain.ledger import LineKind


class Touches(IntEnum):
    """Families of accounts found in an entry."""

    NOTHING = 0
    CLIENT = 1
    BANK = 2
    SALES = 4
    LOSS = 8
    FACTOR = 16
    RESULT = 32
    CAPITAL = 64
    OPENING = 128
    LEFT_OUT = 256


# Longest prefix first. 518 (accrued interest) is no bank account; 658/758 are settling gaps.
_PREFIXES = (
    ("416", Touches.CLIENT | Touches.LOSS),
    ("411", Touches.CLIENT),
    ("413", Touches.CLIENT),
    ("4198", Touches.LEFT_OUT),
    ("419", Touches.CLIENT),
    ("41", Touches.LEFT_OUT),
    ("467", Touches.FACTOR),
    ("4457", Touches.SALES),
    ("654", Touches.LOSS | Touches.RESULT),
    ("658", Touches.LOSS | Touches.RESULT),
    ("6714", Touches.LOSS | Touches.RESULT),
    ("70", Touches.SALES | Touches.RESULT),
    ("775", Touches.SALES | Touches.RESULT),
    ("518", Touches.NOTHING),
    ("519", Touches.NOTHING),
    ("51", Touches.BANK),
    ("53", Touches.BANK),
    ("54", Touches.BANK),
    ("58", Touches.BANK),
    ("6", Touches.RESULT),
    ("7", Touches.RESULT),
    ("10", Touches.CAPITAL),
    ("11", Touches.CAPITAL),
    ("12", Touches.CAPITAL),
)
_TELLING = Touches.BANK | Touches.SALES | Touches.LOSS | Touches.FACTOR | Touches.OPENING
_OPENING_CODES = frozenset({"an", "ano", "ran", "ad", "and", "anx", "anouv", "rano"})
_OPENING_LABEL = re.compile(r"\ba[ -]?nouv|nouveaux?\b.*\bd[eé]tail|report|ouverture|opening")


def touches(account: str) -> int:
    """Return the families an account belongs to, as bits of Touches."""
    for prefix, families in _PREFIXES:
        if account.startswith(prefix):
            return int(families)
    return 0


def is_conclusive(families: int) -> bool:
    """Return whether an entry's own accounts say what it is."""
    return families & _TELLING != 0


def is_opening(families: int, *, named_opening: bool) -> bool:
    """Return whether an entry opens the year: no expense or income, and a name or a balance sheet.

    By content: own funds together with clients and bank never meet in another entry.
    """
    if families & Touches.RESULT:
        return False
    sheet = Touches.CAPITAL | Touches.CLIENT | Touches.BANK
    return named_opening or families & sheet == sheet


def names_opening(label: str) -> bool:
    """Return whether a journal's label says that it holds opening entries."""
    text = unicodedata.normalize("NFKD", label.casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return bool(_OPENING_LABEL.search(text.replace("à", "a")))


class Journals:
    """Content of each journal, for entries that say nothing by themselves."""

    def __init__(self) -> None:
        self._entries: dict[str, Counter[int]] = {}

    def count(self, journal: str, families: int, entries: int) -> None:
        """Note entries of a journal that touch the same families."""
        self._entries.setdefault(journal, Counter())[families] += entries

    def families(self, journal: str) -> int:
        """Return what most entries of a journal touch: bank, sales or opening balances."""
        seen = self._entries.get(journal, Counter())

        def entries(family: int) -> int:
            return sum(count for families, count in seen.items() if families & family)

        bank, sales = entries(Touches.BANK), entries(Touches.SALES)
        sheet_only = not entries(Touches.RESULT) and entries(Touches.CAPITAL)
        if sheet_only and (bank or journal.strip().casefold() in _OPENING_CODES):
            return int(Touches.OPENING)
        if bank or sales:
            return int(Touches.BANK if bank >= sales else Touches.SALES)
        return 0


def line_kind(families: int, minor: int) -> LineKind:
    """Return the kind of a client line (credits negative) in an entry of these families."""
    if families & Touches.OPENING:
        return LineKind.OPENING
    if minor < 0:
        if families & Touches.BANK:
            return LineKind.RECEIPT
        if families & Touches.FACTOR:
            return LineKind.FACTOR
        if families & Touches.SALES:
            return LineKind.CREDIT_NOTE
        return LineKind.WRITE_OFF if families & Touches.LOSS else LineKind.OTHER
    if families & Touches.SALES:
        return LineKind.INVOICE
    return LineKind.REFUND if families & Touches.BANK else LineKind.OTHER


def kinds_of(families: int) -> tuple[LineKind, LineKind]:
    """Return the kinds of the debits and of the credits of an entry."""
    return line_kind(families, 1), line_kind(families, -1)
