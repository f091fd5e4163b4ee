"""Migrations upgrade, downgrade and agree with the tables, on both engines."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from storage import migrate
from storage.engine import make_engine
from storage.schema import is_current, metadata
from storage.unit_of_work import Database


@pytest.fixture
def engine(database: Database) -> Engine:
    return database.engine


def test_a_migrated_database_has_no_drift_from_the_tables(engine: Engine) -> None:
    migrate.check(engine)
    assert is_current(engine)


def test_an_index_of_some_rows_alone_is_one_on_both_engines(engine: Engine) -> None:
    found = inspect(engine)
    partial = {
        str(index["name"])
        for table in found.get_table_names()
        for index in found.get_indexes(table)
        if f"{engine.dialect.name}_where" in index.get("dialect_options", {})
    }
    assert partial == {
        str(index.name)
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }


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
