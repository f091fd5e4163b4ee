"""Our side of a dossier: what the ledger, the files and the register of doubtful payers say."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.solvency.dossier import SourceName, SourceState
from bot.domain.solvency.files import CoverRow, LinkRow
from bot.services.solvency.own_facts import OwnFacts, own_facts
from storage import agency_files, insurer_covers, risk_flags
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Company, a_company

SIREN, SISTER, PARENT = "552032534", "428268023", "732829320"


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


def facts(database: Database, company: Company, siren: str = SIREN, name: str = "") -> OwnFacts:
    with database.read() as work:
        return own_facts(
            work.session,
            workspace_id=company.workspace_id,
            siren=siren,
            name=name,
            group_siren=None,
            today=TUESDAY,
        )


def flag(database: Database, company: Company, siren: str = SIREN) -> None:
    with database.write() as work:
        risk_flags.add_flag(
            work.session,
            workspace_id=company.workspace_id,
            siren=siren,
            name="Menuiserie Roy",
            search_name="menuiserie roy",
            group_siren=None,
            is_person=False,
            reason="chèque rejeté",
            by_id=None,
            flagged_on=TUESDAY,
            expires_on=TUESDAY + timedelta(days=30),
        )
        work.commit()


def test_an_unknown_company_says_what_nobody_told_us(database: Database, company: Company) -> None:
    known = {answer.name: answer.state for answer in facts(database, company).sources}
    assert known == {
        SourceName.LEDGER: SourceState.NOTHING_KNOWN,
        SourceName.INSURER: SourceState.NOTHING_KNOWN,
        SourceName.AGENCY: SourceState.NOTHING_KNOWN,
        SourceName.REGISTER: SourceState.ANSWERED,
    }


def test_a_client_brings_its_record_and_its_cover(database: Database, company: Company) -> None:
    row = CoverRow(SIREN, "Assur", "P1", 5_000_00, 90, "", "EUR", None)
    with database.write() as work:
        work.session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        insurer_covers.replace_covers(
            work.session, workspace_id=company.workspace_id, rows=[row], as_of=TUESDAY
        )
        work.commit()
    found = facts(database, company)
    assert found.own_record is not None
    assert found.own_record.overdue_minor == 12_480_00
    assert found.cover is not None
    assert found.cover.granted_minor == 5_000_00


@pytest.mark.parametrize(
    ("siren", "name", "by_group", "by_name"),
    [
        (SIREN, "", False, False),
        (SISTER, "SARL Menuiserie Roy", False, True),
        (PARENT, "", True, False),
    ],
)
def test_a_flag_says_by_which_way_it_names_the_company(
    database: Database, company: Company, siren: str, name: str, by_group: bool, by_name: bool
) -> None:
    with database.write() as work:
        agency_files.replace_links(
            work.session,
            workspace_id=company.workspace_id,
            rows=[LinkRow(PARENT, SIREN, 80, "greffe")],
            as_of=TUESDAY,
        )
        work.commit()
    flag(database, company)
    flags = facts(database, company, siren, name).flags
    assert [(one.by_group, one.by_name, one.author) for one in flags] == [
        (by_group, by_name, "goodcop")
    ]
