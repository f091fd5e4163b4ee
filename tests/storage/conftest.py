"""A small company with one client in alert."""

import pytest

from storage.unit_of_work import Database
from tests.follow_up_rows import Company, a_company


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)
