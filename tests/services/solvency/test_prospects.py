"""A list of prospects is rated by number, never by name, and again without harm."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from bot.demo.answers import InventedAnswers
from bot.demo.open_data import open_data_app
from bot.domain.errors import Conflict, PermanentSourceError
from bot.domain.solvency.flags import FlagForm
from bot.services.solvency.company_files import CompanyFileService
from bot.services.solvency.flags import FlagService
from bot.services.solvency.open_data import Addresses, OpenData, open_data
from bot.services.solvency.prospect_report import ProspectReport
from bot.services.solvency.prospects import ProspectService
from bot.services.solvency.risk_export import RiskExportService
from bot.sources.http import Web
from storage import company_ratings, event_decisions
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company
from tests.services.solvency.open_data_desk import BASE, REGISTER, at_once

COMPANIES = [one for one in REGISTER.companies.values() if not one.closed_on][:3]
SIRENS = [one.siren for one in COMPANIES]
NAMED = COMPANIES[0]


def sources(*down: str) -> Callable[[], OpenData]:
    """Return what opens the invented registers; those named fail."""

    def opened() -> OpenData:
        faults = dict.fromkeys(down, "500")
        app = httpx.ASGITransport(open_data_app(InventedAnswers(REGISTER), faults))
        web = Web(transport=app, sleep=at_once)
        return open_data(Addresses(BASE, BASE, BASE, BASE, BASE), web)

    return opened


@pytest.fixture
def company(sqlite_database: Database) -> Company:
    return a_company(sqlite_database)


def rate(
    database: Database,
    company: Company,
    folder: Path,
    text: str,
    opened: Callable[[], OpenData] | None = None,
    day: date = TUESDAY,
) -> ProspectReport:
    path = folder / "prospects.csv"
    path.write_text(text, encoding="utf-8")
    service = ProspectService(database, Clock(), opened)
    return service.rate_file(company.workspace_id, path, today=day)


def kept(database: Database, company: Company) -> list[tuple[str, int, int | None]]:
    with database.read() as work:
        lines = company_ratings.list_prospects(work.session, workspace_id=company.workspace_id)
    return [(line.siren, line.priority, line.owner_id) for line in lines]


def test_every_number_is_rated_and_kept_with_its_owner_and_priority(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    anne = company.anne
    text = f"siren,owner,priority\n{SIRENS[0]},{anne.slack_user_id},2\n{SIRENS[1]},,1\n"
    report = rate(sqlite_database, company, tmp_path, text, sources())
    assert [one.owner for one in report.prospects] == ["anne@exemple.fr", ""]
    assert kept(sqlite_database, company) == [(SIRENS[1], 1, None), (SIRENS[0], 2, anne.person_id)]


def test_the_same_list_twice_changes_nothing(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    text = f"siren,priority\n{SIRENS[0]},2\n{SIRENS[0]},2\n"
    first = rate(sqlite_database, company, tmp_path, text, sources())
    assert rate(sqlite_database, company, tmp_path, text, sources()) == first
    assert kept(sqlite_database, company) == [(SIRENS[0], 2, None)]


def test_a_name_is_never_matched_by_itself(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    text = f"nom,ville\n{NAMED.name},{NAMED.town}\n"
    report = rate(sqlite_database, company, tmp_path, text, sources())
    assert NAMED.siren in {one.siren for one in report.choices[0].candidates}
    assert kept(sqlite_database, company) == []


def test_the_candidates_of_its_town_come_first(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    towns = [one.town for one in REGISTER.named(["peinture"])]
    text = f"nom,ville\nPeinture,{towns[-1]}\n"
    report = rate(sqlite_database, company, tmp_path, text, sources())
    assert report.choices[0].candidates[0].town.title() == towns[-1]


def test_a_source_that_is_down_lowers_confidence_and_stops_nothing(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    text = "siren\n" + "\n".join(SIRENS) + "\n"
    report = rate(sqlite_database, company, tmp_path, text, sources("ratios"))
    partly = [one.rated.confidence for one in report.prospects]
    other = Clock()
    other.now = other.now.replace(day=27)
    path = tmp_path / "prospects.csv"
    again = ProspectService(sqlite_database, other, sources())
    whole = again.rate_file(company.workspace_id, path, today=TUESDAY)
    assert len(partly) == len(SIRENS)
    assert sum(one.rated.confidence for one in whole.prospects) > sum(partly)


def test_without_sources_a_name_is_still_to_choose(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    report = rate(sqlite_database, company, tmp_path, f"siren,nom\n{SIRENS[0]},\n,Acme\n")
    assert (len(report.prospects), report.choices[0].register_answered) == (1, False)


def test_a_company_no_register_names_has_the_name_of_the_list(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    report = rate(sqlite_database, company, tmp_path, f"siren,nom\n{SIRENS[0]},Acme\n")
    assert report.prospects[0].rated.name == "Acme"


def test_an_unknown_owner_is_refused_and_the_company_rated(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    text = f"siren,commercial\n{SIRENS[0]},personne@example.com\n"
    report = rate(sqlite_database, company, tmp_path, text, sources())
    assert [(row.line, row.column) for row in report.rejected] == [(2, "commercial")]
    assert len(report.prospects) == 1


def test_another_file_is_refused_whole(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    with pytest.raises(PermanentSourceError):
        rate(sqlite_database, company, tmp_path, "apples,pears\n1,2\n")


def test_a_flag_put_in_since_the_rating_reaches_the_export(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    rate(sqlite_database, company, tmp_path, f"siren\n{SIRENS[0]}\n", sources())
    export = RiskExportService(sqlite_database)
    before = export.lines(company.workspace_id, today=TUESDAY)[0]
    flags = FlagService(sqlite_database, Clock())
    flags.flag(company.karim, SIRENS[0], FlagForm("chèque rejeté"), today=TUESDAY)
    after = export.lines(company.workspace_id, today=TUESDAY)[0]
    assert after == replace(before, verdict="ask_finance", flags=(*before.flags, "flagged"))


def export_line(database: Database, company: Company) -> tuple[str, tuple[str, ...]]:
    """Return the verdict and the flags that the CRM's file has of the rated company."""
    line = RiskExportService(database).lines(company.workspace_id, today=TUESDAY)[0]
    return line.verdict, line.flags[-1:]


