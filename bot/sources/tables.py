"""CSV and XLSX files of clients, people and open items, read through a column mapping."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from bot.domain.ledger import ClientRow, PersonRow, RejectedRow, TableFile
from bot.sources.columns import Mapped
from bot.sources.item_tables import read_open_items
from bot.sources.table_cells import (
    BadCell,
    client_kind_of,
    currency_of,
    email_of,
    late_rate_of,
    minor_of,
    percent_of,
    rejected_row,
    roles_of,
    siren_of,
    slack_id_of,
    terms_of,
    yes_or_no,
)
from bot.sources.table_files import TextRow
from bot.sources.table_layout import Preview, Table, detect_kind, open_table, preview

__all__ = [
    "Preview",
    "detect_kind",
    "preview",
    "read_clients",
    "read_open_items",
    "read_people",
]

Row = TypeVar("Row")


def read_clients(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    *,
    currency: str = "EUR",
    encoding: str | None = None,
) -> TableFile[ClientRow]:
    """Read a client file; amounts without a currency are in `currency`."""
    table = open_table(path, "clients", mapping, encoding)
    return _taken("clients", table, lambda row: _client(table.mapped, row, currency))


def read_people(
    path: Path, mapping: Mapping[str, str] | None = None, *, encoding: str | None = None
) -> TableFile[PersonRow]:
    """Read a people file."""
    table = open_table(path, "people", mapping, encoding)
    return _taken("people", table, lambda row: _person(table.mapped, row))


def _taken(kind: str, table: Table, take: Callable[[TextRow], Row]) -> TableFile[Row]:
    rows: list[Row] = []
    rejected: list[RejectedRow] = []
    for row in table.rows:
        try:
            rows.append(take(row))
        except BadCell as problem:
            rejected.append(rejected_row(row, table.mapped, problem))
    return TableFile(kind, tuple(rows), tuple(rejected), len(table.rows), table.mapped.names)


def _client(mapped: Mapped, row: TextRow, default: str) -> ClientRow:
    def cell(column: str) -> str:
        return row.cell(mapped.at.get(column, -1))

    if not cell("code"):
        raise BadCell("code", "no client code", "")
    currency = currency_of(cell("currency"), default)
    limit, margin = cell("credit_limit"), cell("margin")
    return ClientRow(
        code=cell("code"),
        name=cell("name") or None,
        siren=siren_of(cell("siren"), "siren"),
        owner=cell("owner") or None,
        terms=terms_of(cell("terms")),
        credit_limit_minor=minor_of(limit, "credit_limit", currency) if limit else None,
        currency=currency if cell("currency") else None,
        phone=cell("phone") or None,
        email=email_of(cell("email")) or None,
        contact=cell("contact") or None,
        function=cell("function") or None,
        parent_siren=siren_of(cell("parent_siren"), "parent_siren"),
        kind=client_kind_of(cell("kind")),
        town=cell("town") or None,
        retention_of_title=yes_or_no(cell("retention_of_title"), "retention_of_title"),
        late_rate=late_rate_of(cell("late_rate"), "late_rate"),
        margin_percent=percent_of(margin, "margin") if margin else None,
        line=row.line,
    )


def _person(mapped: Mapped, row: TextRow) -> PersonRow:
    def cell(column: str) -> str:
        return row.cell(mapped.at.get(column, -1))

    if not cell("email") and not cell("slack_user_id"):
        raise BadCell("email", "no e-mail address and no Slack id", "")
    return PersonRow(
        email=email_of(cell("email")),
        slack_user_id=slack_id_of(cell("slack_user_id"), "slack_user_id", "UW"),
        name=cell("name"),
        roles=roles_of(cell("roles")),
        channel=slack_id_of(cell("channel"), "channel", "CGD"),
        manager=cell("manager"),
        line=row.line,
    )
