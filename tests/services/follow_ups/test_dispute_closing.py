"""A dispute settled: who was right, the credit note awaited, the alert given back."""

from datetime import date

import pytest

from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import AlertState, DisputeOutcome, DisputeState, Outcome
from bot.domain.told import Told
from bot.services.follow_ups.service import FollowUpService
from storage import disputes, tasks
from storage.disputes import DisputeLine
from storage.tasks import TaskLine
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, Company, a_company
from tests.services.outbox import alert_of, told

CREDIT_NOTE_DUE = date(2026, 12, 1)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def service(database: Database, company: Company) -> FollowUpService:
    made = FollowUpService(database, Clock())
    made.record(
        company.anne,
        FollowUpForm(
            key="k1",
            client_id=company.client_id,
            outcome=Outcome.DISPUTES,
            amount_text="3 000",
            reason="rayures",
        ),
    )
    return made


def the_dispute(database: Database, company: Company) -> DisputeLine:
    with database.read() as work:
        (found,) = disputes.list_disputes(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    return found


def the_task(database: Database, company: Company) -> TaskLine:
    with database.read() as work:
        (found,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    return found


def settle(
    database: Database,
    company: Company,
    service: FollowUpService,
    outcome: DisputeOutcome,
    amount: str = "",
) -> None:
    id = the_dispute(database, company).id
    service.resolve_dispute(company.anne, id, outcome, amount)


def test_a_client_who_is_right_stays_disputed_until_the_credit_note(
    database: Database, company: Company, service: FollowUpService
) -> None:
    settle(database, company, service, DisputeOutcome.CLIENT_RIGHT)
    dispute, alert = the_dispute(database, company), alert_of(database, company)
    assert (dispute.state, dispute.due_on) == (DisputeState.OPEN, CREDIT_NOTE_DUE)
    assert alert.state == AlertState.DISPUTED


def test_the_credit_note_is_a_task_of_finance_asked_once(
    database: Database, company: Company, service: FollowUpService
) -> None:
    for _ in range(2):
        settle(database, company, service, DisputeOutcome.CLIENT_RIGHT)
    assert the_task(database, company).due_on == CREDIT_NOTE_DUE
    assert [kind for kind, _, _ in told(database, company)].count(Told.TASK) == 1


def test_in_part_only_what_is_credited_stays_contested(
    database: Database, company: Company, service: FollowUpService
) -> None:
    settle(database, company, service, DisputeOutcome.PARTLY, "1 000")
    assert the_dispute(database, company).minor == 1_000_00


def test_the_credit_note_made_ends_the_dispute_and_gives_the_client_back(
    database: Database, company: Company, service: FollowUpService
) -> None:
    settle(database, company, service, DisputeOutcome.CLIENT_RIGHT)
    service.complete_task(company.fiona, the_task(database, company).id)
    dispute = the_dispute(database, company)
    assert (dispute.state, dispute.outcome) == (DisputeState.RESOLVED, DisputeOutcome.CLIENT_RIGHT)
    assert alert_of(database, company).state == AlertState.OPEN


def test_a_company_that_is_right_has_its_items_due_at_once(
    database: Database, company: Company, service: FollowUpService
) -> None:
    settle(database, company, service, DisputeOutcome.COMPANY_RIGHT)
    assert the_dispute(database, company).state is DisputeState.RESOLVED
    assert alert_of(database, company).state == AlertState.OPEN
