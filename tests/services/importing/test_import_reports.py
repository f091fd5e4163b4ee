"""What an import leaves to be read: its warnings, its report in the finance channel."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.actors import Actor
from bot.domain.lifecycle import Role
from bot.services.alerts.list_views import import_report_view
from bot.services.alerts.previews import PreviewService
from bot.services.mornings.home import HomeService
from bot.services.workspaces.service import WorkspaceService
from storage.unit_of_work import Database
from tests.import_files import AT, Desk, open_desk, sale

BOOKS = [sale("C1", "FA-1001", "20260110", 120_000)]
UNLETTERED = "Nothing is matched in this file: payments go to the oldest invoices."


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """A new workspace, once on each engine."""
    return open_desk(database, tmp_path)


@pytest.fixture
def light(sqlite_database: Database, tmp_path: Path) -> Desk:
    """A new workspace on SQLite, where the engine is not the subject."""
    return open_desk(sqlite_database, tmp_path)


def with_finance(desk: Desk) -> Desk:
    workspaces = WorkspaceService(desk.database, lambda: AT)
    workspaces.set(desk.workspace_id, ["finance_channel=GFINANCE"], by="fiona")
    return desk


def told_of_imports(desk: Desk) -> list[tuple[Any, ...]]:
    query = "SELECT method, channel FROM message WHERE kind = 'import_report' ORDER BY version"
    return desk.rows(query)


def test_what_a_reader_noticed_stays_with_its_import(desk: Desk) -> None:
    run_id = desk.fec(BOOKS).run_id
    assert run_id is not None
    with desk.database.read() as uow:
        report = import_report_view(uow.session, workspace_id=desk.workspace_id, run_id=run_id)
    assert report is not None
    assert report.warnings == (UNLETTERED,)


def test_the_state_of_the_books_says_what_their_reader_noticed(light: Desk) -> None:
    light.fec(BOOKS)
    finance = Actor(light.workspace_id, None, "U1", "Fiona", frozenset({Role.FINANCE}))
    (books,) = HomeService(light.database).imports(finance)
    assert books.warnings == (UNLETTERED,)


def test_finance_reads_the_report_of_an_import_to_look_at(light: Desk) -> None:
    with_finance(light).fec(BOOKS)
    assert told_of_imports(light) == [("chat.postMessage", "GFINANCE")]


def test_a_report_asked_for_again_is_not_told_twice(light: Desk) -> None:
    people = light.table("people.csv", "email;name", "anne@acme.example;Anne", ";Karim")
    run_id = with_finance(light).bring(people).run_id
    assert run_id is not None
    PreviewService(light.database, lambda: AT).tell_import(light.workspace_id, run_id)
    assert len(told_of_imports(light)) == 1


def test_an_import_with_nothing_to_look_at_is_not_reported(light: Desk) -> None:
    with_finance(light).bring(light.table("people.csv", "email;name", "anne@acme.example;Anne"))
    assert told_of_imports(light) == []


def test_the_report_of_an_import_taken_back_is_edited(light: Desk) -> None:
    with_finance(light).fec(BOOKS)
    light.imports.undo_last(light.workspace_id, by="fiona", now=AT)
    assert told_of_imports(light) == [("chat.postMessage", "GFINANCE"), ("chat.update", "GFINANCE")]
