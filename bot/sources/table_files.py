"""CSV and XLSX files as rows of cells, each with the line number that a person sees."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from bot.domain.errors import PermanentSourceError
from bot.sources import encodings
from bot.sources.days import parse_day

_SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_DELIMITERS = ";\t|,"


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row: cells as text; numbers of a spreadsheet with a point, dates as ISO."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Return a cell without surrounding spaces; nothing beyond the row's end."""
        return self.cells[place].strip() if 0 <= place < len(self.cells) else ""


def is_spreadsheet(path: Path) -> bool:
    """Return whether a file is a spreadsheet, by its name."""
    return path.suffix.lower() in _SHEETS


def read_rows(path: Path, encoding: str | None = None) -> list[TextRow]:
    """Return the rows that hold something; raise PermanentSourceError for an unreadable file."""
    rows = _sheet_rows(path) if is_spreadsheet(path) else _text_rows(path, encoding)
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise PermanentSourceError("The file is empty.", code="empty_file")
    return filled


def _sheet_rows(path: Path) -> Iterator[TextRow]:
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as problem:
        raise PermanentSourceError(
            "This spreadsheet cannot be opened.", code="bad_spreadsheet"
        ) from problem
    for line, cells in enumerate(rows, 1):
        yield TextRow(line, tuple(_cell_text(cell) for cell in cells))


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        exact = Decimal(str(cell))
        if exact == exact.to_integral_value():
            return str(int(exact))
        # A fourth decimal keeps the point from looking like a thousands mark.
        return f"{exact:.4f}" if exact.as_tuple().exponent == -3 else f"{exact:f}"
    return str(cell)


def _text_rows(path: Path, encoding: str | None) -> Iterator[TextRow]:
    name = encoding or encodings.detect(path).name
    try:
        with encodings.open_text(path, name) as stream:
            text = stream.read()
    except UnicodeDecodeError as problem:
        raise encodings.not_in(name) from problem
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    line = 1
    try:
        for cells in reader:
            yield TextRow(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as problem:
        raise PermanentSourceError(
            f"Line {line} cannot be read: {problem}.", code="bad_csv"
        ) from problem


def _delimiter(text: str) -> str:
    """Return the delimiter that most of the first lines share; title lines may have none."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))


def day_of(text: str) -> date | None:
    """Return the date of a cell; None when it is empty or unreadable."""
    return parse_day(text) if text else None
