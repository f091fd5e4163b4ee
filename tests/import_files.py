"""Files and a workspace for tests of imports, each with defaults."""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.services.importing.service import ImportReport, ImportService
from bot.services.workspaces.service import WorkspaceService
from storage.unit_of_work import Database
from tests.sources.written_fec import Entry, write_fec

SIREN = "732829320"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ITEM_HEADER = "client_code;client_name;number;issued_on;due_on;amount;open_amount;currency;type"


@dataclass(slots=True)
class Desk:
    """Finance at its desk: one workspace, its files, and a look at the tables."""

    database: Database
    folder: Path
    workspace_id: int
    imports: ImportService

    def fec(self, entries: list[Entry], *, year: int = 2026, **options: Any) -> ImportReport:
        """Write a FEC of the year and import it."""
        name = options.pop("name", f"{SIREN}FEC{year}1231.txt")
        path = write_fec(self.folder, entries, name=name)
        return self.bring(path, **options)

    def items(self, *rows: str, **options: Any) -> ImportReport:
        """Write a list of open items and import it."""
        return self.bring(self.table("items.csv", ITEM_HEADER, *rows), **options)

    def table(self, name: str, *lines: str) -> Path:
        """Write a table of semicolon-separated lines."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(line.split(";") for line in lines)
        return path

    def bring(self, path: Path, **options: Any) -> ImportReport:
        """Import a file."""
        values = {"today": TODAY, "by": "fiona", **options}
        return self.imports.import_file(self.workspace_id, path, **values)

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with self.database.read() as uow:
            return [tuple(row) for row in uow.session.connection().execute(text(query), values)]

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of the books and of people, in the order of their keys."""
        tables = ("client", "balance", "contact", "open_item", "settlement", "fiscalyear", "person")
        return {name: sorted(self.rows(f"SELECT * FROM {name}"), key=str) for name in tables}

    def open_items(self) -> dict[str, int]:
        """Return what is open of each document, by number."""
        query = "SELECT number, open_minor FROM open_item WHERE open_minor <> 0 ORDER BY number"
        return {str(row[0]): int(row[1]) for row in self.rows(query)}

    def settled(self, number: str) -> list[tuple[str, int]]:
        """Return how a document was settled: by, minor units."""
        query = (
            'SELECT s."by", s.minor FROM settlement s JOIN open_item i ON i.id = s.open_item_id '
            "WHERE i.number = :number ORDER BY s.settled_on, s.minor"
        )
        return [(by, minor) for by, minor in self.rows(query, number=number)]


def open_desk(database: Database, folder: Path) -> Desk:
    """Return a desk in a new workspace."""
    workspace_id = WorkspaceService(database, lambda: AT).choose()
    return Desk(database, folder, workspace_id, ImportService(database, lambda: AT))


def sale(client: str, number: str, day: str, minor: int, **more: Any) -> Entry:
    """Return an invoice's entry."""
    return Entry("VE", day, client, minor, number=number, **more)


def receipt(client: str, number: str, day: str, minor: int, **more: Any) -> Entry:
    """Return a bank receipt's entry for a document."""
    return Entry("BQ", day, client, -minor, number="VIR", label=f"Virement {number}", **more)


def opening(client: str, number: str, day: str, minor: int, **more: Any) -> Entry:
    """Return an opening entry."""
    return Entry("AN", day, client, minor, number=number, label="A nouveau", **more)
