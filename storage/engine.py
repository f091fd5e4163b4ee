"""One engine per database address, with the recipe each database needs."""

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import ConnectionPoolEntry

READ_ONLY = "goodcop_read_only"
_KEPT = 16  # handlers/desk.py has as many threads


def make_engine(url: str, *, busy_ms: int = 5000) -> Engine:
    """Return an engine for `url` (`sqlite:///…` or `postgresql+psycopg://…`).

    SQLite: WAL, foreign keys, `BEGIN IMMEDIATE` unless the transaction is marked read-only,
    `busy_ms` of patience for the write lock. As many connections are kept as there are worker
    threads: the pool closes those above, and opening one anew costs more than a lookup. The last
    used goes first: its pages are in its memory.
    """
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=_KEPT, hide_parameters=True)
    engine = create_engine(
        url,
        connect_args={"timeout": busy_ms / 1000},
        pool_size=_KEPT,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite(busy_ms))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(busy_ms: int) -> Any:
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={busy_ms}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    return prepare


def _begin_sqlite(connection: Connection) -> None:
    if not connection.connection.in_transaction:  # a reading began it
        read_only = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
