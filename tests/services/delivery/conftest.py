"""A playground whose clock is moved, and a post office that sends to it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.playground.server import Playground
from storage.unit_of_work import Database
from tests.delivery.stage import (
    MovedClock,
    PostOffice,
    a_playground,
    a_post_office,
)
from tests.storage.queue_rows import two_workspaces


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def playground(clock: MovedClock) -> Iterator[Playground]:
    with a_playground(clock) as opened:
        yield opened


@pytest.fixture
async def office(
    database: Database, playground: Playground, clock: MovedClock
) -> AsyncIterator[PostOffice]:
    two_workspaces(database)
    async with a_post_office(database, playground, clock) as opened:
        yield opened
