"""A morning says what must be decided, once, to who is there to read it."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import Outcome
from bot.domain.told import Told
from bot.rendering.team_views import Section
from bot.rendering.views import SumView
from bot.services.follow_ups.service import FollowUpService
from bot.services.mornings.digests import DigestService, digest_view
from storage.tables.alerts import Alert
from storage.tables.ledger import ImportRun, Settlement
from storage.tables.workspaces import Person, Workspace
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, Clock, Company, a_company, a_receipt, an_import
from tests.services.mornings.reading import (
    EARLY,
    MONDAY,
    THURSDAY,
    WEDNESDAY,
    add_item,
    change,
    clients_in,
    made,
    of,
    sections_of,
)
from tests.services.outbox import messages_of


def test_an_open_alert_is_to_decide_in_its_owners_digest_alone(
    service: DigestService, company: Company
) -> None:
    digests = made(service, company, THURSDAY)
    anne = of(digests, "Anne")
    assert clients_in(anne, Section.DECIDE) == [("Menuiserie Roy", 12_480_00)]
    assert anne is not None
    assert anne.sections[0].lines[0].until == date(2026, 12, 8)
    assert of(digests, "Karim") is None


def test_an_alert_first_shown_yesterday_is_new_and_not_yet_to_decide(
    service: DigestService, company: Company
) -> None:
    assert sections_of(of(made(service, company), "Anne")) == [Section.NEW]


def test_an_alert_posted_this_morning_is_not_repeated(
    service: DigestService, company: Company
) -> None:
    assert made(service, company, date(2026, 11, 24)) == ()


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 11, 29), date(2026, 12, 25)])
def test_nothing_is_said_on_a_day_nobody_works(
    service: DigestService, company: Company, day: date
) -> None:
    assert made(service, company, day) == ()


def test_nothing_is_said_before_activation(
    database: Database, service: DigestService, company: Company
) -> None:
    change(database, Workspace, company.workspace_id, activated_at=None)
    for actor in (company.anne, company.karim, company.nadia, company.fiona):
        change(database, Person, (company.workspace_id, actor.person_id), activated_at=None)
    assert made(service, company) == ()


def test_a_digest_is_queued_once_a_day_for_the_readers_own_hour(
    database: Database, service: DigestService, company: Company
) -> None:
    anne = (company.workspace_id, company.anne.person_id)
    change(database, Person, anne, time_zone="America/Martinique")
    for _ in range(2):
        service.digest(company.workspace_id, WEDNESDAY, EARLY, write=True)
    (row,) = messages_of(database, company)
    assert (row.kind, row.person_id, row.channel) == (Told.DIGEST, company.anne.person_id, "")
    assert row.next_attempt_at == datetime(2026, 11, 25, 13, 0, tzinfo=UTC)


def test_looking_at_a_digest_queues_nothing(
    database: Database, service: DigestService, company: Company
) -> None:
    assert made(service, company)
    assert messages_of(database, company) == []


def test_somebody_away_is_read_by_their_stand_in(
    database: Database, service: DigestService, company: Company
) -> None:
    change(
        database,
        Person,
        (company.workspace_id, company.anne.person_id),
        absent_until=MONDAY,
        stand_in_id=company.karim.person_id,
    )
    digests = made(service, company)
    assert of(digests, "Anne") is None
    assert clients_in(of(digests, "Karim"), Section.NEW) == [("Menuiserie Roy", 12_480_00)]


def test_a_stand_in_reads_the_tasks_of_who_is_away(
    database: Database, service: DigestService, company: Company
) -> None:
    call = FollowUpForm(
        key="k1",
        client_id=company.client_id,
        outcome=Outcome.NO_ANSWER,
        next_try_on=WEDNESDAY,
    )
    FollowUpService(database, Clock()).record(company.anne, call)
    away = {"absent_until": MONDAY, "stand_in_id": company.karim.person_id}
    change(database, Person, (company.workspace_id, company.anne.person_id), **away)
    view = of(made(service, company), "Karim")
    assert view is not None
    assert [part.count for part in view.sections if part.section is Section.TASKS] == [1]


def test_a_promise_is_in_the_digest_of_its_day(
    database: Database, service: DigestService, company: Company
) -> None:
    FollowUpService(database, Clock()).record(
        company.anne,
        FollowUpForm(
            key="k1",
            client_id=company.client_id,
            outcome=Outcome.PROMISES,
            amount_minor=5_000_00,
            promised_on=MONDAY,
        ),
    )
    assert made(service, company) == ()
    due = of(made(service, company, MONDAY), "Anne")
    assert clients_in(due, Section.PROMISES) == [("Menuiserie Roy", 5_000_00)]


def test_a_client_whose_promise_is_due_is_listed_once(
    database: Database, service: DigestService, company: Company
) -> None:
    promise = FollowUpForm(
        key="k1",
        client_id=company.client_id,
        outcome=Outcome.PROMISES,
        amount_minor=5_000_00,
        promised_on=MONDAY,
    )
    FollowUpService(database, Clock()).record(company.anne, promise)
    change(database, Alert, (company.workspace_id, company.alert_id), state="open")
    assert sections_of(of(made(service, company, MONDAY), "Anne")) == [Section.PROMISES]


def test_a_large_item_due_soon_deserves_a_courtesy_call(
    database: Database, service: DigestService, company: Company
) -> None:
    add_item(database, company, minor=9_600_00, due_on=date(2026, 11, 27))
    add_item(database, company, minor=100_00, due_on=date(2026, 11, 27))
    view = of(made(service, company), "Anne")
    assert clients_in(view, Section.SOON) == [("Menuiserie Roy", 9_600_00)]


def test_a_small_delay_is_said_the_morning_after(
    database: Database, service: DigestService
) -> None:
    quiet = a_company(database, with_alert=False)
    add_item(database, quiet, minor=300_00, due_on=date(2026, 11, 24))
    assert clients_in(of(made(service, quiet), "Anne"), Section.LATE) == [
        ("Menuiserie Roy", 300_00)
    ]
    assert clients_in(of(made(service, quiet, date(2026, 11, 26)), "Anne"), Section.LATE) == []


def test_a_client_who_paid_is_good_news_once(
    database: Database, service: DigestService, company: Company
) -> None:
    change(
        database,
        Alert,
        (company.workspace_id, company.alert_id),
        state="resolved",
        resolved_at=AT_TEN,
        resolved_by="receipt",
    )
    view = of(made(service, company), "Anne")
    assert clients_in(view, Section.GOOD_NEWS) == [("Menuiserie Roy", 12_480_00)]
    assert made(service, company, date(2026, 11, 26)) == ()


def test_what_came_in_with_yesterdays_import_is_in_the_first_line(
    database: Database, service: DigestService, company: Company
) -> None:
    an_import(database, company, as_of=WEDNESDAY)
    a_receipt(database, company, minor=8_200_00, on=date(2026, 11, 24))
    with database.write() as work:
        run = work.session.scalars(select(ImportRun)).one()
        settled = work.session.scalars(select(Settlement)).one()
        settled.import_run_id = run.id
        work.session.add(settled)
        work.commit()
    view = of(made(service, company), "Anne")
    assert view is not None
    assert view.received == (SumView(8_200_00, "EUR"),)


def test_a_manager_reads_what_will_leave_the_team(service: DigestService, company: Company) -> None:
    view = of(made(service, company, date(2026, 12, 7)), "Nadia")
    assert clients_in(view, Section.LEAVING) == [("Menuiserie Roy", 12_480_00)]


def test_a_digest_is_drawn_again_as_things_stand_when_it_leaves(
    database: Database, company: Company
) -> None:
    with database.read() as work:
        finance = digest_view(
            work.session,
            workspace_id=company.workspace_id,
            person_id=None,
            today=WEDNESDAY,
            now=EARLY,
        )
        view = digest_view(
            work.session,
            workspace_id=company.workspace_id,
            person_id=company.anne.person_id,
            today=WEDNESDAY,
            now=EARLY,
        )
        nothing = digest_view(
            work.session,
            workspace_id=company.workspace_id,
            person_id=company.karim.person_id,
            today=WEDNESDAY,
            now=EARLY,
        )
    assert clients_in(view, Section.NEW) == [("Menuiserie Roy", 12_480_00)]
    assert (nothing, finance) == (None, None)


def test_the_report_is_plain_json_that_starts_with_the_point(
    service: DigestService, company: Company
) -> None:
    report = service.digest(company.workspace_id, WEDNESDAY, EARLY, write=False)
    (shown,) = json.loads(json.dumps(report.to_document()))["digests"]
    assert (shown["person"], shown["channel"]) == ("Anne", "CANNE")
    assert shown["sections"][0]["section"] == "new"
    assert shown["text"].startswith("Mercredi 25")


def test_one_person_can_be_asked_for(service: DigestService, company: Company) -> None:
    report = service.digest(
        company.workspace_id,
        WEDNESDAY,
        EARLY,
        person_id=company.karim.person_id,
        write=False,
    )
    assert report.digests == ()
