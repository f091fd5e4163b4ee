"""Notes and promises: written once, told in the thread, refused field by field."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.follow_ups import InvalidForm
from bot.domain.lifecycle import AlertState, Outcome
from bot.domain.told import Told
from bot.services.follow_ups.service import FollowUpService
from bot.services.handovers.service import HandoverService
from storage import disputes, events, follow_ups, promises, tasks
from storage.unit_of_work import Database
from tests.follow_up_rows import (
    AT_TEN,
    Clock,
    Company,
    a_company,
)
from tests.services.follow_ups.noting import AFTER_GRACE, MONDAY, a_note, a_promise
from tests.services.outbox import alert_of, messages_of, told


def test_a_promise_is_kept_with_its_note_and_stops_the_window(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    alert = alert_of(database, company)
    assert (alert.state, alert.state_ends_on, alert.version) == (AlertState.PROMISED, MONDAY, 2)
    assert (alert.window_suspended_until, alert.window_left_days) == (MONDAY, 10)
    assert alert.window_ends_on == date(2026, 12, 14)


def test_a_promise_edits_the_alert_and_adds_a_line_to_its_thread(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    edit, line = messages_of(database, company)
    assert (edit.kind, edit.method, edit.version) == (Told.ALERT, "chat.update", 2)
    assert (line.kind, line.thread) == (Told.ALERT_EVENT, f"alert:{company.alert_id}")
    assert line.body["mention_id"] is None


def test_a_submission_sent_twice_is_written_once_and_answered_the_same(
    database: Database, company: Company, service: FollowUpService
) -> None:
    first = service.record(company.anne, a_promise(company))
    told_once = told(database, company)
    assert service.record(company.anne, a_promise(company)) == first
    assert told(database, company) == told_once
    with database.read() as work:
        made = promises.list_promises(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    assert len(made) == 1


def test_two_copies_of_one_submission_at_once_are_one_note(
    database: Database, company: Company, service: FollowUpService
) -> None:
    with ThreadPoolExecutor(2) as pool:
        copies = [pool.submit(service.record, company.anne, a_promise(company)) for _ in range(2)]
        answers = {copy.result() for copy in copies}
    assert len(answers) == 1
    assert len(messages_of(database, company)) == 2


def test_a_submission_repeated_after_its_date_is_still_answered_the_same(
    company: Company, service: FollowUpService, clock: Clock
) -> None:
    first = service.record(company.anne, a_promise(company))
    clock.now = datetime(2026, 12, 4, 9, tzinfo=UTC)
    assert service.record(company.anne, a_promise(company)) == first


def test_a_note_on_a_file_with_finance_redraws_its_story(
    database: Database, company: Company, service: FollowUpService, clock: Clock
) -> None:
    files = HandoverService(database, clock)
    files.take(company.fiona, files.offer(company.anne, company.alert_id, "", "o1").handover_id)
    service.record(company.fiona, a_promise(company))
    service.judge_promises(company.workspace_id, AFTER_GRACE, AT_TEN)
    edits = [
        row.version
        for row in messages_of(database, company)
        if row.kind == Told.HANDOVER and row.method == "chat.update"
    ]
    assert edits == [2, 3, 4]
    assert alert_of(database, company).state == AlertState.TAKEN


def test_a_refused_form_changes_nothing(
    database: Database, company: Company, service: FollowUpService
) -> None:
    with pytest.raises(InvalidForm) as refused:
        service.record(company.anne, replace(a_promise(company), promised_on=date(2026, 1, 1)))
    assert list(refused.value.errors) == ["promised_on"]
    assert told(database, company) == []


def test_a_colleague_may_not_note_somebody_elses_client(
    database: Database, company: Company, service: FollowUpService
) -> None:
    with pytest.raises(NotAllowed):
        service.record(company.karim, a_promise(company))
    assert alert_of(database, company).state == AlertState.OPEN


def test_another_workspaces_client_is_unknown(
    database: Database, company: Company, service: FollowUpService
) -> None:
    other = a_company(database)
    with pytest.raises(NotFound):
        service.record(other.fiona, a_promise(company))


def test_a_note_by_finance_mentions_the_owner_in_the_thread(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.fiona, a_note(company, Outcome.OTHER, text="a rappelé"))
    line = messages_of(database, company)[-1]
    assert line.body["mention_id"] == company.anne.person_id


def test_what_needs_finance_becomes_a_task_told_in_its_channel(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.NO_INVOICE, send_to="compta@roy.fr"))
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    assert (task.text, task.due_on) == ("compta@roy.fr", date(2026, 11, 26))
    assert (Told.TASK, "CFINANCE", "chat.postMessage") in told(database, company)


def test_a_known_contact_is_who_was_reached(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    with database.read() as work:
        (first,) = follow_ups.list_notes(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    again = a_note(company, Outcome.CASH_TROUBLE, key="k2", said="attend un gros client")
    service.record(company.anne, replace(again, contact_id=first.contact_id))
    with database.read() as work:
        latest = follow_ups.list_notes(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )[0]
    assert (latest.reached, latest.text) == ("Mme Roy", "attend un gros client")


def test_another_clients_alert_is_not_moved(
    database: Database, company: Company, service: FollowUpService
) -> None:
    with pytest.raises(NotFound):
        service.record(company.anne, replace(a_promise(company), alert_id=1))


def test_no_answer_suspends_nothing(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.NO_ANSWER, next_try_on=MONDAY))
    assert alert_of(database, company).window_suspended_until is None


def test_a_disputed_item_is_counted_at_what_is_open(
    database: Database, company: Company, service: FollowUpService
) -> None:
    form = a_note(company, Outcome.DISPUTES, reason="rayures", item_ids=(company.item_id,))
    service.record(company.anne, form)
    with database.read() as work:
        (dispute,) = disputes.list_disputes(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    assert (dispute.reason, dispute.minor) == ("rayures", 12_480_00)
    assert alert_of(database, company).state == AlertState.DISPUTED


def test_a_client_without_an_alert_can_be_noted(
    database: Database, clock: Clock, service: FollowUpService
) -> None:
    quiet = a_company(database, with_alert=False)
    service.record(quiet.anne, replace(a_promise(quiet), alert_id=None))
    assert told(database, quiet) == []


def test_the_history_holds_figures_and_never_the_words(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_promise(company))
    with database.read() as work:
        event, _stopped = events.list_events(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id
        )
    assert event.body["minor"] == 5_000_00
    assert "virement" not in str(event.body)
