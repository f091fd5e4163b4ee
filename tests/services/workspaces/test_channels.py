"""Channels refused because others would read there, and who consented to use them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.actors import Actor
from bot.domain.errors import Conflict, NotAllowed, NotFound
from bot.domain.lifecycle import Role
from bot.domain.told import Told
from bot.services.follow_ups.forms import FormService
from bot.services.workspaces.channels import ChannelService
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import Books, open_books
from tests.services.drawing import draw, words

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CHANNEL = "C0PUBLIC"


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


@pytest.fixture
def channels(database: Database) -> ChannelService:
    return ChannelService(database, lambda: NOW)


def actor(books: Books, role: Role, name: str = "Nadia") -> Actor:
    """Add a person of a role; return them as they act."""
    person_id = books.person(name, roles=role.value, slack_user_id=f"U{name.upper()}")
    return Actor(books.workspace_id, person_id, roles=frozenset({role}))


def column(books: Books, table: str, name: str) -> list[Any]:
    """Return one column of a table of this workspace, in the order of ids."""
    c = metadata.tables[table].c
    with books.database.read() as uow:
        query = select(c[name]).where(c.workspace_id == books.workspace_id).order_by(c.id)
        return list(uow.session.scalars(query))


def refuse(books: Books, channels: ChannelService, *troubles: str) -> bool:
    """Find these troubles with the channel; return whether one may post there."""
    return channels.may_post(books.workspace_id, CHANNEL, troubles or ("public",))


def test_a_safe_channel_leaves_no_trace(books: Books, channels: ChannelService) -> None:
    assert channels.may_post(books.workspace_id, CHANNEL, ())
    assert column(books, "unsafe_channel", "channel") == []


def test_a_refused_channel_is_kept_with_its_troubles(
    books: Books, channels: ChannelService
) -> None:
    assert not refuse(books, channels, "public", "guests")
    assert column(books, "unsafe_channel", "troubles") == ["guests,public"]


def test_administrators_are_told_once_and_in_private(
    books: Books, channels: ChannelService
) -> None:
    actor(books, Role.ADMIN)
    actor(books, Role.FINANCE, "Fiona")
    refuse(books, channels)
    refuse(books, channels)
    assert column(books, "message", "channel") == ["UNADIA"]


def test_finance_is_told_where_there_is_no_administrator(
    books: Books, channels: ChannelService
) -> None:
    actor(books, Role.FINANCE, "Fiona")
    refuse(books, channels)
    assert column(books, "message", "channel") == ["UFIONA"]


def test_a_channel_mended_is_forgotten(books: Books, channels: ChannelService) -> None:
    refuse(books, channels)
    assert channels.may_post(books.workspace_id, CHANNEL, ())
    assert column(books, "unsafe_channel", "channel") == []


def test_a_consent_keeps_who_and_when(books: Books, channels: ChannelService) -> None:
    nadia = actor(books, Role.ADMIN)
    refuse(books, channels)
    channels.consent(nadia, CHANNEL)
    assert column(books, "unsafe_channel", "consent_by_id") == [nadia.person_id]
    assert column(books, "unsafe_channel", "consent_at") == [NOW]
    assert column(books, "event", "kind") == ["channel_consented"]


def test_a_consented_channel_may_be_used(books: Books, channels: ChannelService) -> None:
    refuse(books, channels)
    channels.consent(actor(books, Role.ADMIN), CHANNEL)
    assert refuse(books, channels)


def test_a_consent_covers_no_new_trouble(books: Books, channels: ChannelService) -> None:
    refuse(books, channels)
    channels.consent(actor(books, Role.ADMIN), CHANNEL)
    assert not refuse(books, channels, "public", "guests")


def test_a_consent_given_twice_is_one_event(books: Books, channels: ChannelService) -> None:
    nadia = actor(books, Role.ADMIN)
    refuse(books, channels)
    channels.consent(nadia, CHANNEL)
    channels.consent(nadia, CHANNEL)
    assert column(books, "event", "kind") == ["channel_consented"]


def test_finance_may_not_consent(books: Books, channels: ChannelService) -> None:
    refuse(books, channels)
    with pytest.raises(NotAllowed):
        channels.consent(actor(books, Role.FINANCE), CHANNEL)


def test_a_channel_goodcop_is_not_in_can_only_be_mended(
    books: Books, channels: ChannelService
) -> None:
    refuse(books, channels, "not_member")
    with pytest.raises(Conflict):
        channels.consent(actor(books, Role.ADMIN), CHANNEL)


def test_a_channel_that_was_not_refused_needs_no_consent(
    books: Books, channels: ChannelService
) -> None:
    with pytest.raises(NotFound):
        channels.consent(actor(books, Role.ADMIN), CHANNEL)


def test_a_consent_taken_back_refuses_the_channel_again(
    books: Books, channels: ChannelService
) -> None:
    nadia = actor(books, Role.ADMIN)
    refuse(books, channels)
    channels.consent(nadia, CHANNEL)
    channels.take_back(nadia, CHANNEL)
    assert not refuse(books, channels)
    assert column(books, "event", "kind") == ["channel_consented", "channel_consent_taken_back"]


def test_taking_back_what_was_not_given_changes_nothing(
    books: Books, channels: ChannelService
) -> None:
    refuse(books, channels)
    channels.take_back(actor(books, Role.ADMIN), CHANNEL)
    assert column(books, "event", "kind") == []


def test_the_settings_show_who_consented(books: Books, channels: ChannelService) -> None:
    nadia = actor(books, Role.ADMIN)
    refuse(books, channels)
    channels.consent(nadia, CHANNEL)
    (shown,) = FormService(books.database).settings_form(nadia).channels
    assert (shown.is_consented, shown.consent_by, shown.may_consent) == (True, "Nadia", True)


def test_finance_sees_the_channel_without_the_button(
    books: Books, channels: ChannelService
) -> None:
    refuse(books, channels)
    (shown,) = FormService(books.database).settings_form(actor(books, Role.FINANCE)).channels
    assert (shown.is_consented, shown.may_consent) == (False, False)


def test_the_message_says_how_to_mend_it(books: Books, channels: ChannelService) -> None:
    nadia = actor(books, Role.ADMIN)
    refuse(books, channels)
    body = {"channel": CHANNEL}
    drawing = draw(books, Told.CHANNEL_REFUSED, body, person_id=nadia.person_id)
    assert "Rendez-le privé" in words(drawing)
    assert "Y écrire quand même" in words(drawing)


def test_the_message_is_not_sent_once_the_channel_is_mended(books: Books) -> None:
    assert draw(books, Told.CHANNEL_REFUSED, {"channel": CHANNEL}) is None


def test_another_workspace_knows_nothing_of_it(books: Books, channels: ChannelService) -> None:
    refuse(books, channels)
    other = open_books(books.database)
    with pytest.raises(NotFound):
        channels.consent(actor(other, Role.ADMIN), CHANNEL)
