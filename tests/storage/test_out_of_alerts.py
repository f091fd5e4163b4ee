"""Clients and accounts kept out of alerts, unsafe channels: one tenant never sees another's."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.channel_troubles import Trouble
from storage import account_kinds, muting, unsafe_channels
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
UNTIL = TODAY + timedelta(days=5)


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


@pytest.fixture
def other(database: Database) -> Books:
    return open_books(database)


def mute(books: Books, client_id: int, workspace_id: int) -> None:
    """Keep a client out of alerts, as that workspace."""
    with books.database.write() as uow:
        muting.set_mute(
            uow.session,
            workspace_id=workspace_id,
            client_id=client_id,
            until=UNTIL,
            reason="procès",
        )
        uow.commit()


def test_a_mute_holds_on_its_last_day_and_no_longer(books: Books) -> None:
    client_id = books.client("C1", "Roy")
    mute(books, client_id, books.workspace_id)
    of_it = {"workspace_id": books.workspace_id, "client_id": client_id}
    with books.database.read() as uow:
        assert muting.find_mute(uow.session, **of_it, today=UNTIL) is not None
        assert muting.find_mute(uow.session, **of_it, today=UNTIL + timedelta(days=1)) is None


def test_a_second_tenant_sees_and_writes_no_mute(books: Books, other: Books) -> None:
    client_id = books.client("C1", "Roy")
    mute(books, client_id, other.workspace_id)
    with books.database.write() as uow:
        assert muting.list_mutes(uow.session, workspace_id=books.workspace_id, today=TODAY) == {}
        found = muting.lock_client(uow.session, workspace_id=other.workspace_id, id=client_id)
        assert found is None
    mute(books, client_id, books.workspace_id)
    with books.database.read() as uow:
        assert muting.list_mutes(uow.session, workspace_id=other.workspace_id, today=TODAY) == {}


def test_a_second_tenant_sees_no_proposal(books: Books, other: Books) -> None:
    books.client("T1", "Caisse", kind="till")
    with books.database.read() as uow:
        assert account_kinds.list_proposed(uow.session, workspace_id=other.workspace_id) == []
        assert account_kinds.count_proposed(uow.session, workspace_id=other.workspace_id) == 0


def test_a_second_tenant_sees_and_frees_no_channel(books: Books, other: Books) -> None:
    channel = "C0PUBLIC"
    with books.database.write() as uow:
        session = uow.session
        unsafe_channels.keep_troubles(
            session,
            workspace_id=books.workspace_id,
            channel=channel,
            troubles="public",
            now=NOW,
        )
        unsafe_channels.set_consent(
            session,
            workspace_id=other.workspace_id,
            channel=channel,
            to="public",
            by_id=None,
            at=NOW,
        )
        unsafe_channels.forget(session, workspace_id=other.workspace_id, channel=channel)
        uow.commit()
    with books.database.read() as uow:
        (line,) = unsafe_channels.list_channels(uow.session, workspace_id=books.workspace_id)
        assert unsafe_channels.list_channels(uow.session, workspace_id=other.workspace_id) == []
    assert (line.troubles, line.is_consented) == ((Trouble.PUBLIC,), False)


def test_the_same_troubles_are_news_once(books: Books) -> None:
    of_it = {"workspace_id": books.workspace_id}
    with books.database.write() as uow:
        told = [
            unsafe_channels.keep_troubles(
                uow.session, **of_it, channel="C1", troubles=troubles, now=NOW
            )
            for troubles in ("public", "public", "guests,public")
        ]
    assert told == [True, False, True]
