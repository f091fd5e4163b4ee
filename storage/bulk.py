"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from storage.schema import metadata


def insert_rows(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns, ids and every required column included."""
    if not rows:
        return
    if session.get_bind().dialect.name == "postgresql":
        _copy(session, table, rows)
    else:
        session.connection().execute(insert(metadata.tables[table]), list(rows))


def _copy(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    names = list(rows[0])
    columns = metadata.tables[table].c
    prepare = [
        columns[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        for name in names
    ]
    listed = ", ".join(f'"{name}"' for name in names)
    with (
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(
                [
                    process(row[name]) if process else row[name]
                    for name, process in zip(names, prepare, strict=True)
                ]
            )
