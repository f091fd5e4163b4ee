"""Values inside published notices: JSON kept in strings, often broken, and days in many forms."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from bot.domain.solvency.judgments import plain
from bot.sources.days import parse_day

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan", "fevrier february fevr feb", "mars march mar",
            "avril april avr apr", "mai may", "juin june jun", "juillet july juil jul",
            "aout august aug", "septembre september sept sep", "octobre october oct",
            "novembre november nov", "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_MONTH = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+)\.?,? (\d{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_PAIR = re.compile(r'"+(\w+)"+\s*:\s*"+(.*?)"*\s*(?=,\s*"+\w+"+\s*:|[}\]]+\W*$)', re.DOTALL)
_MENDED_MOST = 20_000
_NUMBER = re.compile(r"numeroIdentification\W+((?:\d\s?){9})")


@lru_cache(maxsize=4096)
def read_day(text: str) -> date | None:
    """Return the day written in ISO, day first, or in French or English words; None when none."""
    if found := parse_day(text[:10] if re.match(r"\d{4}-\d\d-\d\dT", text) else text):
        return found
    folded = plain(text[:60])
    if written := _DAY_MONTH.search(folded):
        day, month, year = written.groups()
    elif written := _MONTH_DAY.search(folded):
        month, day, year = written.groups()
    else:
        return None
    try:
        return date(int(year), _MONTHS.get(month, 0), int(day))
    except ValueError:
        return None


def opened(value: Any) -> dict[str, Any]:
    """Return the object inside a string of JSON, mended when its quotes are doubled or loose.

    What cannot be mended gives its readable pairs of texts; nothing readable gives nothing.
    """
    if isinstance(value, dict):
        return value
    if not isinstance(value, str) or not value.strip():
        return {}
    doubled = value.strip().removeprefix('"').removesuffix('"').replace('""', '"')
    for text in (value, doubled):
        try:
            document = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(document, str):
            return opened(document) if document != value else {}
        return document if isinstance(document, dict) else {}
    return {pair.group(1): pair.group(2) for pair in _PAIR.finditer(value[:_MENDED_MOST])}


def sirens_in(value: Any) -> frozenset[str]:
    """Return the SIRENs of the people and companies listed, whatever state the JSON is in."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    found = ("".join(number.split()) for number in _NUMBER.findall(text.replace("\\", "")))
    return frozenset(siren for siren in found if len(siren) == 9)


def texts_in(value: Any, *, under: frozenset[str]) -> Iterator[str]:
    """Yield the texts of a document, but for what stands under names outside `under`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part, under=under)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in under:
                yield from texts_in(part, under=under)
