"""A year of an invented company, day by day on both engines, checked as an accountant would.

`year_script` says what is sold and paid, `year_story` what people do meanwhile; goodcop reminds;
here the year is over and read.
"""

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.services.journal.service import JournalService
from bot.sources.holidays_fr import french_holidays
from storage.engine import make_engine
from storage.schema import metadata
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.year_company import YearCompany
from tests.year_script import (
    AMAR,
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
    OUDIN,
    OWED,
    owed,
)
from tests.year_story import CONTESTED, FROZEN_FROM, PROMISED, live

OPEN_ITEMS = 6  # those of the clients that owe something


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
    live(company)
    yield company
    database.close()


def sent(year: YearCompany, client: str) -> list[tuple[str, date]]:
    """Return the steps whose e-mail left for a client, and the day each left."""
    query = (
        "SELECT step_key, planned_on FROM step WHERE client_id = :client AND state = 'sent' "
        "AND channel = 'email' ORDER BY planned_on"
    )
    return [
        (key, date.fromordinal(day)) for key, day in year.rows(query, client=year.client_id(client))
    ]


def reminded(year: YearCompany, client: str) -> list[date]:
    """Return the days on which a client was written to about what is late."""
    return [day for key, day in sent(year, client) if key != "courtesy"]


def journal(year: YearCompany) -> Counter[str]:
    """Return how often each kind of action is in the exported journal."""
    exported = JournalService(year.database).text(year.tenant, today=CLOSING)
    return Counter(row["action"] for row in csv.DictReader(exported.splitlines()))


def test_each_client_owes_to_the_cent_what_its_lines_say(year: YearCompany) -> None:
    found = year.rows("SELECT c.code, b.net_minor FROM balance b JOIN client c ON c.id=b.client_id")
    assert {code: minor for code, minor in found if code in NAMES} == {
        code: euros * 100 for code, euros in OWED.items()
    }


def test_open_items_add_up_to_what_is_owed(year: YearCompany) -> None:
    found = year.rows("SELECT sum(open_minor) FROM open_item")
    assert found == [(sum(OWED.values()) * 100,)]


def test_every_open_item_is_on_a_step_held_or_finished(year: YearCompany) -> None:
    report = year.core.services.dunning.planning.check(year.tenant, today=CLOSING)
    assert report.uncovered == ()
    assert report.on_step + report.held + report.finished == report.items == OPEN_ITEMS


def test_the_client_without_an_address_is_named(year: YearCompany) -> None:
    report = year.core.services.dunning.planning.check(year.tenant, today=CLOSING)
    assert any(LAURE in label for label in report.without_address)


def test_a_client_that_pays_in_time_is_never_reminded(year: YearCompany) -> None:
    assert reminded(year, AMAR) == reminded(year, NOEL) == reminded(year, MARCHAL) == []


def test_one_always_three_weeks_late_is_reminded_once_for_each_invoice(year: YearCompany) -> None:
    assert [key for key, _ in sent(year, BRUN)].count("reminder_1") == 6
    assert len(reminded(year, BRUN)) == 6


def test_every_letter_that_left_is_a_step_and_each_step_left_once(year: YearCompany) -> None:
    left = Counter(letter.to[:3].upper() for _, letter in year.letters)
    assert left == Counter(
        {client: len(found) for client in NAMES if (found := sent(year, client))}
    )


def test_no_client_is_written_to_twice_in_a_day(year: YearCompany) -> None:
    days = Counter((letter.to, day) for day, letter in year.letters)
    assert set(days.values()) == {1}


def test_nobody_is_reminded_who_had_paid_by_the_books_of_the_day(year: YearCompany) -> None:
    for client in NAMES:
        for day in reminded(year, client):
            assert owed(client, year.books_known[day]) > 0, (client, day)


def test_nobody_is_written_to_on_a_day_off(year: YearCompany) -> None:
    off = french_holidays([2026])
    assert not [day for day, _ in year.letters if day in off or day.weekday() > 4]


def test_nobody_is_reminded_while_all_is_promised(year: YearCompany) -> None:
    for client, (made, until) in PROMISED.items():
        assert not [day for day in reminded(year, client) if made < day <= until], client


def test_nobody_is_reminded_of_what_is_contested(year: YearCompany) -> None:
    opened, settled = CONTESTED
    assert not [day for day in reminded(year, FABRE) if opened < day <= settled]


def test_of_an_invoice_contested_in_part_the_rest_alone_is_asked_for(year: YearCompany) -> None:
    asked = [
        letter.subject
        for day, letter in year.letters
        if letter.to.startswith(GARNIER.lower()) and day > date(2026, 4, 16)
    ]
    assert asked
    assert all("1200,00" in re.sub(r"\s", "", subject) for subject in asked)


