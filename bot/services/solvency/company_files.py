"""Files about companies into the workspace: insurers' cover, agencies' grades, shareholders."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.domain.ledger import TableFile
from bot.services.importing.reports import ImportReport
from bot.services.solvency.cover_clocks import refresh_clocks
from bot.sources import company_tables
from bot.sources.table_layout import detect_company_kind
from storage import agency_files, client_cover, insurer_covers
from storage.sessions import Session
from storage.unit_of_work import Database


class CompanyFileService:
    """Takes what insurers and agencies send; a file says all of its policies, as of its day."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def import_file(
        self, workspace_id: int, path: Path, *, today: date, currency: str = "EUR"
    ) -> ImportReport:
        """Import one file in one transaction; refused lines are reported, the others taken.

        Raises PermanentSourceError for a file whose columns are not those of any of the three.
        """
        kind = detect_company_kind(path)
        file = _read(kind, path, currency)
        with self._database.write() as work:
            covered = _write(work.session, workspace_id, kind, file, today, self._clock())
            work.commit()
        return ImportReport(
            kind=kind,
            rows=file.row_count,
            accepted=len(file.rows),
            rejected=file.rejected,
            clients=covered,
            open_items=0,
            totals=(),
            as_of=today,
            changed=len(file.rows),
        )


def _read(kind: str, path: Path, currency: str) -> TableFile[Any]:
    if kind == "insurers":
        return company_tables.read_insurers(path, currency=currency)
    if kind == "grades":
        return company_tables.read_grades(path)
    return company_tables.read_links(path)


def _write(
    session: Session,
    workspace_id: int,
    kind: str,
    file: TableFile[Any],
    today: date,
    now: datetime,
) -> int:
    if kind == "insurers":
        insurer_covers.replace_covers(
            session, workspace_id=workspace_id, rows=file.rows, as_of=today
        )
        refresh_clocks(session, workspace_id, today, now)
        return client_cover.count_covered(session, workspace_id=workspace_id)
    if kind == "grades":
        agency_files.replace_grades(session, workspace_id=workspace_id, rows=file.rows, as_of=today)
    else:
        agency_files.replace_links(session, workspace_id=workspace_id, rows=file.rows, as_of=today)
    return client_cover.count_clients_named(
        session, workspace_id=workspace_id, sirens={row.siren for row in file.rows}
    )
