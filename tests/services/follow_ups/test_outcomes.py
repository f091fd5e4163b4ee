"""Promises judged, tasks done, disputes resolved: said once to who must know."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.lifecycle import AlertState, Outcome, PromiseState
from bot.domain.told import Told
from bot.services.follow_ups.service import FollowUpService
from storage import disputes, tasks
from storage.unit_of_work import Database
from tests.follow_up_rows import (
    AT_TEN,
    TUESDAY,
    Company,
    a_company,
    a_receipt,
    an_import,
)
from tests.services.follow_ups.noting import AFTER_GRACE, a_note, a_promise
from tests.services.outbox import alert_of, messages_of, told


def test_a_receipt_keeps_a_promise_at_once_and_the_clock_runs_again(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    a_receipt(database, company, minor=5_000_00, on=date(2026, 11, 25))
    (judged,) = service.judge_promises(company.workspace_id, date(2026, 11, 26), AT_TEN)
    alert = alert_of(database, company)
    assert judged.state is PromiseState.KEPT
    assert (alert.state, alert.window_ends_on) == (AlertState.OPEN, date(2026, 12, 10))
    assert told(database, company)[-1] == (Told.ALERT_EVENT, "CANNE", "chat.postMessage")


def test_a_promise_past_its_date_speaks_once_to_its_owner_and_to_finance(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    for _ in range(2):
        service.judge_promises(company.workspace_id, AFTER_GRACE, AT_TEN)
    broken = [row for row in messages_of(database, company) if row.kind == Told.PROMISE_BROKEN]
    assert [(row.channel, row.pierces) for row in broken] == [("CANNE", True), ("CFINANCE", True)]
    assert alert_of(database, company).state == AlertState.OPEN


def test_a_promise_broken_at_night_waits_for_the_first_working_minute(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    service.judge_promises(company.workspace_id, AFTER_GRACE, datetime(2026, 12, 3, 2, tzinfo=UTC))
    broken = [row for row in messages_of(database, company) if row.kind == Told.PROMISE_BROKEN]
    assert {row.next_attempt_at for row in broken} == {datetime(2026, 12, 3, 8, tzinfo=UTC)}


def test_a_promise_is_not_judged_by_books_that_stop_before_its_date(
    database: Database, company: Company, service: FollowUpService
) -> None:
    an_import(database, company, as_of=TUESDAY)
    service.record(company.anne, a_promise(company))
    assert service.judge_promises(company.workspace_id, AFTER_GRACE, AT_TEN) == ()


def test_a_promise_replaced_by_a_debt_that_vanished_says_nothing(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    before = len(messages_of(database, company))
    with database.write() as work:
        work.session.connection().exec_driver_sql("UPDATE balance SET net_minor = 0")
        work.commit()
    (judged,) = service.judge_promises(company.workspace_id, AFTER_GRACE, AT_TEN)
    assert judged.state is PromiseState.REPLACED
    assert len(messages_of(database, company)) == before + 1  # the edit alone


def test_a_task_done_twice_by_the_same_person_is_said_once(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.NO_INVOICE, send_to="compta"))
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    first = service.complete_task(company.fiona, task.id)
    said = messages_of(database, company)
    assert service.complete_task(company.fiona, task.id) == first
    assert len(messages_of(database, company)) == len(said)
    assert said[-1].body["mention_id"] == company.anne.person_id


def test_a_task_somebody_else_did_answers_who_and_when(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.NO_INVOICE, send_to="compta"))
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    service.complete_task(company.fiona, task.id)
    other = replace(company.fiona, person_id=company.nadia.person_id, name="Nadia")
    with pytest.raises(AlreadyHandled) as refused:
        service.complete_task(other, task.id)
    assert (refused.value.name, refused.value.at) == ("Fiona", AT_TEN.isoformat())


def test_sales_cannot_tick_a_task_of_finance(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.NO_INVOICE, send_to="compta"))
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    with pytest.raises(NotAllowed):
        service.complete_task(company.anne, task.id)


def test_a_task_without_an_alert_is_answered_in_its_askers_channel(
    database: Database, service: FollowUpService
) -> None:
    quiet = a_company(database, with_alert=False)
    service.record(quiet.anne, a_note(quiet, Outcome.NO_INVOICE, send_to="compta"))
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=quiet.workspace_id)
    service.complete_task(quiet.fiona, task.id)
    assert messages_of(database, quiet)[-1].person_id == quiet.anne.person_id


def test_a_resolved_dispute_gives_the_client_back_to_its_owner_once(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.DISPUTES, reason="rayures"))
    with database.read() as work:
        (dispute,) = disputes.list_disputes(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    first = service.resolve_dispute(company.anne, dispute.id)
    count = len(messages_of(database, company))
    assert service.resolve_dispute(company.anne, dispute.id) == first
    assert len(messages_of(database, company)) == count
    assert alert_of(database, company).state == AlertState.OPEN


def test_an_unknown_task_or_dispute_is_not_found(
    company: Company, service: FollowUpService
) -> None:
    with pytest.raises(NotFound):
        service.complete_task(company.fiona, 1)
    with pytest.raises(NotFound):
        service.resolve_dispute(company.fiona, 1)
