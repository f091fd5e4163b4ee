"""The list of clients nobody looks after follows what becomes of them."""

from datetime import timedelta

from sqlalchemy import select

from bot.domain.actors import Actor
from bot.domain.lifecycle import Role
from bot.services.alerts.actions import AlertActions
from bot.services.alerts.service import AlertService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, open_books
from tests.conftest import NOW


def test_a_client_that_finds_an_owner_leaves_the_list(database: Database) -> None:
    books = open_books(database, finance_channel="CFINANCE", activated_at=NOW)
    anne, fiona = books.person("Anne", channel="CA"), books.person("Fiona", roles="finance")
    late_since = TODAY - timedelta(days=10)
    clients = [books.client(code, code) for code in ("C1", "C2")]
    for client_id in clients:
        books.item(client_id, "F1", 90_000, due_on=late_since)
    report = AlertService(database).scan(books.workspace_id, today=TODAY, now=NOW)
    finance = Actor(books.workspace_id, fiona, roles=frozenset({Role.FINANCE}))
    AlertActions(database, lambda: NOW).reassign(finance, clients[0], anne, key="give")
    c = metadata.tables["message"].c
    query = select(c.method, c.body).where(
        c.workspace_id == books.workspace_id, c.kind == "unowned"
    )
    with database.read() as uow:
        posted, edited = (tuple(row) for row in uow.session.execute(query.order_by(c.id)))
    left = [line.alert_id for line in report.alerts if line.client_id == clients[1]]
    assert len(posted[1]["alert_ids"]) == 2
    assert edited == ("chat.update", {"alert_ids": left})
