"""E-mails and texts in rows: seen and changed in their own workspace only, texts by version."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import client_texts, emails, open_items, reachable
from storage.schema import metadata
from storage.sessions import Session
from storage.unit_of_work import Database
from tests.books import Books, open_books

SOON = timedelta(minutes=1)


@pytest.fixture
def books(database: Database, now: datetime) -> Books:
    """A company that owes nobody and wrote to one client."""
    made = open_books(database)
    client = made.client("C1", "Client")
    made.item(client, "F1", 100_00)
    contact = made.add(
        "contact", client_id=client, key="a:1", email_sealed=made.seal("a@client.example")
    )
    with database.write() as uow:
        emails.queue(
            uow.session,
            workspace_id=made.workspace_id,
            key="k",
            kind="step",
            client_id=client,
            contact_id=contact,
            to="a@client.example",
            person_id=None,
            now=now,
        )
        client_texts.add_version(
            uow.session,
            workspace_id=made.workspace_id,
            key="courtesy",
            language="fr",
            subject="Un",
            body="b",
            by="f",
            at=now,
        )
        uow.commit()
    return made


def test_a_second_tenant_finds_nothing(books: Books, database: Database, now: datetime) -> None:
    other = open_books(database).workspace_id
    with database.read() as uow:
        session, mine = uow.session, books.workspace_id
        [client] = {one.client_id for one in _all(session, mine)}
        [email] = _all(session, mine)
        place: Any = {"workspace_id": other}
        assert emails.soonest_due(session, **place) is None
        assert emails.find_email(session, id=email.id, **place) is None
        ids = [email.message_id]
        assert emails.find_by_message_id(session, message_ids=ids, **place) is None
        assert emails.list_of_client(session, client_id=client, **place) == []
        assert reachable.list_reachable(session, client_id=client, **place) == []
        assert emails.list_busy(session, since=now - SOON, **place) == []
        assert open_items.list_open(session, client_id=client, **place) == []
        assert client_texts.find_text(session, key="courtesy", language="fr", **place) is None


def test_a_second_tenant_changes_nothing(books: Books, database: Database, now: datetime) -> None:
    other = open_books(database).workspace_id
    with database.write() as uow:
        [email] = _all(uow.session, books.workspace_id)
        place: Any = {"workspace_id": other, "now": now + SOON}
        assert emails.take_next(uow.session, taken_by="t", busy=[], **place) is None
        assert not emails.bounce(uow.session, id=email.id, error="e", for_good=True, **place)
        assert not emails.release(uow.session, id=email.id, again=True, **place)
        assert _all(uow.session, books.workspace_id) == [email]


def test_the_newest_version_of_a_text_is_in_force(
    books: Books, database: Database, now: datetime
) -> None:
    place: Any = {"workspace_id": books.workspace_id, "key": "courtesy", "language": "fr"}
    with database.write() as uow:
        number = client_texts.add_version(
            uow.session, subject="Deux", body="b", by="f", at=now, **place
        )
        found = client_texts.find_text(uow.session, **place)
    assert (number, found) == (2, client_texts.KeptText("Deux", "b", 2, "f", now))


def _all(session: Session, workspace_id: int) -> list[emails.EmailLine]:
    """Return every e-mail of a workspace."""
    rows = metadata.tables["email"].c
    ids = session.scalars(select(rows.id).where(rows.workspace_id == workspace_id)).all()
    found = [emails.find_email(session, workspace_id=workspace_id, id=id) for id in ids]
    return [one for one in found if one is not None]