def test_a_flag_on_its_group_reaches_the_export_at_once(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    rate(sqlite_database, company, tmp_path, f"siren\n{SIRENS[0]}\n", sources())
    agency = tmp_path / "groupe.csv"
    agency.write_text(f"siren;siren mère;part\n{SIRENS[0]};{SIRENS[1]};80\n", encoding="utf-8")
    CompanyFileService(sqlite_database, Clock()).import_file(
        company.workspace_id, agency, today=TUESDAY
    )
    flags = FlagService(sqlite_database, Clock())
    flags.flag(company.karim, SIRENS[1], FlagForm("chèque rejeté"), today=TUESDAY)
    assert export_line(sqlite_database, company) == ("ask_finance", ("flagged",))


def test_a_flag_on_its_name_reaches_the_export_at_once(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    rate(sqlite_database, company, tmp_path, f"siren\n{SIRENS[0]}\n", sources())
    with sqlite_database.write() as work:
        work.session.execute(text("UPDATE company_rating SET name = '999999998'"))
        work.commit()
    flags = FlagService(sqlite_database, Clock())
    flags.flag(company.karim, "999999998", FlagForm("chèque rejeté"), today=TUESDAY)
    assert export_line(sqlite_database, company) == ("ask_finance", ("flagged",))


def test_a_decision_to_stop_reaches_the_export_at_once(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    rate(sqlite_database, company, tmp_path, f"siren\n{SIRENS[0]}\n", sources())
    with sqlite_database.write() as work:
        session, tenant = work.session, company.workspace_id
        id = event_decisions.ask_decision(
            session, workspace_id=tenant, siren=SIRENS[0], notice_id="n", at=Clock()()
        )
        assert id is not None
        event_decisions.decide(
            session, workspace_id=tenant, id=id, course="stop", words="", by_id=None, at=Clock()()
        )
        work.commit()
    assert export_line(sqlite_database, company) == ("do_not_sell", ("stopped",))


def test_a_flag_lifted_leaves_the_export_at_once(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    rate(sqlite_database, company, tmp_path, f"siren\n{SIRENS[0]}\n", sources())
    before = export_line(sqlite_database, company)
    flags = FlagService(sqlite_database, Clock())
    flags.flag(company.karim, SIRENS[0], FlagForm("chèque rejeté"), today=TUESDAY)
    rate(sqlite_database, company, tmp_path, f"siren\n{SIRENS[0]}\n", sources())
    flags.lift(company.fiona, SIRENS[0])
    assert export_line(sqlite_database, company) == before


def take(database: Database, company: Company, path: Path, text: str) -> bool:
    path.write_text(text, encoding="utf-8")
    service = ProspectService(database, Clock(), sources())
    return service.take_file(company.workspace_id, path, today=TUESDAY)


@pytest.mark.parametrize(
    ("name", "header"), [("prospects.csv", "siren"), ("salon.csv", "siren;priorité")]
)
def test_a_list_dropped_in_the_folder_is_known_by_its_name_or_its_priorities(
    sqlite_database: Database, company: Company, tmp_path: Path, name: str, header: str
) -> None:
    assert take(sqlite_database, company, tmp_path / name, f"{header}\n{SIRENS[0]};\n")
    assert len(kept(sqlite_database, company)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "code;nom;priorité\nC1;Roy;1\n",
        f"siren;nom\n{SIRENS[0]};Roy\n",
        "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\n",
        "pommes;poires\n1;2\n",
    ],
)
def test_another_file_is_left_to_the_books(
    sqlite_database: Database, company: Company, tmp_path: Path, text: str
) -> None:
    assert not take(sqlite_database, company, tmp_path / "fichier.csv", text)


def test_a_list_in_the_folder_is_refused_with_the_lines_to_mend(
    sqlite_database: Database, company: Company, tmp_path: Path
) -> None:
    text = f"siren;nom\n{SIRENS[0]};\n;{NAMED.name}\n"
    with pytest.raises(Conflict) as refused:
        take(sqlite_database, company, tmp_path / "prospects.csv", text)
    assert "Companies rated: 1. Lines to mend: line 3" in refused.value.message
    assert len(kept(sqlite_database, company)) == 1
