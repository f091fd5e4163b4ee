"""A year of an invented company, day by day on both engines, checked as an accountant would.

`year_script` says what happens and what is owed at the end; here people promise, contest, are
away; goodcop reminds; then the year is closed and read.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.instalments import TypedInstalment
from bot.domain.item_states import StateKind
from bot.domain.lifecycle import DisputeOutcome, Outcome
from bot.services.journal.service import JournalService
from bot.sources.holidays_fr import french_holidays
from storage import proceeding_holds
from storage.engine import make_engine
from storage.schema import metadata
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.year_company import ANNE, FIONA, YearCompany
from tests.year_script import (
    AMAR,
    BANK_SEES,
    BOUNCING,
    BRUN,
    CHER,
    CLOSING,
    DUPUIS,
    ETANG,
    FABRE,
    GARNIER,
    HUBERT,
    ISERE,
    JOLY,
    KLEIN,
    LAURE,
    MARCHAL,
    NAMES,
    NOEL,
    OPENING,
    OUDIN,
    OWED,
    owed,
)

AWAY = date(2026, 7, 27), date(2026, 8, 21)
CONTESTED = {FABRE: (date(2026, 4, 9), date(2026, 5, 11))}
PROMISED = {
    CHER: (date(2026, 2, 25), date(2026, 3, 6)),
    DUPUIS: (date(2026, 3, 2), date(2026, 3, 20)),
    ETANG: (date(2026, 3, 16), date(2026, 5, 29)),
}
FROZEN_FROM = date(2026, 4, 20)

Happens = Callable[[YearCompany], None]


def _promises(client: str, euros: str, on: date) -> Happens:
    return lambda company: company.notes(
        ANNE, client, Outcome.PROMISES, amount_text=euros, promised_on=on
    )


def _promises_a_plan(company: YearCompany) -> None:
    days = (date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 29))
    parts = tuple(TypedInstalment(f"a{n}", f"d{n}", "2000", on) for n, on in enumerate(days))
    company.notes(ANNE, ETANG, Outcome.PROMISES, amount_text="6000", instalments=parts)


def _contests(client: str, euros: str) -> Happens:
    return lambda company: company.notes(
        ANNE, client, Outcome.DISPUTES, amount_text=euros, reason="rayures"
    )


def _is_settled(client: str, outcome: DisputeOutcome) -> Happens:
    def happens(company: YearCompany) -> None:
        query = "SELECT id FROM dispute WHERE client_id = :client AND state = 'open'"
        [(id,)] = company.rows(query, client=company.client_id(client))
        company.core.services.follow_ups.resolve_dispute(company.person(FIONA), id, outcome)

    return happens


def _is_away(company: YearCompany) -> None:
    [(anne,)] = company.rows("SELECT id FROM person WHERE name = 'Anne'")
    [(karim,)] = company.rows("SELECT id FROM person WHERE name = 'Karim'")
    company.entity().change("person", anne, absent_until=AWAY[1], stand_in_id=karim)


def _is_frozen(company: YearCompany) -> None:
    with company.database.write() as uow:
        proceeding_holds.freeze(
            uow.session,
            workspace_id=company.tenant,
            client_id=company.client_id(ISERE),
            notice_id="A2026-1",
            at=company.clock.now,
        )
        uow.commit()


def _retains(company: YearCompany) -> None:
    [(item,)] = company.rows("SELECT id FROM open_item WHERE number = 'FA-1300'")
    company.core.services.item_states.set_apart(
        company.person(FIONA),
        item,
        kind=StateKind.RETENTION,
        amount="500",
        due_on=date(2027, 6, 30),
        key="retention",
    )


STORY: dict[date, Happens] = {
    PROMISED[CHER][0]: _promises(CHER, "3000", PROMISED[CHER][1]),
    PROMISED[DUPUIS][0]: _promises(DUPUIS, "4000", PROMISED[DUPUIS][1]),
    date(2026, 3, 6): lambda company: company.imports_statement(*BANK_SEES),
    PROMISED[ETANG][0]: _promises_a_plan,
    CONTESTED[FABRE][0]: _contests(FABRE, "2400"),
    date(2026, 4, 16): _contests(GARNIER, "600"),
    FROZEN_FROM: _is_frozen,
    CONTESTED[FABRE][1]: _is_settled(FABRE, DisputeOutcome.COMPANY_RIGHT),
    date(2026, 6, 2): _is_settled(GARNIER, DisputeOutcome.CLIENT_RIGHT),
    date(2026, 6, 8): _retains,
    AWAY[0]: _is_away,
}


def _lives(company: YearCompany) -> None:
    """Play every weekday: books each Monday and on the last day, then the morning's work."""
    company.opens(OPENING)
    day = OPENING
    while day <= CLOSING:
        company.clock.now = company.clock.now.replace(month=day.month, day=day.day)
        if day.weekday() == 0 or day == CLOSING:
            company.imports_books()
        if day in STORY:
            STORY[day](company)
        company.morning()
        day += timedelta(days=3 if day.weekday() == 4 else 1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def year(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[YearCompany]:
    """The company at the end of its year, played once on each engine."""
    folder = tmp_path_factory.mktemp("year")
    if request.param == "sqlite":
        template = request.getfixturevalue("migrated_sqlite")
        url = f"sqlite:///{shutil.copy(template, folder / 'goodcop.sqlite3')}"
    else:
        url = str(request.getfixturevalue("postgres_url"))
        engine = make_engine(url)
        with engine.begin() as connection:
            tables = ", ".join(f'"{table}"' for table in metadata.tables)
            connection.execute(text(f"TRUNCATE {tables} CASCADE"))
        engine.dispose()
    database = Database(url, Vault(("test-key",)))
    company = YearCompany(database, Path(folder))
    _lives(company)
    yield company
    database.close()


def reminders(year: YearCompany, client: str) -> list[date]:
    """Return the days on which reminders of what is late left for a client."""
    query = (
        "SELECT e.sent_at FROM email e JOIN step s ON e.key = 'step:' || s.id "
        "WHERE s.client_id = :client AND s.offset_days > 0 AND e.state = 'sent'"
    )
    return [row[0] for row in year.rows(query, client=year.client_id(client))]


def test_each_client_owes_to_the_cent_what_its_lines_say(year: YearCompany) -> None:
    found = year.rows("SELECT c.code, b.net_minor FROM balance b JOIN client c ON c.id=b.client_id")
    assert {code: minor for code, minor in found if code in NAMES} == {
        code: euros * 100 for code, euros in OWED.items()
    }


def test_every_open_item_is_on_a_step_held_or_finished(year: YearCompany) -> None:
    report = year.core.services.dunning.planning.check(year.tenant, today=CLOSING)
    assert report.uncovered == ()
