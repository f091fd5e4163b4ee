"""Where a table's header is, which kind of file it makes, and what a person is shown of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import PermanentSourceError
from bot.sources import columns
from bot.sources.columns import Mapped
from bot.sources.fec_header import looks_like_fec, plain
from bot.sources.table_files import TextRow, is_spreadsheet, read_rows

_TITLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person is shown before a file is taken."""

    kind: str
    headers: tuple[str, ...]
    mapping: dict[str, str]
    unmapped: tuple[str, ...]
    lacking: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file with its header found: title rows above it, data rows below."""

    titles: tuple[TextRow, ...]
    mapped: Mapped
    rows: tuple[TextRow, ...]


def detect_kind(path: Path) -> str:
    """Return `fec`, `open_items`, `clients` or `people`; raise PermanentSourceError if none."""
    if not is_spreadsheet(path) and looks_like_fec(path):
        return "fec"
    return _best(read_rows(path), columns.DETECTED)[0]


def detect_company_kind(path: Path) -> str:
    """Return `insurers`, `grades` or `links`; raise PermanentSourceError if none."""
    return _best(read_rows(path), columns.COMPANY_FILES)[0]


def looks_like_prospects(path: Path) -> bool:
    """Say whether a file is a list of prospects: named so, or with priorities and no client code.

    Its columns alone are those of many lists: any file of names has them.
    """
    if not is_spreadsheet(path) and looks_like_fec(path):
        return False
    rows = read_rows(path)
    mapped = columns.guess("prospects", rows[_header_place("prospects", rows)].cells)
    if columns.lacking("prospects", mapped):
        return False
    if "prospect" in plain(path.stem):
        return True
    clients = columns.guess("clients", mapped.headers)
    return "priority" in mapped.at and bool(columns.lacking("clients", clients))


def preview(path: Path, kind: str | None = None, *, first: int = 5) -> Preview:
    """Return headers, guessed mapping and the first rows of a table."""
    rows = read_rows(path)
    kind = kind or _best(rows, columns.DETECTED)[0]
    place = _header_place(kind, rows)
    mapped = columns.guess(kind, rows[place].cells)
    return Preview(
        kind,
        mapped.headers,
        mapped.names,
        mapped.unmapped,
        tuple(columns.lacking(kind, mapped)),
        tuple(row.cells for row in rows[place + 1 : place + 1 + first]),
    )


def open_table(
    path: Path, kind: str, mapping: Mapping[str, str] | None = None, encoding: str | None = None
) -> Table:
    """Read a file and find its header; raise PermanentSourceError `bad_header`."""
    rows = read_rows(path, encoding)
    place = _header_place(kind, rows, mapping)
    mapped = columns.override(kind, rows[place].cells, mapping or {})
    missing = columns.lacking(kind, mapped)
    if missing:
        raise PermanentSourceError(
            "These columns are missing: " + ", ".join(missing) + ".", code="bad_header"
        )
    return Table(tuple(rows[:place]), mapped, tuple(rows[place + 1 :]))


def _header_place(
    kind: str, rows: Sequence[TextRow], mapping: Mapping[str, str] | None = None
) -> int:
    wanted = {plain(name) for name in (mapping or {}).values() if name}

    def hits(row: TextRow) -> int:
        named = {plain(cell) for cell in row.cells}
        return len(columns.guess(kind, row.cells).at) + len(wanted & named)

    first = range(min(_TITLE_ROWS, len(rows)))
    return max(first, key=lambda place: (hits(rows[place]), -place))


def _best(rows: Sequence[TextRow], kinds: Collection[str]) -> tuple[str, int]:
    scores: dict[str, int] = {}
    for kind in kinds:
        mapped = columns.guess(kind, rows[_header_place(kind, rows)].cells)
        if not columns.lacking(kind, mapped):
            scores[kind] = len(mapped.at)
    # An e-mail alone names no people file: a client file has one too.
    best = max(scores, key=lambda kind: scores[kind], default="")
    if not best:
        raise _unknown(rows, kinds)
    return best, scores[best]


def _unknown(rows: Sequence[TextRow], kinds: Collection[str]) -> PermanentSourceError:
    if kinds is columns.COMPANY_FILES:
        return PermanentSourceError(
            "Its columns are not those of an insurer's, an agency's or a shareholders' file.",
            code="unknown_company_file",
        )
    headers = {plain(cell) for row in rows[:_TITLE_ROWS] for cell in row.cells}
    if headers & {"nonechu", "current"}:
        return PermanentSourceError(
            "This is an aged balance without invoices: import the list of open items.",
            code="aged_balance",
        )
    return PermanentSourceError(
        "This file is no FEC, and its columns are not those of clients, people or open items.",
        code="unknown_file",
    )
