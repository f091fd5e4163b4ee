"""The awaited credit note comes with an import: what waited for it is over without a click."""

from datetime import date

import pytest
from sqlalchemy import delete
from sqlmodel import col

from bot.domain.gestures import GestureForm
from bot.domain.ledger import DueFrom, ItemKind
from bot.domain.lifecycle import AlertState, DisputeOutcome, DisputeState, Outcome
from bot.domain.told import Told
from bot.services.follow_ups.concessions import ConcessionService
from bot.services.follow_ups.service import FollowUpService
from storage import disputes, tasks
from storage.ids import new_id
from storage.tables.ledger import OpenItem
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, Company
from tests.services.follow_ups.conceding import asked_id, happened
from tests.services.follow_ups.noting import a_note
from tests.services.outbox import alert_of, told

LATER = date(2026, 11, 27)


@pytest.fixture
def settled(database: Database, company: Company, service: FollowUpService) -> FollowUpService:
    """A dispute about 3 000 of which the client is right about 1 000."""
    form = a_note(company, Outcome.DISPUTES, amount_text="3 000", reason="rayures")
    service.record(company.anne, form)
    with database.read() as work:
        (dispute,) = disputes.list_disputes(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    service.resolve_dispute(company.anne, dispute.id, DisputeOutcome.PARTLY, "1 000")
    return service


def credit(database: Database, company: Company, minor: int, number: str = "AV-118") -> None:
    with database.write() as work:
        work.session.add(
            OpenItem(
                workspace_id=company.workspace_id,
                id=new_id(),
                client_id=company.client_id,
                key=number,
                number=number,
                kind=ItemKind.CREDIT_NOTE,
                issued_on=LATER,
                due_on=LATER,
                due_from=DueFrom.STATED,
                minor=-minor,
                open_minor=0,
                currency="EUR",
            )
        )
        work.commit()


def look(service: FollowUpService, company: Company) -> None:
    service.take_credit_notes(company.workspace_id, LATER, AT_TEN)


def states(database: Database, company: Company) -> list[DisputeState]:
    with database.read() as work:
        return [
            line.state
            for line in disputes.list_disputes(
                work.session, workspace_id=company.workspace_id, client_id=company.client_id
            )
        ]


def open_tasks(database: Database, company: Company) -> int:
    with database.read() as work:
        return len(tasks.list_tasks(work.session, workspace_id=company.workspace_id))


def test_the_credit_note_ends_the_dispute_and_gives_the_client_back(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    credit(database, company, 1_000_00)
    look(settled, company)
    assert states(database, company) == [DisputeState.RESOLVED]
    assert open_tasks(database, company) == 0
    assert alert_of(database, company).state == AlertState.OPEN


def test_it_is_told_once_with_its_number(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    credit(database, company, 1_000_00)
    for _ in range(2):
        look(settled, company)
    assert happened(database).count("credit_note_arrived") == 1
    kinds = [kind for kind, _, method in told(database, company) if method == "chat.update"]
    assert kinds.count(Told.TASK) == 1


def test_a_credit_note_of_another_amount_leaves_it_with_finance(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    credit(database, company, 400_00)
    look(settled, company)
    assert states(database, company) == [DisputeState.OPEN]
    assert open_tasks(database, company) == 1


def test_the_credit_note_of_a_gesture_does_its_task_too_and_is_used_once(
    database: Database,
    company: Company,
    settled: FollowUpService,
    concessions: ConcessionService,
) -> None:
    credit(database, company, 1_000_00)
    look(settled, company)
    ask = GestureForm("g1", company.client_id, "1 000", reason="livraison incomplète")
    concessions.ask_gesture(company.anne, ask)
    concessions.grant(company.fiona, asked_id(database))
    look(settled, company)
    assert open_tasks(database, company) == 1
    credit(database, company, 1_000_00, "AV-119")
    look(settled, company)
    assert open_tasks(database, company) == 0


def test_finance_may_still_say_so_first(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    settled.complete_task(company.fiona, task.id)
    credit(database, company, 1_000_00)
    look(settled, company)
    assert "credit_note_arrived" not in happened(database)


def take_away(database: Database, company: Company) -> None:
    """Take the credit notes out of the books, as an import that is taken back does."""
    with database.write() as work:
        work.session.execute(
            delete(OpenItem).where(
                col(OpenItem.workspace_id) == company.workspace_id,
                col(OpenItem.kind) == ItemKind.CREDIT_NOTE.value,
            )
        )
        work.commit()


def test_an_import_taken_back_has_the_dispute_wait_again_and_says_so_once(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    credit(database, company, 1_000_00)
    look(settled, company)
    take_away(database, company)
    for _ in range(2):
        look(settled, company)
    assert states(database, company) == [DisputeState.OPEN]
    assert open_tasks(database, company) == 1
    assert alert_of(database, company).state == AlertState.DISPUTED
    assert happened(database).count("credit_note_left") == 1


def test_the_right_books_that_follow_end_it_again(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    credit(database, company, 1_000_00)
    look(settled, company)
    take_away(database, company)
    look(settled, company)
    credit(database, company, 1_000_00)
    look(settled, company)
    assert states(database, company) == [DisputeState.RESOLVED]
    assert alert_of(database, company).state == AlertState.OPEN
    assert happened(database).count("credit_note_arrived") == 2


def test_books_taken_back_and_corrected_at_once_leave_it_ended(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    credit(database, company, 1_000_00)
    look(settled, company)
    take_away(database, company)
    credit(database, company, 1_000_00, "AV-119")
    look(settled, company)
    assert states(database, company) == [DisputeState.RESOLVED]
    assert open_tasks(database, company) == 0


def test_what_finance_said_itself_is_never_asked_again(
    database: Database, company: Company, settled: FollowUpService
) -> None:
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    settled.complete_task(company.fiona, task.id)
    look(settled, company)
    assert states(database, company) == [DisputeState.RESOLVED]
