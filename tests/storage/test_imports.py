"""The imports applied, and changes written in bulk and taken back."""

import pytest

from bot.domain.books import TableChanges
from storage import book_writing, imports
from storage.ids import new_ids
from storage.unit_of_work import Database
from tests.books import AT
from tests.storage.import_rows import Held, hold


@pytest.fixture
def held(database: Database) -> Held:
    """One client's books beside a stranger's workspace, once on each engine."""
    return hold(database)


def names(database: Database, workspace_id: int) -> list[str]:
    """Return the names of a workspace's people."""
    with database.read() as uow:
        rows = uow.session.connection().exec_driver_sql(
            f"SELECT name FROM person WHERE workspace_id = {workspace_id} ORDER BY id"
        )
        return [row[0] for row in rows]


def test_the_last_run_is_found_by_what_is_known_of_it(held: Held, database: Database) -> None:
    with database.read() as uow:
        run = imports.find_last_run(
            uow.session,
            workspace_id=held.books.workspace_id,
            entity_id=held.books.entity_id,
            kinds=("fec",),
            sha256="abc",
        )
    assert run is not None
    assert run.id == held.run_id


def test_an_undone_run_is_no_longer_the_last(held: Held, database: Database) -> None:
    workspace_id = held.books.workspace_id
    with database.write() as uow:
        imports.mark_undone(uow.session, workspace_id=workspace_id, id=held.run_id, now=AT)
        uow.commit()
    with database.read() as uow:
        assert imports.find_last_run(uow.session, workspace_id=workspace_id) is None


def test_a_second_tenant_finds_no_run(held: Held, database: Database) -> None:
    with database.read() as uow:
        assert imports.find_last_run(uow.session, workspace_id=held.stranger) is None


def test_a_second_tenant_cannot_mark_a_run_undone(held: Held, database: Database) -> None:
    with database.write() as uow:
        imports.mark_undone(uow.session, workspace_id=held.stranger, id=held.run_id, now=AT)
        uow.commit()
    with database.read() as uow:
        found = imports.find_last_run(uow.session, workspace_id=held.books.workspace_id)
    assert found is not None


def test_many_rows_are_updated_at_once(held: Held, database: Database) -> None:
    workspace_id = held.books.workspace_id
    ids = new_ids(600)
    new = TableChanges("person", ("id", "name"), new=[(id, "before") for id in ids])
    after = [((id, "before"), (id, "after")) for id in ids]
    changes = TableChanges("person", ("id", "name"), ("name",), changed=list(after))
    with database.write() as uow:
        book_writing.apply(uow.session, new, workspace_id=workspace_id)
        book_writing.apply(uow.session, changes, workspace_id=workspace_id)
        uow.commit()
    assert set(names(database, workspace_id)) == {"after"}


def test_packed_changes_take_rows_back_as_they_were(held: Held, database: Database) -> None:
    workspace_id = held.books.workspace_id
    kept, gone, new = (held.books.person("Anne"), held.books.person("Karim"), new_ids(1)[0])
    changes = TableChanges(
        "person",
        ("id", "name"),
        ("name",),
        new=[(new, "Nadia")],
        changed=[((kept, "Anne"), (kept, "Anna"))],
        gone=[(gone, "Karim")],
    )
    packed = book_writing.pack([changes])
    with database.write() as uow:
        book_writing.apply(uow.session, changes, workspace_id=workspace_id)
        imports.take_back(uow.session, packed, workspace_id=workspace_id)
        uow.commit()
    assert names(database, workspace_id) == ["Anne", "Karim"]


def test_a_row_must_start_with_its_id() -> None:
    with pytest.raises(TypeError):
        book_writing.row_id(("Anne",))
