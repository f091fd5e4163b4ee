"""Migrations upgrade, downgrade and agree with the tables, on both engines."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from storage import migrate
from storage.engine import make_engine
from storage.schema import is_current
from storage.unit_of_work import Database


@pytest.fixture
def engine(database: Database) -> Engine:
    return database.engine


def test_a_migrated_database_has_no_drift_from_the_tables(engine: Engine) -> None:
    migrate.check(engine)
    assert is_current(engine)


def test_every_step_can_be_taken_back_and_done_again(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'steps.sqlite3'}")
    migrate.upgrade(engine)
    migrate.downgrade(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(engine)
    assert is_current(engine)
    engine.dispose()


def test_postgresql_steps_can_be_taken_back_and_done_again(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    migrate.downgrade(engine)
    migrate.upgrade(engine)
    migrate.check(engine)
    assert is_current(engine)
    engine.dispose()
