"""What the watch keeps: days done, questions, freezes, clocks; no tenant reads another's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.domain.solvency.dossier import Event, EventKind
from storage import (
    company_accounts,
    company_lists,
    company_ratings,
    cover_deadlines,
    event_decisions,
    notices,
    proceeding_holds,
    watched_days,
    watches,
)
from storage.company_ratings import Rated
from storage.cover_deadlines import ClockRow
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company, a_company

SIREN, PROSPECT = "552032534", "732829320"
OPENED = Event("A1", SIREN, EventKind.REDRESSEMENT, date(2026, 11, 12), date(2026, 11, 3))


@pytest.fixture
def company(database: Database) -> Company:
    """A company of which everything the watch keeps is there."""
    made = a_company(database)
    with database.write() as work:
        session, tenant = work.session, made.workspace_id
        session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        watched_days.mark_day(session, workspace_id=tenant, day=TUESDAY, at=AT_TEN)
        watched_days.mark_read(session, workspace_id=tenant, siren=SIREN, at=AT_TEN)
        notices.replace_events(
            session, workspace_id=tenant, siren=SIREN, events=(OPENED,), at=AT_TEN
        )
        asked = event_decisions.ask_decision(
            session, workspace_id=tenant, siren=SIREN, notice_id="A1", at=AT_TEN
        )
        event_decisions.ask_decision(
            session, workspace_id=tenant, siren=SIREN, notice_id="A2", at=AT_TEN
        )
        event_decisions.decide(
            session,
            workspace_id=tenant,
            id=asked or 0,
            course="stop",
            words="non",
            by_id=made.fiona.person_id,
            at=AT_TEN,
        )
        proceeding_holds.freeze(
            session, workspace_id=tenant, client_id=made.client_id, notice_id="A1", at=AT_TEN
        )
        row = ClockRow(made.client_id, "cancelled", TUESDAY, TUESDAY, 0, "EUR", is_alarming=True)
        cover_deadlines.replace_clocks(session, workspace_id=tenant, rows=[row])
        cover_deadlines.mark_declared(
            session, workspace_id=tenant, client_id=made.client_id, on=TUESDAY
        )
        rated = Rated(SIREN, "Roy", "", "C", 60, "sell", 30, 20_000_00, "EUR", "", TUESDAY, AT_TEN)
        company_ratings.save_rating(session, workspace_id=tenant, rated=rated)
        prospect = replace(rated, siren=PROSPECT)
        company_ratings.save_rating(session, workspace_id=tenant, rated=prospect)
        watches.watch(
            session,
            workspace_id=tenant,
            siren=PROSPECT,
            name="Gravelle",
            person_id=made.anne.person_id or 0,
            at=AT_TEN,
        )
        company_lists.say_usage(session, workspace_id=tenant, siren=SIREN, percent=50, on=TUESDAY)
        session.execute(
            text(
                "INSERT INTO insurer_cover (workspace_id, id, siren, insurer, policy,"
                " granted_minor, insured_percent, grade, currency, as_of)"
                " VALUES (:tenant, 1, :siren, 'Assur', 'P1', 100, 90, '', 'EUR', 1)"
            ),
            {"tenant": tenant, "siren": SIREN},
        )
        work.commit()
    return made


def found(database: Database, tenant: int, company: Company) -> list[object]:
    """Return what every query finds for a tenant."""
    before, after = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=30)
    of_client = [company.client_id]
    with database.read() as work:
        session, mine = work.session, {"workspace_id": tenant}
        asked = event_decisions.list_undecided(session, workspace_id=company.workspace_id)
        return [
            watched_days.find_done_until(session, **mine),
            event_decisions.find_decision(session, **mine, id=asked[0].id),
            event_decisions.find_latest_course(session, **mine, siren=SIREN),
            event_decisions.list_undecided(session, **mine),
            notices.list_proceedings(session, **mine),
            proceeding_holds.list_frozen(session, **mine),
            company_accounts.list_accounts(session, **mine, siren=SIREN),
            company_accounts.list_items(session, **mine, siren=SIREN),
            cover_deadlines.list_insured(session, **mine, today=TUESDAY),
            cover_deadlines.list_unpaid(session, **mine, client_ids=of_client),
            cover_deadlines.list_declared(session, **mine),
            cover_deadlines.list_deadlines(session, **mine, until=after),
            cover_deadlines.list_withdrawn(session, **mine),
            company_lists.list_usage(session, **mine),
            company_lists.list_usage_said(session, **mine, owners=None, after=before),
            company_lists.list_reviews(session, **mine, after=before, until=after),
            company_lists.list_prospect_reviews(session, **mine, after=before, until=after),
        ]


def test_everything_kept_is_found(database: Database, company: Company) -> None:
    assert all(found(database, company.workspace_id, company))


def test_another_tenant_finds_nothing(database: Database, company: Company) -> None:
    other = a_company(database).workspace_id
    assert not any(found(database, other, company))


def test_a_day_and_a_company_are_marked_once(database: Database, company: Company) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        watched_days.mark_day(session, workspace_id=tenant, day=TUESDAY, at=AT_TEN)
        watched_days.mark_read(session, workspace_id=tenant, siren=SIREN, at=AT_TEN)
        unread = watched_days.list_unread(session, workspace_id=tenant, sirens={SIREN, "1"})
        assert unread == ("1",)


def test_a_decision_is_written_once_and_its_words_are_sealed(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        line = event_decisions.find_latest_course(session, workspace_id=tenant, siren=SIREN)
        assert line is not None
        again = event_decisions.decide(
            session,
            workspace_id=tenant,
            id=line.id,
            course="continue",
            words="",
            by_id=None,
            at=AT_TEN,
        )
        at_rest = session.scalars(text("SELECT words_sealed FROM event_decision")).all()
        assert (again, line.words) == (False, "non")
        assert "non" not in at_rest


def test_clocks_made_anew_keep_what_was_declared(database: Database, company: Company) -> None:
    row = ClockRow(company.client_id, "declare", TUESDAY, TUESDAY, 0, "EUR", is_alarming=False)
    with database.write() as work:
        session, tenant = work.session, company.workspace_id
        cover_deadlines.replace_clocks(session, workspace_id=tenant, rows=[row])
        assert cover_deadlines.list_declared(session, workspace_id=tenant) == {
            company.client_id: TUESDAY
        }
