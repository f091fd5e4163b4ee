"""Alerts in the database: episodes, posts to make, and nothing of another workspace."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import NotFound
from bot.domain.policy import DEFAULT
from bot.domain.policy_document import policy_from_document
from storage import alert_posts, alerts, crossing, policies, scan_settings, standings
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def open_one(books: Books, client_id: int) -> int:
    """Open an alert of a client."""
    row = {
        "client_id": client_id,
        "owner_id": None,
        "state": "open",
        "level": 1,
        "reasons": [{"rule": "level_1", "level": 1}],
        "currency": "EUR",
        "overdue_minor": 90_000,
        "oldest_due_on": TODAY,
    }
    with books.database.write() as uow:
        made = alerts.open_alerts(uow.session, workspace_id=books.workspace_id, now=NOW, rows=[row])
        uow.commit()
    return made[0]


def test_a_second_episode_follows_a_resolved_one(database: Database) -> None:
    books = open_books(database)
    client = books.client("C1", "Roy")
    first = open_one(books, client)
    with database.write() as uow:
        alerts.change_alert(
            uow.session, workspace_id=books.workspace_id, id=first, state="resolved"
        )
        uow.commit()
    second = open_one(books, client)
    with database.read() as uow:
        row = alerts.get_alert(uow.session, workspace_id=books.workspace_id, id=second)
    assert row.episode == 2


def test_a_change_raises_the_version(database: Database) -> None:
    books = open_books(database)
    id = open_one(books, books.client("C1", "Roy"))
    with database.write() as uow:
        alerts.change_alert(uow.session, workspace_id=books.workspace_id, id=id, level=2)
        row = alerts.get_alert(uow.session, workspace_id=books.workspace_id, id=id)
    assert (row.level, row.version) == (2, 2)


def test_another_workspace_finds_nothing(database: Database) -> None:
    books, other = open_books(database), open_books(database).workspace_id
    client = books.client("C1", "Roy")
    id = open_one(books, client)
    with database.read() as uow:
        session = uow.session
        assert alert_posts.list_unposted(session, workspace_id=other) == []
        assert standings.list_standings(session, workspace_id=other) == ({}, {})
        assert alerts.list_clients(session, workspace_id=other, ids=[client]) == {}
        assert crossing.list_client_ids(session, workspace_id=other) == []
        assert scan_settings.list_recipients(session, workspace_id=other) == {}
        assert not alerts.has_event(session, workspace_id=other, key="x")
        with pytest.raises(NotFound):
            alerts.get_alert(session, workspace_id=other, id=id)


def test_the_policy_in_force_is_the_newest(database: Database) -> None:
    books = open_books(database)
    with database.write() as uow:
        for days in (12, 14):
            policy = policy_from_document({"window_days": days})
            policies.set_policy(
                uow.session,
                workspace_id=books.workspace_id,
                policy=policy,
                by="Fiona",
                now=NOW,
            )
        uow.commit()
    with database.read() as uow:
        mine = policies.get_policy(uow.session, workspace_id=books.workspace_id)
        theirs = policies.get_policy(uow.session, workspace_id=open_books(database).workspace_id)
    assert (mine.window_days, theirs) == (14, DEFAULT)


def test_a_workspace_nobody_made_is_not_found(database: Database) -> None:
    with database.read() as uow, pytest.raises(NotFound):
        scan_settings.get_settings(uow.session, workspace_id=1)
