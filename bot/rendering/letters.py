"""Letters as PDF: laid out by typst, from data that is never markup."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_FORM = (Path(__file__).with_name("letter_forms") / "letter.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class LetterTable:
    """Rows under a head; columns from `numbers_from` on are right-aligned, the first one grows.

    `total` are lines of a label and an amount under the table.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers_from: int
    title: str = ""
    total: Sequence[tuple[str, str]] = ()

    @property
    def widths(self) -> list[str]:
        """Return how wide each column is."""
        return ["1fr", *["auto"] * (len(self.head) - 1)]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is printed; every value is a text. `lang` is `fr` or `en`."""

    lang: str
    title: str
    sender: Sequence[str]
    receiver: Sequence[str]
    dated: str
    subject: str
    before: Sequence[str]
    tables: Sequence[LetterTable] = ()
    after: Sequence[str] = ()
    signature: Sequence[str] = ()
    delivery: str = ""
    references: Sequence[str] = field(default=())
    footer: str = ""


def pdf_of(letter: Letter) -> bytes:
    """Return a letter as PDF; the same letter gives the same bytes."""
    drawn: bytes = _typst().compile(_FORM, format="pdf", sys_inputs={"data": _data(letter)})
    return drawn


def pictures_of(letter: Letter, ppi: float = 72.0) -> list[bytes]:
    """Return a letter's pages as PNG, to look at."""
    drawn = _typst().compile(_FORM, format="png", ppi=ppi, sys_inputs={"data": _data(letter)})
    pages: list[bytes] = drawn if isinstance(drawn, list) else [drawn]
    return pages


@cache
def _typst() -> Any:
    """Return the layout engine: it takes 7 MiB, and most processes write no letter."""
    return import_module("typst")


def _data(letter: Letter) -> str:
    document = asdict(letter)
    for shown, table in zip(document["tables"], letter.tables, strict=True):
        shown["widths"] = table.widths
    return json.dumps(document, ensure_ascii=False)
