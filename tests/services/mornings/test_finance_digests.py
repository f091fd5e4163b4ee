"""Finance's digest: handovers, tasks, broken promises, disputes, what nobody owns or asks for."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from bot.domain.follow_ups import FollowUpForm
from bot.domain.late_payment.limitation import Interruption
from bot.domain.lifecycle import Outcome
from bot.rendering.team_views import Section
from bot.services.follow_ups.service import FollowUpService
from bot.services.handovers.service import HandoverService
from bot.services.late_payment.acts import ActService
from bot.services.mornings.digests import DigestService
from storage.tables.follow_ups import Dispute
from storage.tables.ledger import Client
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import Clock, Company
from tests.services.mornings.reading import (
    MONDAY,
    WEDNESDAY,
    a_dispute,
    add_item,
    change,
    change_due,
    clients_in,
    made,
    of,
)


def test_finance_reads_handovers_tasks_and_broken_promises(
    database: Database, service: DigestService, company: Company
) -> None:
    notes = FollowUpService(database, Clock())
    promise = FollowUpForm(
        key="k1",
        client_id=company.client_id,
        outcome=Outcome.PROMISES,
        amount_minor=5_000_00,
        promised_on=date(2026, 11, 25),
    )
    notes.record(company.anne, promise)
    notes.record(
        company.anne,
        FollowUpForm(
            key="k2", client_id=company.client_id, outcome=Outcome.NO_INVOICE, send_to="compta"
        ),
    )
    notes.judge_promises(company.workspace_id, MONDAY, datetime(2026, 11, 30, 9, tzinfo=UTC))
    HandoverService(database, Clock()).offer(company.anne, company.alert_id, "", "o1")
    view = of(made(service, company, date(2026, 12, 1)), "finance")
    assert view is not None
    assert clients_in(view, Section.HANDOVERS) == [("Menuiserie Roy", 12_480_00)]
    assert clients_in(view, Section.BROKEN) == [("Menuiserie Roy", 5_000_00)]
    assert [part.count for part in view.sections if part.section is Section.TASKS] == [1]


def test_finance_reads_the_disputes_that_are_due_with_who_answers(
    database: Database, service: DigestService, company: Company
) -> None:
    due_on = a_dispute(database, company, "d1")
    view = of(made(service, company, due_on), "finance")
    assert view is not None
    (part,) = (part for part in view.sections if part.section is Section.DISPUTES)
    assert [(line.person, line.on, line.alert_id) for line in part.lines] == [
        ("Anne", due_on, company.alert_id)
    ]


def test_disputes_due_first_lead_those_that_wait(
    database: Database, service: DigestService, company: Company
) -> None:
    due_on = a_dispute(database, company, "d1")
    a_dispute(database, company, "d2")
    with database.write() as work:
        later = work.session.scalars(select(Dispute).order_by(col(Dispute.id))).first()
        assert later is not None
        later.due_on, later.minor = due_on + timedelta(days=30), 1_00
        work.session.add(later)
        work.commit()
    view = of(made(service, company, due_on), "finance")
    assert [minor for _, minor in clients_in(view, Section.DISPUTES)] == [0, 1_00]


def test_disputes_that_are_not_due_are_finances_once_a_week(
    database: Database, service: DigestService, company: Company
) -> None:
    a_dispute(database, company, "d1")
    change_due(database, date(2027, 1, 15))
    assert clients_in(of(made(service, company, MONDAY), "finance"), Section.DISPUTES) != []
    assert of(made(service, company, WEDNESDAY), "finance") is None


def test_a_client_of_nobody_is_finances(
    database: Database, service: DigestService, company: Company
) -> None:
    change(database, Client, (company.workspace_id, company.client_id), owner_id=None)
    view = of(made(service, company), "finance")
    assert clients_in(view, Section.UNOWNED) == [("Menuiserie Roy", 12_480_00)]


def test_what_is_too_small_to_ask_for_is_listed_once_a_month(
    database: Database, service: DigestService, company: Company
) -> None:
    add_item(database, company, minor=4_00, due_on=date(2026, 10, 1))
    first = of(made(service, company, date(2026, 12, 1)), "finance")
    assert clients_in(first, Section.WRITE_OFF) == [("Menuiserie Roy", 4_00)]
    assert of(made(service, company, date(2026, 12, 2)), "finance") is None


def test_a_currency_without_thresholds_is_finances_once_a_week(
    database: Database, service: DigestService, company: Company
) -> None:
    add_item(database, company, minor=700_00, due_on=date(2026, 10, 1), currency="CHF")
    monday = of(made(service, company, MONDAY), "finance")
    assert clients_in(monday, Section.CURRENCY) == [("Menuiserie Roy", 700_00)]
    assert of(made(service, company, date(2026, 12, 2)), "finance") is None


def test_finance_reads_once_a_week_what_soon_cannot_be_claimed_any_more(
    database: Database, service: DigestService, company: Company
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    books.change(
        "open_item", company.item_id, issued_on=date(2022, 1, 10), due_on=date(2022, 2, 10)
    )
    view = of(made(service, company, MONDAY), "finance")
    assert view is not None
    (part,) = (part for part in view.sections if part.section is Section.LIMITATION)
    [line] = part.lines
    assert (line.minor, line.on, line.also_on) == (12_480_00, date(2027, 1, 10), date(2027, 2, 10))


def test_an_act_that_interrupts_the_limitation_ends_the_warning(
    database: Database, service: DigestService, company: Company
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    old = {"issued_on": date(2022, 1, 10), "due_on": date(2022, 2, 10)}
    books.change("open_item", company.item_id, **old)
    acts = ActService(database, Clock())
    day = date(2026, 11, 2)
    acts.interrupt(
        company.fiona,
        company.client_id,
        kind=Interruption.ACKNOWLEDGEMENT,
        on=day,
        key="i",
        today=MONDAY,
    )
    view = of(made(service, company, MONDAY), "finance")
    assert view is None or clients_in(view, Section.LIMITATION) == []
