"""Files about companies to rows: insurers' cover, agencies' grades, shareholders, prospects."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.domain.ledger import RejectedRow, TableFile
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.files import CoverRow, GradeRow, LinkRow, ProspectRow
from bot.sources.columns import Mapped
from bot.sources.days import parse_day
from bot.sources.fec_header import plain
from bot.sources.table_cells import (
    BadCell,
    currency_of,
    minor_of,
    rejected_row,
    share_of,
    siren_of,
)
from bot.sources.table_files import TextRow
from bot.sources.table_layout import open_table

Row = TypeVar("Row")
Cell = Callable[[str], str]
_PRIORITIES = {
    **dict.fromkeys(("1", "haute", "high", "a"), 1),
    **dict.fromkeys(("2", "moyenne", "medium", "b"), 2),
    **dict.fromkeys(("3", "basse", "low", "c"), 3),
}


def read_insurers(
    path: Path, mapping: Mapping[str, str] | None = None, *, currency: str = "EUR"
) -> TableFile[CoverRow]:
    """Read an insurer's file: one line per company and policy; the share is a whole percent."""

    def take(cell: Cell) -> CoverRow:
        used = currency_of(cell("currency"), currency)
        granted = minor_of(cell("granted_amount"), "granted_amount", used)
        if granted < 0:
            raise BadCell("granted_amount", "below zero", cell("granted_amount"))
        return CoverRow(
            siren=_siren(cell, "siren"),
            insurer=cell("insurer") or path.stem,
            policy=cell("policy"),
            granted_minor=granted,
            insured_percent=share_of(cell("insured_share"), "insured_share"),
            grade=cell("grade"),
            currency=used,
            valid_until=_day(cell("valid_until"), "valid_until"),
        )

    return _read(path, "insurers", mapping, take)


def read_grades(path: Path, mapping: Mapping[str, str] | None = None) -> TableFile[GradeRow]:
    """Read an agency's file; a grade of A to E is ours, other texts are shown as they are."""

    def take(cell: Cell) -> GradeRow:
        text = cell("rating") or cell("grade")
        if not text:
            raise BadCell("rating", "no grade", "")
        return GradeRow(
            _siren(cell, "siren"), cell("agency") or path.stem, text, _grade(cell("grade") or text)
        )

    return _read(path, "grades", mapping, take)


def read_links(path: Path, mapping: Mapping[str, str] | None = None) -> TableFile[LinkRow]:
    """Read a shareholders' file: who holds whom, and what percent where it is said."""

    def take(cell: Cell) -> LinkRow:
        siren, parent = _siren(cell, "siren"), _siren(cell, "parent_siren")
        if siren == parent:
            raise BadCell("parent_siren", "a company does not hold itself", parent)
        share = share_of(cell("share"), "share") if cell("share") else None
        return LinkRow(siren, parent, share, cell("source") or path.stem)

    return _read(path, "links", mapping, take)


def read_prospects(path: Path, mapping: Mapping[str, str] | None = None) -> TableFile[ProspectRow]:
    """Read a list of prospects: a SIREN, or at least a name to look up."""

    def take(cell: Cell) -> ProspectRow:
        siren = siren_of(cell("siren"), "siren")
        if siren is None and not cell("name"):
            raise BadCell("siren", "no SIREN and no name", "")
        priority = _PRIORITIES.get(plain(cell("priority")), 0)
        if cell("priority") and not priority:
            raise BadCell("priority", "not a priority of 1 to 3", cell("priority"))
        return ProspectRow(siren, cell("name"), cell("town"), cell("owner"), priority)

    return _read(path, "prospects", mapping, take, _on_line)


def _on_line(row: ProspectRow, line: int) -> ProspectRow:
    return replace(row, line=line)


def _read(
    path: Path,
    kind: str,
    mapping: Mapping[str, str] | None,
    take: Callable[[Cell], Row],
    placed: Callable[[Row, int], Row] = lambda row, _line: row,
) -> TableFile[Row]:
    table = open_table(path, kind, mapping)
    rows: list[Row] = []
    rejected: list[RejectedRow] = []
    for row in table.rows:
        try:
            rows.append(placed(take(partial(_cell, table.mapped, row)), row.line))
        except BadCell as problem:
            rejected.append(rejected_row(row, table.mapped, problem))
    return TableFile(kind, tuple(rows), tuple(rejected), len(table.rows), table.mapped.names)


def _cell(mapped: Mapped, row: TextRow, column: str) -> str:
    return row.cell(mapped.at.get(column, -1))


def _siren(cell: Cell, column: str) -> str:
    siren = siren_of(cell(column), column)
    if siren is None:
        raise BadCell(column, "not a SIREN", "")
    return siren


def _day(text: str, column: str) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise BadCell(column, "not a date", text)
    return day


def _grade(text: str) -> Grade | None:
    letter = text.strip().upper()
    return Grade(letter) if letter in Grade.__members__ else None
