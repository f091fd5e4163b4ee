"""The register of doubtful payers and the companies people follow."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.errors import NotAllowed
from bot.domain.solvency.flags import FlagForm
from bot.services.solvency.flags import FlagService
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


@pytest.fixture
def flags(database: Database) -> FlagService:
    return FlagService(database, Clock())


def count(database: Database, table: str) -> int:
    with database.read() as work:
        return int(work.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_a_flag_takes_the_clients_name(
    database: Database, flags: FlagService, company: Company
) -> None:
    flags.flag(company.karim, SIREN, FlagForm("chèque rejeté"), today=TUESDAY)
    with database.read() as work:
        assert work.session.scalar(text("SELECT name FROM risk_flag")) == "Menuiserie Roy"


def test_finance_lifts_a_flag_and_others_do_not(flags: FlagService, company: Company) -> None:
    flags.flag(company.karim, SIREN, FlagForm("chèque rejeté"), today=TUESDAY)
    with pytest.raises(NotAllowed):
        flags.lift(company.karim, SIREN)
    assert [flags.lift(company.fiona, SIREN) for _ in range(2)] == [True, False]


def test_a_stranger_may_neither_flag_nor_follow(flags: FlagService, company: Company) -> None:
    stranger = replace(company.karim, roles=frozenset(), person_id=None)
    with pytest.raises(NotAllowed):
        flags.flag(stranger, SIREN, FlagForm("x"), today=TUESDAY)
    with pytest.raises(NotAllowed):
        flags.watch(stranger, SIREN)
    with pytest.raises(NotAllowed):
        flags.unwatch(stranger, SIREN)


def test_a_flag_on_a_person_who_paid_is_erased(
    database: Database, flags: FlagService, company: Company
) -> None:
    flags.flag(company.karim, SIREN, FlagForm("chèque rejeté"), today=TUESDAY)
    with database.write() as work:
        work.session.execute(text("UPDATE risk_flag SET is_person = true"))
        work.commit()
    kept = flags.erase_persons(company.workspace_id, TUESDAY)
    with database.write() as work:
        work.session.execute(text("UPDATE open_item SET open_minor = 0"))
        work.commit()
    assert (kept, flags.erase_persons(company.workspace_id, TUESDAY)) == (0, 1)
    assert count(database, "risk_flag") == 0


def test_following_twice_is_following_once(flags: FlagService, company: Company) -> None:
    assert [flags.watch(company.anne, SIREN) for _ in range(2)] == [True, False]
    assert [flags.unwatch(company.anne, SIREN) for _ in range(2)] == [True, False]
