"""A workspace to bring files to."""

from pathlib import Path

import pytest

from storage.unit_of_work import Database
from tests.import_files import Desk, open_desk


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """A new workspace, once on each engine."""
    return open_desk(database, tmp_path)


@pytest.fixture
def light(sqlite_database: Database, tmp_path: Path) -> Desk:
    """A new workspace on SQLite, where the engine is not the subject."""
    return open_desk(sqlite_database, tmp_path)
