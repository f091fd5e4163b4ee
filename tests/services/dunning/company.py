"""A company with books read to the day before, a salesperson and finance; clients as needed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.services.dunning.service import DunningService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import Books, open_books

TUESDAY = date(2026, 11, 24)
_steps = metadata.tables["step"].c


class Clock:
    """Ten in the morning in Paris of a day, or another hour, that tests move."""

    def __init__(self, day: date = TUESDAY) -> None:
        self.day, self.hour = day, 9

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, self.hour, tzinfo=UTC)


class Company:
    """The books, the service on them, and what was made of them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.books: Books = open_books(database, activated_at=datetime(2026, 11, 1, tzinfo=UTC))
        self.anne = self.books.person("Anne")
        self.fresh(TUESDAY)
        self.service = DunningService(database, self.clock, chunk=2)

    @property
    def workspace_id(self) -> int:
        return self.books.workspace_id

    def fresh(self, day: date) -> None:
        """Import books that are read to the day, at its dawn."""
        self.books.import_run(
            as_of=day,
            receipts_until=day,
            sales_until=day,
            applied_at=datetime(day.year, day.month, day.day, 5, tzinfo=UTC),
        )

    def debtor(self, *days_late: int, euros: int = 1000, mail: bool = True, **values: Any) -> int:
        """Add a client of Anne's that owes an invoice for each of these ages."""
        values = {"owner_id": self.anne, **values}
        count = len(self.clients())
        id = self.books.client(f"C{count}", f"Client {count}", **values)
        for age in days_late:
            self.owe(id, age, euros)
        if mail:
            sealed = self.books.seal("compta@client.example")
            self.books.add("contact", client_id=id, key="accounts:1", email_sealed=sealed)
        return id

    def owe(self, client_id: int, days_late: int, euros: int = 1000) -> int:
        due_on = TUESDAY - timedelta(days=days_late)
        return self.books.item(client_id, f"F{client_id}", euros * 100, due_on=due_on)

    def clients(self) -> list[int]:
        clients = metadata.tables["client"].c
        with self.database.read() as uow:
            return list(uow.session.scalars(select(clients.id)))

    def rows(self, table: str) -> list[int]:
        """Return the ids of a table's rows."""
        columns = metadata.tables[table].c
        mine = columns.workspace_id == self.workspace_id
        with self.database.read() as uow:
            return list(uow.session.scalars(select(columns.id).where(mine).order_by(columns.id)))

    def plan(self, day: date = TUESDAY, **how: Any) -> dict[str, int]:
        """Plan a day; return how many steps were made, by who does them."""
        self.clock.day = day
        return self.service.plan(self.workspace_id, today=day, now=self.clock(), **how).made

    def steps(self, client_id: int) -> list[tuple[str, str]]:
        """Return the steps of a client, in the order they were made, and where they stand."""
        with self.database.read() as uow:
            query = select(_steps.step_key, _steps.state).where(_steps.client_id == client_id)
            return [(row[0], row[1]) for row in uow.session.execute(query.order_by(_steps.id))]
