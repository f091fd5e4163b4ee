"""What threads and the finance channel read of follow-ups, as things stand when drawn."""

from datetime import date
from typing import Any

import pytest

from bot.domain.follow_ups import FollowUpForm, TaskKind
from bot.domain.lifecycle import HandoverState, Outcome, PromiseState
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.follow_ups.service import FollowUpService
from bot.services.follow_ups.views import alert_event_view, promise_broken_view, task_view
from bot.services.handovers.service import HandoverService
from bot.services.handovers.views import handover_reminder_view, handover_view
from storage import promises, tasks
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.services.outbox import messages_of

MONDAY = date(2026, 11, 30)
AFTER_GRACE = date(2026, 12, 3)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def promised(database: Database, company: Company) -> FollowUpService:
    service = FollowUpService(database, Clock())
    service.record(
        company.anne,
        FollowUpForm(
            key="k1",
            client_id=company.client_id,
            alert_id=company.alert_id,
            outcome=Outcome.PROMISES,
            amount_minor=5_000_00,
            promised_on=MONDAY,
            contact_name="Mme Roy",
            orders="une commande de 3 200 €",
            text="virement promis le 30",
        ),
    )
    return service


def test_a_thread_line_shows_the_note_and_what_it_leads_to(
    database: Database, company: Company, promised: FollowUpService
) -> None:
    line = next(row for row in messages_of(database, company) if row.kind == Told.ALERT_EVENT)
    with database.read() as work:
        view = alert_event_view(
            work.session, workspace_id=company.workspace_id, event_id=line.body["event_id"]
        )
    assert view is not None
    assert (view.kind, view.by, view.minor, view.day) == (
        EventKind.PROMISED,
        "Anne",
        5_000_00,
        MONDAY,
    )
    assert view.note is not None
    assert (view.note.reached, view.note.text) == ("Mme Roy", "virement promis le 30")


def test_a_return_shows_its_question_to_the_owner_it_mentions(
    database: Database, company: Company
) -> None:
    service = HandoverService(database, Clock())
    id = service.offer(company.anne, company.alert_id, "avis", "o1").handover_id
    service.give_back(company.fiona, id, "Un échéancier ?")
    line = messages_of(database, company)[-1]
    with database.read() as work:
        view = alert_event_view(work.session, workspace_id=company.workspace_id, **line.body)
    assert view is not None
    assert (view.text, view.handover_id) == ("Un échéancier ?", id)
    assert view.mention is not None
    assert view.mention.slack_user_id == "UANNE"


def test_finance_reads_the_whole_story_of_a_file(
    database: Database, company: Company, promised: FollowUpService
) -> None:
    promised.judge_promises(company.workspace_id, AFTER_GRACE, AT_TEN)
    service = HandoverService(database, Clock())
    id = service.offer(company.anne, company.alert_id, "bonne relation", "o1").handover_id
    with database.read() as work:
        view = handover_view(
            work.session, workspace_id=company.workspace_id, handover_id=id, today=AFTER_GRACE
        )
    assert view is not None
    assert (view.opinion, view.note_count, view.orders) == (
        "bonne relation",
        1,
        "une commande de 3 200 €",
    )
    assert [promise.state for promise in view.promises] == [PromiseState.BROKEN]
    assert (view.overdue_minor, view.oldest_days, view.exposure_minor) == (
        12_480_00,
        40,
        12_480_00,
    )
    assert [item.number for item in view.items] == ["F1"]
    assert (view.state, view.by and view.by.name) == (HandoverState.OFFERED, "Anne")


def test_a_reminder_shows_only_what_nobody_took(database: Database, company: Company) -> None:
    service = HandoverService(database, Clock())
    id = service.offer(company.anne, company.alert_id, "", "o1").handover_id
    asked: dict[str, Any] = {
        "workspace_id": company.workspace_id,
        "handover_ids": [id],
        "manager_id": company.nadia.person_id,
        "today": TUESDAY,
    }
    with database.read() as work:
        waiting = handover_reminder_view(work.session, **asked)
    service.take(company.fiona, id)
    with database.read() as work:
        taken = handover_reminder_view(work.session, **asked)
    assert waiting is not None
    assert [line.client for line in waiting.handovers] == ["Menuiserie Roy"]
    assert taken is None


def test_a_broken_promise_says_how_many_there_were(
    database: Database, company: Company, promised: FollowUpService
) -> None:
    with database.read() as work:
        (id,) = promises.list_live_promise_ids(work.session, workspace_id=company.workspace_id)
        asked: dict[str, Any] = {
            "workspace_id": company.workspace_id,
            "promise_id": id,
            "today": AFTER_GRACE,
        }
        live = promise_broken_view(work.session, **asked, to_finance=True)
    promised.judge_promises(company.workspace_id, AFTER_GRACE, AT_TEN)
    with database.read() as work:
        broken = promise_broken_view(work.session, **asked, to_finance=True)
    assert live is None
    assert broken is not None
    assert (broken.broken_count, broken.minor, broken.owner and broken.owner.name) == (
        1,
        5_000_00,
        "Anne",
    )


def test_a_task_shows_who_asked_and_who_did_it(database: Database, company: Company) -> None:
    service = FollowUpService(database, Clock())
    service.record(
        company.anne,
        FollowUpForm(
            key="k2", client_id=company.client_id, outcome=Outcome.NO_INVOICE, send_to="compta"
        ),
    )
    with database.read() as work:
        (task,) = tasks.list_tasks(work.session, workspace_id=company.workspace_id)
    service.complete_task(company.fiona, task.id)
    with database.read() as work:
        view = task_view(work.session, workspace_id=company.workspace_id, task_id=task.id)
    assert view is not None
    assert (view.kind, view.text, view.done_by) == (TaskKind.SEND_INVOICE, "compta", "Fiona")
    assert view.asked_by is not None


def test_another_workspace_is_shown_nothing(
    database: Database, company: Company, promised: FollowUpService
) -> None:
    other = a_company(database).workspace_id
    with database.read() as work:
        session = work.session
        shown = [
            alert_event_view(session, workspace_id=other, event_id=1),
            task_view(session, workspace_id=other, task_id=1),
            handover_view(session, workspace_id=other, handover_id=1, today=TUESDAY),
            promise_broken_view(
                session, workspace_id=other, promise_id=1, to_finance=False, today=TUESDAY
            ),
        ]
    assert shown == [None] * 4
