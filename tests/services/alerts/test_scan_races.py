"""A click that comes while a scan is at work: kept or refused, never lost."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import event, select, update

from bot.domain.actors import Actor
from bot.domain.lifecycle import Role
from bot.services.alerts.actions import AlertActions
from bot.services.alerts.service import AlertService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
LATER = NOW + timedelta(days=6)


@pytest.fixture
def books(database: Database) -> Books:
    """A company of Anne's with one client late."""
    books = open_books(database, finance_channel="CFINANCE", activated_at=NOW)
    client = books.client("C1", "Roy", owner_id=books.person("Anne", channel="CA"))
    books.item(client, "F1", 90_000, due_on=TODAY - timedelta(days=10))
    return books


def when_alerts_are_read(database: Database, click: Thread) -> None:
    """Start the click once the scan has read the alerts, and give it time to come through."""

    def follow(_: Any, __: Any, statement: str, *___: Any) -> None:
        if "FROM alert" in statement and click.ident is None:
            click.start()
            click.join(0.4)

    event.listen(database.engine, "after_cursor_execute", follow)


def test_a_pause_asked_during_a_scan_outlives_it(books: Books) -> None:
    database, scans = books.database, AlertService(books.database)
    alert_id = scans.scan(books.workspace_id, today=TODAY, now=NOW).alerts[0].alert_id or 0
    alert = metadata.tables["alert"]
    with database.write() as uow:
        shown = update(alert).values(channel="CA", ts="1.0", window_ends_on=date(2026, 12, 8))
        uow.session.execute(shown)
        owner_id = uow.session.scalar(select(alert.c.owner_id))
        uow.commit()
    anne = Actor(books.workspace_id, owner_id, roles=frozenset({Role.SALES}))
    actions = AlertActions(database, lambda: LATER)
    actions.acknowledge(anne, alert_id, key="taken", today=TODAY)
    until = MONDAY + timedelta(days=7)

    def pause() -> None:
        actions.snooze(anne, alert_id, until=until, reason="congés", key="paused", today=MONDAY)

    click = Thread(target=pause)
    when_alerts_are_read(database, click)
    scans.scan(books.workspace_id, today=MONDAY, now=LATER)
    click.join()
    with database.read() as uow:
        found = uow.session.execute(select(alert.c.state, alert.c.state_ends_on)).one()
    assert tuple(found) == ("snoozed", until)
