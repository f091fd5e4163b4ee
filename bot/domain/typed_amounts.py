"""Amounts as people type them, read without guessing."""

import re
from decimal import Decimal

from bot.domain.errors import InvalidInput
from bot.domain.money import exponent, to_minor

# Beyond it a typed amount is a slip of the finger, whatever the currency.
LARGEST_MINOR = 100_000_000_000

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})+")
_BOTH = re.compile(r"(?P<whole>\d{1,3}(?:(?P<mark>[.,])\d{3})+)(?P<point>[.,])(?P<part>\d{1,3})")
_ONE = re.compile(r"(?P<whole>\d+)(?:[.,](?P<part>\d{1,3}))?")


def read_amount(text: str, currency: str, *, field: str = "amount") -> int:
    """Return the minor units of an amount such as "1 234,50", "1234.50" or "1.234,50 €".

    "1.234" is refused: it may mean a thousand or a little more than one. Raises `InvalidInput`.
    """
    bare = _SPACES.sub("", text).upper().replace("€", "").replace(currency, "")
    number = _plain_number(bare, exponent(currency))
    if number is None:
        raise InvalidInput("Enter an amount such as 1234.50.", field=field)
    return check_amount(to_minor(number, currency), field=field)


def check_amount(minor: int, *, field: str = "amount") -> int:
    """Return `minor` when it is above 0 and believable; raise `InvalidInput` otherwise."""
    if minor <= 0:
        raise InvalidInput("Enter an amount above 0.", field=field)
    if minor > LARGEST_MINOR:
        raise InvalidInput("This amount is too large.", field=field)
    return minor


def _plain_number(bare: str, decimals: int) -> Decimal | None:
    if _GROUPED.fullmatch(bare):
        return Decimal(re.sub("[.,]", "", bare))
    both = _BOTH.fullmatch(bare)
    if both and both["mark"] != both["point"]:
        whole, part = re.sub("[.,]", "", both["whole"]), both["part"]
    elif one := _ONE.fullmatch(bare):
        whole, part = one["whole"], one["part"] or ""
    else:
        return None
    return Decimal(f"{whole}.{part or 0}") if len(part) <= decimals else None
