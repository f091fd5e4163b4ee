"""Entries that one FEC holds twice: exports put end to end, or periods that overlap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.ledger import LedgerLine
from bot.sources import encodings
from bot.sources.fec_header import Header
from bot.sources.fec_rows import shortened

_KEY = ("journal", "entry", "booked_on")


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many entries are there twice, and the first of them: journal and number."""

    count: int
    first: str


def find_repeated(
    path: Path, encoding: str, header: Header, accounts: Mapping[str, Sequence[LedgerLine]]
) -> Repeated | None:
    """Return the numbered entries whose client lines come twice, word for word, or None.

    The file is read again only when client lines look alike. Equal lines of one entry that follow
    each other (instalments) are no repetition, nor those of entries without a number.
    """
    suspects = _alike(accounts)
    if not suspects:
        return None
    found: dict[tuple[str, ...], None] = {}
    met: dict[str, int] = {}
    last: tuple[str, ...] = ()
    block = 0
    places = [header.at[field] for field in _KEY]
    with encodings.open_text(path, encoding) as stream:
        for number, line in enumerate(stream, 1):
            cells = line.split(header.separator)
            if len(cells) <= max(places):
                continue
            key = tuple(cells[place].strip(' "') for place in places)
            block += key != last
            last = key
            if number not in suspects or not key[1].strip("0"):
                continue
            if met.setdefault(line.strip(), block) != block:
                found[key] = None
    if not found:
        return None
    journal, entry, _ = next(iter(found))
    return Repeated(len(found), shortened(f"{journal} {entry}"))


def _alike(accounts: Mapping[str, Sequence[LedgerLine]]) -> set[int]:
    """Return the numbers of the lines that say the same as another of their account."""
    suspects: set[int] = set()
    for lines in accounts.values():
        met: dict[tuple[object, ...], int] = {}
        for line in lines:
            other = met.setdefault(line[1:], line.line)
            if other != line.line:
                suspects |= {other, line.line}
    return suspects
