"""Items whose due date no document states."""

from storage import open_items
from storage.unit_of_work import Database
from tests.storage.import_rows import hold


def test_stated_due_dates_are_left_out(database: Database) -> None:
    held = hold(database)
    held.books.item(held.client_id, "F2", 5_000)
    with database.read() as uow:
        rows = open_items.list_not_stated(
            uow.session, workspace_id=held.books.workspace_id, client_ids=[held.client_id]
        )
    assert [row.number for row in rows] == ["F1"]
