"""What people said is kept once, sealed, and for their own workspace alone."""

import pytest
from sqlalchemy import text

from bot.domain.lifecycle import (
    HandoverState,
    PromiseState,
    TaskOwner,
)
from storage import client_files, disputes, events, follow_ups, handovers, promises, tasks
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company, a_company
from tests.storage.written_follow_ups import (
    MONDAY,
    Write,
    write_contact,
    write_dispute,
    write_event,
    write_handover,
    write_hold,
    write_note,
    write_promise,
    write_task,
)


@pytest.mark.parametrize(
    "write",
    [
        write_note,
        write_promise,
        write_dispute,
        write_task,
        write_hold,
        write_handover,
        write_event,
    ],
)
def test_a_key_is_written_once(database: Database, company: Company, write: Write) -> None:
    with database.write() as work:
        assert write(work.session, company) is not None
        assert write(work.session, company) is None


def test_a_note_is_read_as_it_was_written(database: Database, company: Company) -> None:
    with database.write() as work:
        id = write_note(work.session, company)
        assert id is not None
        read = follow_ups.get_note(work.session, workspace_id=company.workspace_id, id=id)
    assert read is not None
    assert (read.reached, read.text, read.details) == (
        "Mme Roy",
        "rappellera jeudi",
        {"amount_minor": 5},
    )


def test_words_are_not_readable_at_rest(database: Database, company: Company) -> None:
    with database.write() as work:
        write_note(work.session, company)
        write_contact(work.session, company)
        stored = [
            str(row)
            for table in ("note", "contact")
            for row in work.session.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not any("Mme Roy" in row or "rappellera jeudi" in row for row in stored)


def test_notes_come_newest_first_page_by_page(database: Database, company: Company) -> None:
    where = {"workspace_id": company.workspace_id, "client_id": company.client_id}
    with database.write() as work:
        for key in ("n1", "n2", "n3"):
            write_note(work.session, company, key)
        first = follow_ups.list_notes(work.session, **where, limit=2)
        second = follow_ups.list_notes(work.session, **where, before_id=first[-1].id)
    assert [note.key for note in (*first, *second)] == ["n3", "n2", "n1"]


def test_a_contact_named_twice_is_one_contact(database: Database, company: Company) -> None:
    with database.write() as work:
        first = write_contact(work.session, company)
        assert first is not None
        assert write_contact(work.session, company) == first
        name = follow_ups.find_contact_name(
            work.session, workspace_id=company.workspace_id, client_id=company.client_id, id=first
        )
    assert name == "Mme Roy (comptabilité)"


def test_tasks_and_disputes_and_holds_are_closed_once(database: Database, company: Company) -> None:
    tenant = company.workspace_id
    with database.write() as work:
        session = work.session
        task, dispute, hold = (
            write(session, company) or 0 for write in (write_task, write_dispute, write_hold)
        )
        closed = [
            (
                tasks.complete_task(session, workspace_id=tenant, id=task, by_id=None, at=AT_TEN),
                disputes.resolve_dispute(session, workspace_id=tenant, id=dispute, at=AT_TEN),
                tasks.lift_hold(session, workspace_id=tenant, id=hold, at=AT_TEN),
            )
            for _ in range(2)
        ]
    assert closed == [(True, True, True), (False, False, False)]


def test_what_sales_owes_is_its_authors(database: Database, company: Company) -> None:
    with database.write() as work:
        write_task(work.session, company)
        (mine,) = tasks.list_tasks(
            work.session,
            workspace_id=company.workspace_id,
            owner_ids=[company.anne.person_id or 0],
            side=TaskOwner.SALES,
            client_id=company.client_id,
            until=MONDAY,
        )
    assert (mine.owner_id, mine.text) == (company.anne.person_id, "mardi")


def test_another_workspace_finds_nothing(database: Database, company: Company) -> None:
    other = a_company(database).workspace_id
    client, alert = company.client_id, company.alert_id
    with database.write() as work:
        s = work.session
        ids = {
            write: write(s, company) or 0
            for write in (
                write_note,
                write_promise,
                write_dispute,
                write_task,
                write_hold,
                write_handover,
                write_event,
                write_contact,
            )
        }
        found: list[object] = [
            follow_ups.get_note(s, workspace_id=other, id=ids[write_note]),
            follow_ups.find_note(s, workspace_id=other, key="n1"),
            follow_ups.list_notes(s, workspace_id=other, client_id=client),
            follow_ups.find_contact_name(
                s, workspace_id=other, client_id=client, id=ids[write_contact]
            ),
            promises.get_promise(s, workspace_id=other, id=ids[write_promise]),
            promises.list_promises(s, workspace_id=other, client_id=client),
            promises.list_live_promise_ids(s, workspace_id=other),
            promises.list_live_promises(s, workspace_id=other, ids=[ids[write_promise]]),
            promises.close_promise(
                s,
                workspace_id=other,
                id=ids[write_promise],
                state=PromiseState.KEPT,
                received_minor=0,
                at=AT_TEN,
            ),
            disputes.get_dispute(s, workspace_id=other, id=ids[write_dispute]),
            disputes.list_disputes(s, workspace_id=other, client_id=client),
            disputes.count_open_disputes(s, workspace_id=other, client_id=client),
            disputes.resolve_dispute(s, workspace_id=other, id=ids[write_dispute], at=AT_TEN),
            disputes.sum_open_items(
                s, workspace_id=other, client_id=client, ids=[company.item_id], currency="EUR"
            ),
            tasks.get_task(s, workspace_id=other, id=ids[write_task]),
            tasks.list_tasks(s, workspace_id=other),
            tasks.complete_task(s, workspace_id=other, id=ids[write_task], by_id=None, at=AT_TEN),
            tasks.list_holds(s, workspace_id=other, client_id=client, today=TUESDAY),
            tasks.lift_hold(s, workspace_id=other, id=ids[write_hold], at=AT_TEN),
            handovers.get_handover(s, workspace_id=other, id=ids[write_handover]),
            handovers.find_handover(s, workspace_id=other, key="o1"),
            handovers.find_latest_handover(s, workspace_id=other, alert_id=alert),
            handovers.list_handovers(s, workspace_id=other, state=HandoverState.OFFERED),
            events.find_event(s, workspace_id=other, id=ids[write_event]),
            events.list_events(s, workspace_id=other, client_id=client),
            client_files.find_client(s, workspace_id=other, id=client),
            client_files.find_open_alert_id(s, workspace_id=other, client_id=client),
            client_files.lock_alert(s, workspace_id=other, id=alert),
            client_files.find_alert(s, workspace_id=other, id=alert),
            client_files.find_person_name(s, workspace_id=other, id=company.anne.person_id),
            follow_ups.count_notes(s, workspace_id=other, client_id=client),
            promises.count_broken_promises(s, workspace_id=other, client_id=client),
            handovers.find_handover_before(
                s, workspace_id=other, alert_id=alert, id=ids[write_handover] + 1
            ),
        ]
    assert not any(found)
