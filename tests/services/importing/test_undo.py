"""The last import undone, row for row."""

from datetime import date

import pytest

from bot.domain.errors import Conflict
from tests.import_files import AT, Desk, opening, sale
from tests.services.importing.real_books import BOOKS


def test_undo_restores_every_row_as_it_was(desk: Desk) -> None:
    desk.fec(BOOKS)
    before = desk.dump()
    desk.fec(
        [opening("C1", "RAN", "20270101", 60_000), sale("C3", "FA-3", "20270102", 5_000)],
        year=2027,
        today=date(2027, 2, 1),
    )
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    assert desk.dump() == before


def test_undo_of_the_first_import_leaves_no_client(desk: Desk) -> None:
    desk.fec(BOOKS)
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    assert desk.rows("SELECT COUNT(*) FROM client") == [(0,)]


def test_undo_keeps_a_client_that_somebody_wrote_about(light: Desk) -> None:
    light.fec(BOOKS)
    with light.database.write() as uow:
        connection = uow.session.connection()
        connection.exec_driver_sql(
            "INSERT INTO event (workspace_id, id, key, client_id, kind, source, body, at) SELECT "
            "workspace_id, 1, 'k', id, 'note', '', '{}', '2026-11-24' FROM client WHERE code='C1'"
        )
        uow.commit()
    light.imports.undo_last(light.workspace_id, by="fiona", now=AT)
    assert light.rows("SELECT code FROM client") == [("C1",)]


def test_undo_without_an_import_is_refused(light: Desk) -> None:
    with pytest.raises(Conflict) as refused:
        light.imports.undo_last(light.workspace_id, by="fiona", now=AT)
    assert refused.value.code == "nothing_to_undo"


def test_undo_of_an_import_that_another_followed_is_refused(light: Desk) -> None:
    first = light.fec(BOOKS)
    light.fec(BOOKS[:1], force=True)
    with pytest.raises(Conflict) as refused:
        light.imports.undo_last(light.workspace_id, by="fiona", now=AT, run_id=first.run_id)
    assert (refused.value.code, len(light.open_items())) == ("not_the_last", 1)


def test_undo_of_the_named_last_import_is_done(light: Desk) -> None:
    run_id = light.fec(BOOKS).run_id
    undone = light.imports.undo_last(light.workspace_id, by="fiona", now=AT, run_id=run_id)
    assert undone.run_id == run_id


def test_a_second_undo_of_the_same_import_leaves_the_one_before(light: Desk) -> None:
    light.fec(BOOKS[:1])
    run_id = light.fec(BOOKS).run_id
    light.imports.undo_last(light.workspace_id, by="fiona", now=AT, run_id=run_id)
    with pytest.raises(Conflict):
        light.imports.undo_last(light.workspace_id, by="fiona", now=AT, run_id=run_id)
    assert len(light.open_items()) == 1


def test_an_undone_file_can_be_imported_again(desk: Desk) -> None:
    desk.fec(BOOKS)
    desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    desk.fec(BOOKS)
    assert len(desk.open_items()) == 3
