"""People who are away: who hears, who may answer, and that it ends by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.domain.actors import Action, may, system
from bot.domain.errors import InvalidInput, NotAllowed
from bot.services.workspaces.absences import AbsenceService
from bot.services.workspaces.readers import ReaderService
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company

FRIDAY = TUESDAY + timedelta(days=3)


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    with database.write() as uow:
        uow.session.execute(text("UPDATE workspace SET team_id = 'T1'"))
        uow.commit()
    return made


@pytest.fixture
def absences(database: Database) -> AbsenceService:
    return AbsenceService(database, Clock())


def leave(absences: AbsenceService, company: Company, until: date | None = FRIDAY) -> None:
    """Anne leaves; Karim stands in."""
    karim = company.karim.person_id if until else None
    absences.set(
        company.anne, company.anne.person_id, until=until, stand_in_id=karim, today=TUESDAY
    )


def karim_may(database: Database, company: Company, clock: Clock) -> bool:
    """Say whether Karim may write a note on one of Anne's clients now."""
    actor, _ = ReaderService(database, clock).reader("T1", "UKARIM")
    return may(actor, Action.NOTE, owner_id=company.anne.person_id)


def test_the_stand_in_answers_for_the_absent_until_they_are_back(
    database: Database, company: Company, absences: AbsenceService
) -> None:
    clock, readers = Clock(), ReaderService(database, Clock())
    readers.reader("T1", "UKARIM")
    assert not karim_may(database, company, clock)
    leave(absences, company)
    clock.now += timedelta(days=3)
    assert karim_may(database, company, clock)
    actor, _ = readers.reader("T1", "UKARIM")  # kept by the process, read again
    assert company.anne.person_id in actor.owners
    clock.now += timedelta(days=1)
    assert not karim_may(database, company, clock)


def test_coming_back_early_ends_it(
    database: Database, company: Company, absences: AbsenceService
) -> None:
    leave(absences, company)
    leave(absences, company, until=None)
    assert not karim_may(database, company, Clock())
    assert absences.form(company.anne, today=TUESDAY).until is None


def test_the_form_shows_what_is_set_while_it_lasts(
    company: Company, absences: AbsenceService
) -> None:
    leave(absences, company)
    view = absences.form(company.anne, today=FRIDAY)
    assert (view.until, view.stand_in_id) == (FRIDAY, company.karim.person_id)
    assert sorted(one.name for one in view.others) == ["Fiona", "Karim", "Nadia"]
    assert absences.form(company.anne, today=FRIDAY + timedelta(days=1)).until is None


@pytest.mark.parametrize(
    ("days", "who", "field"),
    [(-1, "karim", "until"), (400, "karim", "until"), (3, "anne", "stand_in"), (3, "", "stand_in")],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    company: Company, absences: AbsenceService, days: int, who: str, field: str
) -> None:
    stand_in = getattr(company, who).person_id if who else None
    with pytest.raises(InvalidInput) as refused:
        absences.set(
            company.anne,
            company.anne.person_id,
            until=TUESDAY + timedelta(days=days),
            stand_in_id=stand_in,
            today=TUESDAY,
        )
    assert refused.value.field == field


def test_somebody_away_cannot_stand_in(company: Company, absences: AbsenceService) -> None:
    leave(absences, company)
    with pytest.raises(InvalidInput, match="away too"):
        absences.set(
            company.karim,
            company.karim.person_id,
            until=FRIDAY,
            stand_in_id=company.anne.person_id,
            today=TUESDAY,
        )


def test_one_says_it_for_oneself_an_administrator_for_anybody(
    company: Company, absences: AbsenceService
) -> None:
    anne, nadia = company.anne.person_id, company.nadia.person_id
    with pytest.raises(NotAllowed):
        absences.set(company.karim, anne, until=FRIDAY, stand_in_id=nadia, today=TUESDAY)
    root = system(company.workspace_id)
    absences.set(root, anne, until=FRIDAY, stand_in_id=nadia, today=TUESDAY)
    assert absences.form(company.anne, today=TUESDAY).until == FRIDAY
    with pytest.raises(NotAllowed):
        absences.form(root, today=TUESDAY)
