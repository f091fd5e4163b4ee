"""Amounts as people and programs write them, to integer minor units; never through floats."""

import re
from decimal import ROUND_HALF_UP, Decimal

_SYMBOLS = str.maketrans("", "", "€$£'’")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*\Z")
_LONGEST = 40
# Ten thousand billion of a currency with cents: the sums of a whole ledger still fit a database's
# 64-bit integers.
LARGEST_MINOR = 10**15


class UnreadableAmount(ValueError):
    """The text is no amount, or could be two different ones."""


def parse_minor(text: str, digits: int = 2, *, decimal_comma: bool = False) -> int:
    """Return the amount in minor units of `digits` decimals; raise UnreadableAmount.

    `1.234` is refused because it may be a thousand or one; `1,234` as well unless the format
    fixes the comma as decimal sign (`decimal_comma`, as LPF A47 A-1 does for a FEC).
    More than `digits + 1` decimals are taken for noise and rounded half up. More than 10^15
    minor units is no amount that somebody owes.
    """
    plain = text.strip()
    if digits == 2 and len(plain) <= 16 and plain[-3:-2] in (",", ".") and plain.isascii():
        whole = plain[:-3]
        if whole.isdigit() and plain[-2:].isdigit():
            return int(whole) * 100 + int(plain[-2:])
    sign, plain = _sign("".join(plain.split()).translate(_SYMBOLS))
    whole, decimals = _parts(plain, decimal_comma=decimal_comma)
    minor = _scaled(whole, decimals, digits)
    if minor > LARGEST_MINOR:
        raise UnreadableAmount("not an amount")
    return sign * minor


def _sign(text: str) -> tuple[int, str]:
    text = text.replace("\u2212", "-")
    if text[:3].isalpha():
        text = text[3:]
    elif text[-3:].isalpha():
        text = text[:-3]
    if text.startswith("(") and text.endswith(")"):
        return -1, text[1:-1]
    for side in (text[:1], text[-1:]):
        if side in ("-", "+") and side:
            body = text[1:] if text.startswith(side) else text[:-1]
            return (-1 if side == "-" else 1), body
    return 1, text


def _parts(text: str, *, decimal_comma: bool) -> tuple[str, str]:
    marks = [mark for mark in text if mark in ".,"]
    if len(text) > _LONGEST or not text.isascii():
        raise UnreadableAmount("not an amount")
    if not marks:
        return _digits(text), ""
    if len(marks) > 1 and len(set(marks)) == 1:
        return _ungrouped(text), ""
    whole, _, decimals = text.rpartition(marks[-1])
    if len(marks) > 1:
        return _ungrouped(whole), _digits(decimals)
    if _may_be_thousands(whole, decimals) and not (decimal_comma and marks[0] == ","):
        raise UnreadableAmount("ambiguous amount")
    return _digits(whole or "0"), _digits(decimals or "0")


def _may_be_thousands(whole: str, decimals: str) -> bool:
    return len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")


def _digits(text: str) -> str:
    if not text.isdigit():
        raise UnreadableAmount("not an amount")
    return text


def _ungrouped(text: str) -> str:
    if not text.isdigit() and not _GROUPED.match(text):
        raise UnreadableAmount("not an amount")
    return text.replace(".", "").replace(",", "")


def _scaled(whole: str, decimals: str, digits: int) -> int:
    kept, rest = decimals[:digits].ljust(digits, "0"), decimals[digits:]
    minor = int(whole + kept)
    if not rest.strip("0"):
        return minor
    if len(rest) < 2:
        raise UnreadableAmount("too many decimals")
    exact = Decimal(f"{whole}.{decimals}").scaleb(digits)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
