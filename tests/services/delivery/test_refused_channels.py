"""A channel that others can read: its messages wait, the others leave, a consent frees them."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.domain.actors import Actor
from bot.domain.lifecycle import Role
from bot.outlets.guarded_slack import GuardedSlackClient, SeenChannels
from bot.outlets.slack import open_session
from bot.playground.config import SeedChannel
from bot.playground.server import Playground
from bot.services.delivery.service import DeliveryService, DeliverySettings
from bot.services.workspaces.channels import ChannelService
from storage.pace import UNPACED
from storage.tables.queue import Message
from storage.tables.workspaces import Person
from storage.unit_of_work import Database
from tests.delivery.stage import ANNE, KINDS, MovedClock, PostOffice, a_playground, say_key
from tests.storage.queue_rows import WORKSPACE, a_person, told, two_workspaces

PUBLIC, PRIVATE = "CPUBLIC", "C0"
CHANNELS = (
    SeedChannel(PRIVATE, "ventes", [ANNE]),
    SeedChannel(PUBLIC, "general", [ANNE], is_private=False),
)
ADMIN = Actor(WORKSPACE, 7, ANNE, "Anne", frozenset({Role.ADMIN}))


@pytest.fixture
def playground() -> Iterator[Playground]:
    with a_playground(channels=CHANNELS) as opened:
        yield opened


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def channels(sqlite_database: Database, clock: MovedClock) -> ChannelService:
    two_workspaces(sqlite_database)
    with sqlite_database.write() as uow:
        a_person(uow.session, 7, slack_user_id=ANNE)
        uow.session.execute(update(Person).values(roles=Role.ADMIN.value))
        uow.commit()
    return ChannelService(sqlite_database, clock)


@pytest.fixture
async def office(
    sqlite_database: Database, playground: Playground, clock: MovedClock, channels: ChannelService
) -> AsyncIterator[PostOffice]:
    async def may_post(channel: str, troubles: Sequence[str]) -> bool:
        return await asyncio.to_thread(channels.may_post, WORKSPACE, channel, troubles)

    async with open_session(seconds=5.0) as session:
        slack = GuardedSlackClient(
            playground.config.bot_token,
            base_url=playground.api_url,
            session=session,
            seen=SeenChannels(lambda: clock.now.timestamp()),
            may_post=may_post,
        )
        service = DeliveryService(
            sqlite_database,
            lambda _: slack,
            clock,
            {**KINDS, "channel_refused": say_key},
            {},
            DeliverySettings(pace=UNPACED),
        )
        yield PostOffice(service, clock)


def tell(database: Database, key: str, channel: str) -> None:
    with database.write() as uow:
        told(uow.session, key, channel=channel)
        uow.commit()


def posted(playground: Playground, channel: str) -> list[str]:
    return [str(post["text"]) for post in playground.posts() if post["channel"] == channel]


def waiting(database: Database, key: str) -> Message:
    with database.read() as uow:
        chosen = select(Message).where(col(Message.dedupe_key) == key)
        found: Message = uow.session.execute(chosen).scalar_one()
    return found


async def test_a_refused_channel_holds_nobody_else_up(
    sqlite_database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(sqlite_database, "a", PUBLIC)
    await office.deliver()
    tell(sqlite_database, "b", PRIVATE)
    await office.deliver()
    assert posted(playground, PRIVATE) == ["b"]
    assert posted(playground, PUBLIC) == []


async def test_a_refused_message_never_wears_out(
    sqlite_database: Database, office: PostOffice
) -> None:
    tell(sqlite_database, "a", PUBLIC)
    await office.work(4, step_seconds=600)
    assert (waiting(sqlite_database, "a").state, waiting(sqlite_database, "a").attempts) == (
        "pending",
        0,
    )


async def test_a_consent_frees_what_waited_at_once(
    sqlite_database: Database,
    playground: Playground,
    office: PostOffice,
    channels: ChannelService,
) -> None:
    tell(sqlite_database, "a", PUBLIC)
    await office.deliver()
    channels.consent(ADMIN, PUBLIC)
    await office.deliver()
    assert posted(playground, PUBLIC) == ["a"]


async def test_a_consent_taken_back_stops_the_next_post(
    sqlite_database: Database,
    playground: Playground,
    office: PostOffice,
    channels: ChannelService,
) -> None:
    tell(sqlite_database, "a", PUBLIC)
    await office.deliver()
    channels.consent(ADMIN, PUBLIC)
    await office.deliver()
    channels.take_back(ADMIN, PUBLIC)
    tell(sqlite_database, "b", PUBLIC)
    await office.deliver()
    assert posted(playground, PUBLIC) == ["a"]


async def test_the_administrator_reads_it_in_private(
    sqlite_database: Database, playground: Playground, office: PostOffice
) -> None:
    tell(sqlite_database, "a", PUBLIC)
    await office.deliver()
    await office.deliver()
    told_of = posted(playground, playground.direct_channel(ANNE))
    assert [key.split(":")[:2] for key in told_of] == [["channel", PUBLIC]]
