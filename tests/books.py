"""A small company's books, row by row with defaults, for tests of what reads them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session

from bot.domain.ledger import DueFrom, ItemKind
from bot.domain.lifecycle import AlertState
from bot.domain.search import normalise
from storage.ids import new_id
from storage.schema import metadata
from storage.unit_of_work import Database

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def add(session: Session, table: str, **values: Any) -> int:
    """Insert one row with the table's own defaults; return its id."""
    row = {"id": new_id(), **values}
    session.execute(insert(metadata.tables[table]), row)
    return int(row["id"])


@dataclass(slots=True)
class Books:
    """One workspace with one entity, and everything a test puts in it; each call commits."""

    database: Database
    workspace_id: int
    entity_id: int

    def add(self, table: str, **values: Any) -> int:
        """Insert one row of this workspace."""
        with self.database.write() as uow:
            row_id = add(uow.session, table, workspace_id=self.workspace_id, **values)
            uow.commit()
        return row_id

    def change(self, table: str, row_id: int, **values: Any) -> None:
        """Change one row."""
        rows = metadata.tables[table]
        with self.database.write() as uow:
            uow.session.execute(update(rows).where(rows.c.id == row_id).values(**values))
            uow.commit()

    def person(self, name: str, **values: Any) -> int:
        """Add a person."""
        return self.add("person", name=name, **values)

    def client(self, code: str, name: str, **values: Any) -> int:
        """Add a client of the entity."""
        values = {"entity_id": self.entity_id, "created_at": AT, **values}
        return self.add("client", code=code, name=name, search_name=normalise(name), **values)

    def balance(self, client_id: int, net_minor: int, **values: Any) -> int:
        """Add the account of a client in a currency (EUR)."""
        values = {"currency": "EUR", **values}
        return self.add("balance", client_id=client_id, net_minor=net_minor, **values)

    def item(self, client_id: int, number: str, open_minor: int, **values: Any) -> int:
        """Add an open item: an invoice due today in EUR, or a credit note when negative."""
        kind = ItemKind.INVOICE if open_minor >= 0 else ItemKind.CREDIT_NOTE
        due_on = values.pop("due_on", TODAY)
        row = {
            "key": f"{number}:{new_id()}",
            "kind": kind.value,
            "issued_on": due_on - timedelta(days=30),
            "due_on": due_on,
            "due_from": DueFrom.STATED.value,
            "minor": open_minor,
            "currency": "EUR",
            **values,
        }
        return self.add(
            "open_item", client_id=client_id, number=number, open_minor=open_minor, **row
        )

    def alert(self, client_id: int, **values: Any) -> int:
        """Add an open alert about an invoice ten days late."""
        row = {
            "episode": 1,
            "level": 1,
            "state": AlertState.OPEN.value,
            "currency": "EUR",
            "overdue_minor": 100,
            "oldest_due_on": TODAY - timedelta(days=10),
            "opened_at": AT,
            "state_at": AT,
            "reasons": [],
            **values,
        }
        return self.add("alert", client_id=client_id, **row)

    def import_run(self, **values: Any) -> int:
        """Add an applied import of the books."""
        row = {
            "kind": "fec",
            "file_name": "books.txt",
            "sha256": "0",
            "rows": 1,
            "accepted": 1,
            "rejected_count": 0,
            "as_of": TODAY,
            "applied_at": AT,
            "totals": [],
            "warnings": [],
            "undo": b"",
            **values,
        }
        return self.add("import_run", entity_id=self.entity_id, **row)

    def seal(self, text: str) -> str:
        """Seal a text for this workspace."""
        return self.database.vault.seal(self.workspace_id, text)


def open_books(database: Database, **workspace: Any) -> Books:
    """Make a workspace with one entity."""
    workspace_id = new_id()
    with database.write() as uow:
        row = {"id": workspace_id, "created_at": AT, **workspace}
        uow.session.execute(insert(metadata.tables["workspace"]), row)
        entity_id = add(uow.session, "entity", workspace_id=workspace_id, created_at=AT)
        uow.commit()
    return Books(database, workspace_id, entity_id)
