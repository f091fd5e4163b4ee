"""A gesture: asked of finance, agreed to within an authority, then a credit note to make."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from bot.domain.errors import NotAllowed
from bot.domain.follow_ups import TaskKind
from bot.domain.gestures import GestureForm
from bot.domain.lifecycle import ConcessionState, Role, TaskOwner
from bot.rendering.form_views import StakesView
from bot.services.follow_ups.concession_views import concession_view
from bot.services.follow_ups.concessions import ConcessionService
from bot.services.follow_ups.stakes import find_stakes
from storage.tables.follow_ups import Concession, Task
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Company
from tests.services.follow_ups.conceding import asked_id, happened, told


def a_gesture(company: Company, typed: str = "5 %") -> GestureForm:
    return GestureForm("g1", company.client_id, typed, reason="livraison incomplète")


def test_a_gesture_is_always_asked_of_finance(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company))
    assert happened(database) == ["gesture_asked"]


def test_a_percentage_is_of_what_is_overdue(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company))
    with database.read() as work:
        assert work.session.scalars(select(Concession.minor)).one() == 624_00


def test_a_gesture_agreed_to_gives_finance_a_credit_note_to_make(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company))
    concessions.grant(company.fiona, asked_id(database))
    with database.read() as work:
        task = work.session.scalars(select(Task)).one()
    assert (task.kind, task.side, task.due_on) == (
        TaskKind.PROVIDE_DOCUMENT,
        TaskOwner.FINANCE,
        date(2026, 12, 1),
    )


def test_a_gesture_refused_asks_for_no_credit_note(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company))
    concessions.refuse(company.fiona, asked_id(database), "livraison complète")
    assert told(database, "task") == []


def test_a_gesture_above_finances_authority_is_not_finances_to_give(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company, "6 000"))
    with pytest.raises(NotAllowed):
        concessions.grant(company.fiona, asked_id(database))


def test_an_administrator_agrees_to_a_gesture_above_finances_authority(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company, "6 000"))
    admin = replace(company.fiona, roles=frozenset({Role.ADMIN}))
    assert concessions.grant(admin, asked_id(database)).state is ConcessionState.GRANTED


def test_finance_reads_a_request_before_it_refuses(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company))
    view = concessions.view(company.fiona, asked_id(database), today=TUESDAY)
    assert (view.client, view.reason) == ("Menuiserie Roy", "livraison incomplète")


def test_finance_reads_what_weighs_when_it_decides(
    concessions: ConcessionService, database: Database, company: Company
) -> None:
    concessions.ask_gesture(company.anne, a_gesture(company))
    asked = asked_id(database)
    with database.read() as work:
        view = concession_view(
            work.session, workspace_id=company.workspace_id, concession_id=asked, today=TUESDAY
        )
    assert view is not None
    assert view.stakes == StakesView(unpaid_count=1, oldest_due_on=date(2026, 10, 24))


def test_nothing_weighs_for_a_client_that_is_not_known(
    database: Database, company: Company
) -> None:
    with database.read() as work:
        assert find_stakes(work.session, company.workspace_id, 1, TUESDAY) == StakesView()
