"""A company, its handovers, and a file offered to finance."""

import pytest

from bot.services.handovers.service import HandedOver, HandoverService
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, Company, a_company
from tests.services.handovers.offering import OPINION


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def service(database: Database) -> HandoverService:
    return HandoverService(database, Clock())


@pytest.fixture
def offered(company: Company, service: HandoverService) -> HandedOver:
    return service.offer(company.anne, company.alert_id, OPINION, "k1")
