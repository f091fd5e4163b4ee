"""One of everything that follows from a call, written for a company."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from bot.domain.follow_ups import NewDispute, NewPromise, NewTask, TaskKind
from bot.domain.lifecycle import (
    HoldKind,
    Means,
    Outcome,
    TaskOwner,
)
from storage import disputes, events, follow_ups, handovers, promises, tasks
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company

MONDAY = date(2026, 11, 30)


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
        owner_id=company.anne.person_id,
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


def received(database: Database, company: Company) -> int:
    with database.read() as work:
        ids = promises.list_live_promise_ids(work.session, workspace_id=company.workspace_id)
        (live,) = promises.list_live_promises(
            work.session, workspace_id=company.workspace_id, ids=ids
        )
    return live.received_minor
