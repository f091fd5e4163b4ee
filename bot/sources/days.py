"""Dates as files write them: day first, as in France, or ISO."""

import re
from datetime import date
from functools import lru_cache

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: 00:00(?::00)?)?\Z")


@lru_cache(maxsize=32768)
def parse_day(text: str) -> date | None:
    """Return the date written as AAAAMMJJ, ISO or DD/MM/YYYY, or None when it is none of them."""
    text = text.strip()
    if len(text) > 24 or not text.isascii():
        return None
    if found := _COMPACT.match(text) or _ISO.match(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.match(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def is_blank_day(text: str) -> bool:
    """Return whether a date field says nothing: empty, or zeros as some tools write it."""
    return not text.strip(" \t\r\n0")
