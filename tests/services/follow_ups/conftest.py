"""A company, a clock that is moved, and its follow-ups."""

import pytest

from bot.services.follow_ups.concessions import ConcessionService
from bot.services.follow_ups.service import FollowUpService
from storage.unit_of_work import Database
from tests.follow_up_rows import (
    Clock,
    Company,
    a_company,
)


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(database: Database, clock: Clock) -> FollowUpService:
    return FollowUpService(database, clock)


@pytest.fixture
def concessions(database: Database, clock: Clock) -> ConcessionService:
    return ConcessionService(database, clock)
