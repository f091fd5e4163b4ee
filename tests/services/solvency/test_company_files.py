"""Insurers', agencies' and shareholders' files are taken whole, and reach the clients they name."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.errors import PermanentSourceError
from bot.services.solvency.company_files import CompanyFileService
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company

SIREN = "552032534"


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    with database.write() as work:
        work.session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        work.commit()
    return made


def send(database: Database, company: Company, folder: Path, text: str) -> tuple[str, int, int]:
    path = folder / "fichier.csv"
    path.write_text(text, encoding="utf-8")
    service = CompanyFileService(database, Clock())
    report = service.import_file(company.workspace_id, path, today=TUESDAY)
    return report.kind, report.accepted, report.clients


def cover_of_client(database: Database) -> int | None:
    with database.read() as work:
        found: int | None = work.session.scalar(text("SELECT cover_minor FROM client"))
        return found


def test_cover_reaches_the_client_it_names(
    database: Database, company: Company, tmp_path: Path
) -> None:
    told = send(database, company, tmp_path, f"siren,granted_amount,police\n{SIREN},5000,P1\n")
    assert told == ("insurers", 1, 1)
    assert cover_of_client(database) == 5_000_00


def test_a_policy_without_the_client_takes_its_cover_away(
    database: Database, company: Company, tmp_path: Path
) -> None:
    send(database, company, tmp_path, f"siren,granted_amount,police\n{SIREN},5000,P1\n")
    send(database, company, tmp_path, "siren,granted_amount,police\n428268023,5000,P1\n")
    assert cover_of_client(database) is None


def test_a_cover_already_over_covers_nothing(
    database: Database, company: Company, tmp_path: Path
) -> None:
    day = (TUESDAY - timedelta(days=1)).isoformat()
    send(database, company, tmp_path, f"siren,granted_amount,validite\n{SIREN},5000,{day}\n")
    assert cover_of_client(database) is None


@pytest.mark.parametrize(
    ("header", "line", "kind"),
    [
        ("siren,agence,note", f"{SIREN},Agence,B", "grades"),
        ("siren,parent_siren,part", f"{SIREN},732829320,80", "links"),
    ],
)
def test_grades_and_shareholders_are_recognised(
    database: Database, company: Company, tmp_path: Path, header: str, line: str, kind: str
) -> None:
    assert send(database, company, tmp_path, f"{header}\n{line}\n") == (kind, 1, 1)


def test_another_file_is_refused_with_what_it_should_be(
    database: Database, company: Company, tmp_path: Path
) -> None:
    with pytest.raises(PermanentSourceError) as refused:
        send(database, company, tmp_path, "apples,pears\n1,2\n")
    assert refused.value.code == "unknown_company_file"
