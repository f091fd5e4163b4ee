"""Client cards and contacts, and the books read whole."""

import pytest

from bot.domain.books import TableChanges
from storage import book_writing, books, clients, open_items
from storage.unit_of_work import Database
from tests.storage.import_rows import Held, hold


@pytest.fixture
def held(database: Database) -> Held:
    """One client's books beside a stranger's workspace, once on each engine."""
    return hold(database)


def test_cards_come_by_code(held: Held, database: Database) -> None:
    with database.read() as uow:
        cards = clients.list_cards(
            uow.session, workspace_id=held.books.workspace_id, entity_id=held.books.entity_id
        )
    assert [(code, card.name) for code, card in cards.items()] == [("C1", "Roy SARL")]


def test_contacts_come_opened(held: Held, database: Database) -> None:
    with database.read() as uow:
        found = clients.list_contacts(
            uow.session, workspace_id=held.books.workspace_id, entity_id=held.books.entity_id
        )
    card = found[held.client_id]["contact:1"]
    assert (card.name, card.phone, card.email) == ("Claire", "0400000012", "")


def test_a_snapshot_holds_clients_items_and_accounts(held: Held, database: Database) -> None:
    with database.read() as uow:
        snapshot = books.read_snapshot(
            uow.session,
            workspace_id=held.books.workspace_id,
            entity_id=held.books.entity_id,
            version=7,
        )
    item = next(iter(snapshot.items[held.client_id].values()))
    assert (
        snapshot.clients["C1"].id,
        item.id,
        snapshot.balances[held.client_id, "EUR"].net_minor,
    ) == (
        held.client_id,
        held.item_id,
        10_000,
    )


def test_an_account_off_its_items_is_counted(held: Held, database: Database) -> None:
    held.books.item(held.client_id, "F2", 1)
    with database.read() as uow:
        off = books.count_unreconciled(
            uow.session, workspace_id=held.books.workspace_id, entity_id=held.books.entity_id
        )
    assert off == 1


def test_a_second_tenant_finds_nothing(held: Held, database: Database) -> None:
    owned = {"workspace_id": held.stranger, "entity_id": held.books.entity_id}
    with database.read() as uow:
        session = uow.session
        snapshot = books.read_snapshot(session, **owned, version=0)
        found = [
            clients.list_cards(session, **owned),
            clients.list_contacts(session, **owned),
            books.count_unreconciled(session, **owned),
            open_items.list_not_stated(
                session, workspace_id=held.stranger, client_ids=[held.client_id]
            ),
            snapshot.clients,
            snapshot.items,
            snapshot.balances,
            snapshot.settlements,
        ]
    assert not any(found)


def test_a_second_tenant_changes_nothing(held: Held, database: Database) -> None:
    changes = TableChanges(
        "client", ("id",), ("name",), changed=[((held.client_id, ""), (held.client_id, "Mine"))]
    )
    with database.write() as uow:
        book_writing.apply(uow.session, changes, workspace_id=held.stranger)
        book_writing.delete_rows(uow.session, "open_item", [held.item_id], held.stranger)
        uow.commit()
    with database.read() as uow:
        snapshot = books.read_snapshot(
            uow.session,
            workspace_id=held.books.workspace_id,
            entity_id=held.books.entity_id,
            version=0,
        )
    assert (snapshot.clients["C1"].name, len(snapshot.items)) == ("Roy SARL", 1)