def test_a_dispute_the_client_loses_brings_its_reminders_back(year: YearCompany) -> None:
    assert [day for day in reminded(year, FABRE) if day > CONTESTED[1]]


def test_nobody_in_a_proceeding_is_reminded(year: YearCompany) -> None:
    assert not [day for day in reminded(year, ISERE) if day > FROZEN_FROM]


def test_one_that_never_pays_goes_through_every_step_once(year: YearCompany) -> None:
    query = "SELECT step_key, state FROM step WHERE client_id = :client ORDER BY id"
    assert year.rows(query, client=year.client_id(KLEIN)) == [
        ("courtesy", "sent"),
        ("reminder_1", "sent"),
        ("call", "done"),
        ("reminder_2", "sent"),
        ("last_reminder", "sent"),
        ("formal_notice", "done"),
        ("decision", "done"),
    ]


def test_each_promise_is_judged_as_the_money_came(year: YearCompany) -> None:
    query = (
        "SELECT c.code, p.state, p.received_minor FROM promise p JOIN client c ON p.client_id=c.id"
    )
    assert set(year.rows(query)) == {
        (CHER, "kept", 3_000_00),
        (DUPUIS, "kept_in_part", 1_500_00),
        (ETANG, "broken", 4_000_00),
    }


def test_each_promise_is_judged_once(year: YearCompany) -> None:
    judged = ("promise_kept_at_bank", "promise_kept_in_part", "promise_broken", "promise_kept")
    kinds = journal(year)
    assert [kinds[kind] for kind in judged] == [1, 1, 1, 0]


def test_a_promise_is_kept_the_day_the_bank_shows_the_money(year: YearCompany) -> None:
    [(judged,)] = year.rows("SELECT judged_at FROM promise WHERE state = 'kept'")
    assert str(judged).startswith("2026-03-06")


def test_both_payments_of_the_plan_that_came_are_told(year: YearCompany) -> None:
    assert journal(year)["instalment_paid"] == 2


def test_both_disputes_end_with_who_was_right(year: YearCompany) -> None:
    query = "SELECT c.code, d.state, d.outcome FROM dispute d JOIN client c ON d.client_id = c.id"
    assert set(year.rows(query)) == {
        (FABRE, "resolved", "company_right"),
        (GARNIER, "resolved", "client_right"),
    }


def test_a_debit_that_came_back_reopens_its_invoice_at_its_own_due_date(year: YearCompany) -> None:
    assert year.debts_seen[HUBERT] == {("FA-800", date(2026, 5, 1))}


def test_retention_money_is_not_late_and_is_owed(year: YearCompany) -> None:
    [item] = year.rows("SELECT open_minor, due_on FROM open_item WHERE open_minor = 50000")
    assert item == (500_00, date(2027, 6, 30).toordinal())


def test_while_its_salesperson_is_away_the_stand_in_is_told(year: YearCompany) -> None:
    query = (
        "SELECT p.name FROM alert a JOIN client c ON c.id = a.client_id "
        "JOIN message m ON m.subject = 'alert:' || a.id JOIN person p ON p.id = m.person_id "
        "WHERE c.code = :code AND m.kind = 'alert' AND m.method = 'chat.postMessage'"
    )
    assert year.rows(query, code=OUDIN) == [("Karim",)]


def test_an_address_that_refuses_is_written_to_once_and_left_to_a_person(year: YearCompany) -> None:
    assert journal(year)["email_refused"] == 2
    assert not [letter for _, letter in year.letters if letter.to.startswith(JOLY.lower())]


def test_the_journal_has_every_letter_note_and_settlement(year: YearCompany) -> None:
    kinds = journal(year)
    assert kinds["step_sent"] == len(year.letters)
    assert (kinds["promised"], kinds["disputed"], kinds["dispute_resolved"]) == (3, 2, 2)
    assert (kinds["item_set_apart"], kinds["payment_seen"]) == (1, 1)


def test_the_journal_only_grows(year: YearCompany) -> None:
    written = [id for (id,) in year.rows("SELECT id FROM event ORDER BY at, id")]
    assert written == sorted(written)


def test_the_last_morning_lived_again_says_and_writes_nothing_more(year: YearCompany) -> None:
    def written() -> list[int]:
        tables = ("step", "email", "message", "event", "promise", "alert")
        return [int(year.rows(f"SELECT count(*) FROM {one}")[0][0]) for one in tables]

    before = written(), len(year.letters)
    year.morning()
    assert (written(), len(year.letters)) == before
