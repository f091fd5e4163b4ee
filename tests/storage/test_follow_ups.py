"""What people said is kept once, sealed, and for their own workspace alone."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlmodel import Session

from bot.domain.follow_ups import NewDispute, NewPromise, NewTask, TaskKind
from bot.domain.lifecycle import (
    HandoverState,
    HoldKind,
    Means,
    Outcome,
    PromiseState,
    TaskOwner,
)
from storage import client_files, disputes, events, follow_ups, handovers, promises, tasks
from storage.tables.ledger import Balance
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company, a_company, a_receipt, an_import

MONDAY = date(2026, 11, 30)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


def write_note(session: Session, company: Company, key: str = "n1") -> int | None:
    note = follow_ups.NoteLine(
        key=key,
        client_id=company.client_id,
        outcome=Outcome.OTHER,
        means=Means.PHONE,
        at=AT_TEN,
        reached="Mme Roy",
        text="rappellera jeudi",
        details={"amount_minor": 5},
    )
    return follow_ups.add_note(session, workspace_id=company.workspace_id, note=note)


def write_promise(session: Session, company: Company, key: str = "p1") -> int | None:
    return promises.add_promise(
        session,
        workspace_id=company.workspace_id,
        key=key,
        client_id=company.client_id,
        alert_id=company.alert_id,
        note_id=None,
        by_id=company.anne.person_id,
        promise=NewPromise(500_00, "EUR", MONDAY),
        made_on=TUESDAY,
    )


def write_dispute(session: Session, company: Company) -> int | None:
    return disputes.add_dispute(
        session,
        workspace_id=company.workspace_id,
        key="d1",
        client_id=company.client_id,
        alert_id=company.alert_id,
        note_id=None,
        by_id=company.anne.person_id,
        dispute=NewDispute("deux portes rayées", (company.item_id,), 300, "EUR", MONDAY),
        at=AT_TEN,
    )


def write_task(session: Session, company: Company) -> int | None:
    return tasks.add_task(
        session,
        workspace_id=company.workspace_id,
        key="t1",
        client_id=company.client_id,
        alert_id=None,
        note_id=None,
        asked_by_id=company.anne.person_id,
        task=NewTask(TaskKind.CALL_AGAIN, TaskOwner.SALES, "mardi", MONDAY),
        at=AT_TEN,
    )


def write_hold(session: Session, company: Company) -> int | None:
    return tasks.add_hold(
        session,
        workspace_id=company.workspace_id,
        key="h1",
        client_id=company.client_id,
        kind=HoldKind.MANUAL,
        reason="congés",
        by_id=None,
        until_on=MONDAY,
        at=AT_TEN,
    )


def write_handover(session: Session, company: Company) -> int | None:
    return handovers.add_handover(
        session,
        workspace_id=company.workspace_id,
        key="o1",
        client_id=company.client_id,
        alert_id=company.alert_id,
        by_id=company.anne.person_id,
        automatic=False,
        opinion="un échéancier passerait",
        at=AT_TEN,
        take_by_on=MONDAY,
    )


def write_event(session: Session, company: Company) -> int | None:
    return events.append(
        session,
        workspace_id=company.workspace_id,
        key="e1",
        kind="note",
        at=AT_TEN,
        client_id=company.client_id,
    )


def write_contact(session: Session, company: Company) -> int | None:
    return follow_ups.add_contact(
        session,
        workspace_id=company.workspace_id,
        client_id=company.client_id,
        name="Mme Roy",
        function="comptabilité",
        phone="01 02 03 04 05",
    )


Write = Callable[[Session, Company], int | None]


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
    assert not any("Roy" in row or "jeudi" in row for row in stored)


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


def test_a_new_promise_takes_the_place_of_the_live_one(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        write_promise(work.session, company, "p1")
        write_promise(work.session, company, "p2")
        states = [
            promise.state
            for promise in promises.list_promises(
                work.session, workspace_id=company.workspace_id, client_id=company.client_id
            )
        ]
    assert states == [PromiseState.LIVE, PromiseState.REPLACED]


def received(database: Database, company: Company) -> int:
    with database.read() as work:
        ids = promises.list_live_promise_ids(work.session, workspace_id=company.workspace_id)
        (live,) = promises.list_live_promises(
            work.session, workspace_id=company.workspace_id, ids=ids
        )
    return live.received_minor


def test_receipts_of_the_first_day_on_count_matched_or_not(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        write_promise(work.session, company)
        work.commit()
    a_receipt(database, company, minor=100, on=TUESDAY)
    a_receipt(database, company, minor=20, on=MONDAY, matched=False)
    a_receipt(database, company, minor=999, on=date(2026, 11, 23))
    assert received(database, company) == 120


def test_the_accounts_last_receipt_counts_where_nothing_can_be_matched(
    database: Database, company: Company
) -> None:
    with database.write() as work:
        write_promise(work.session, company)
        balance = work.session.scalars(select(Balance)).one()
        balance.last_receipt_on, balance.last_receipt_minor = MONDAY, 75
        work.session.add(balance)
        work.commit()
    assert received(database, company) == 75


def test_what_came_before_the_promise_that_day_does_not_count(
    database: Database, company: Company
) -> None:
    a_receipt(database, company, minor=100, on=TUESDAY)
    with database.write() as work:
        write_promise(work.session, company)
        work.commit()
    assert received(database, company) == 0


def test_a_live_promise_knows_up_to_when_the_books_were_read(
    database: Database, company: Company
) -> None:
    an_import(database, company, as_of=date(2026, 11, 20))
    an_import(database, company, as_of=TUESDAY)
    with database.write() as work:
        id = write_promise(work.session, company)
        assert id is not None
        (live,) = promises.list_live_promises(
            work.session, workspace_id=company.workspace_id, ids=[id]
        )
    assert (live.books_until, live.owed_minor) == (TUESDAY, 12_480_00)


def test_a_promise_is_judged_once(database: Database, company: Company) -> None:
    with database.write() as work:
        id = write_promise(work.session, company)
        assert id is not None
        verdicts = [
            promises.close_promise(
                work.session,
                workspace_id=company.workspace_id,
                id=id,
                state=PromiseState.BROKEN,
                received_minor=0,
                at=AT_TEN,
            )
            for _ in range(2)
        ]
    assert verdicts == [True, False]


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
            owner_id=company.anne.person_id,
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
