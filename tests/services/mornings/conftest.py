"""A company on a Wednesday morning, and its digests."""

import pytest

from bot.services.mornings.digests import DigestService
from storage.tables.workspaces import Workspace
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, Clock, Company, a_company
from tests.services.mornings.reading import (
    change,
)


@pytest.fixture
def company(database: Database) -> Company:
    company = a_company(database)
    change(database, Workspace, company.workspace_id, activated_at=AT_TEN)
    return company


@pytest.fixture
def service(database: Database) -> DigestService:
    return DigestService(database, Clock())
