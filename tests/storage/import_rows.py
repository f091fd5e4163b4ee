"""One company's books and a stranger's workspace, for tests of import queries."""

from dataclasses import dataclass

from storage.unit_of_work import Database
from tests.books import Books, open_books


@dataclass(frozen=True, slots=True)
class Held:
    """A workspace with one of everything, and the id of another workspace."""

    books: Books
    client_id: int
    item_id: int
    run_id: int
    stranger: int


def hold(database: Database) -> Held:
    """Return one client with an item, a contact, a balance and an import, beside a stranger."""
    books = open_books(database, team_id="T1")
    client_id = books.client("C1", "Roy SARL")
    books.balance(client_id, 10_000)
    item_id = books.item(client_id, "F1", 10_000, due_from="estimated")
    books.add(
        "contact",
        client_id=client_id,
        key="contact:1",
        name_sealed=books.seal("Claire"),
        phone_sealed=books.seal("0400000012"),
    )
    run_id = books.import_run(sha256="abc")
    stranger = open_books(database, team_id="T2").workspace_id
    return Held(books, client_id, item_id, run_id, stranger)
