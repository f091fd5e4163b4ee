"""An import's changes to tables, written in bulk, and the same changes taken back.

Rows carry values as stored (days as ordinals). On PostgreSQL many rows go by COPY; on SQLite by
one prepared statement, without the cost of a mapping per row.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlmodel import Session

from bot.domain.books import Cells, TableChanges
from storage.schema import metadata

_MANY = 500
_CHUNK = 10_000


def set_aside(connection: Connection, changes: Iterable[TableChanges]) -> None:
    """Put many new rows into temporary tables before anything is locked; SQLite only.

    Copying them inside the database holds its lock half as long as bringing them from here.
    """
    if connection.dialect.name != "sqlite":
        return
    driver: Any = connection.connection.driver_connection
    for each in changes:
        aside = f"temp.aside_{each.table}"
        driver.execute(f"DROP TABLE IF EXISTS {aside}")
        if len(each.new) < _CHUNK:
            continue
        listed = ", ".join(f'"{name}"' for name in each.columns)
        marks = ", ".join("?" * len(each.columns))
        driver.execute(f"CREATE TABLE {aside} ({listed})")
        driver.execute("BEGIN")
        driver.executemany(f"INSERT INTO {aside} VALUES ({marks})", each.new)  # noqa: S608
        driver.execute("COMMIT")


def apply(session: Session, changes: TableChanges, *, workspace_id: int, **fixed: Any) -> None:
    """Write the changes of one table; `fixed` are columns with one value for all new rows.

    Columns that neither rows nor `fixed` name get the table's own default.
    """
    delete_rows(session, changes.table, [row_id(row) for row in changes.gone], workspace_id)
    insert_rows(
        session, changes.table, changes.columns, changes.new, workspace_id=workspace_id, **fixed
    )
    after = [now for _, now in changes.changed]
    update_rows(session, changes.table, changes.changing, after, workspace_id=workspace_id)


def insert_rows(
    session: Session,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Cells],
    *,
    workspace_id: int,
    **fixed: Any,
) -> None:
    """Insert rows that follow `columns`; see `apply`."""
    if not rows:
        return
    extra = _stored(session, table, {"workspace_id": workspace_id, **_defaults(table), **fixed})
    extra = {name: value for name, value in extra.items() if name not in columns}
    head, names = tuple(extra.values()), [*extra, *columns]
    listed = ", ".join(f'"{name}"' for name in names)
    whole = (head + tuple(row) for row in rows)
    if _is_postgres(session):
        _copy(session, f'COPY "{table}" ({listed}) FROM STDIN', whole)
        return
    if _is_aside(session, table, len(rows)):
        _insert_aside(session, table, listed, columns, head)
        return
    marks = ", ".join("?" * len(names))
    statement = f'INSERT INTO "{table}" ({listed}) VALUES ({marks})'  # noqa: S608 — own names
    _each(session, statement, whole)


def _is_aside(session: Session, table: str, count: int) -> bool:
    """Say whether these rows, all of them, wait in a temporary table."""
    if count < _CHUNK:
        return False
    run = session.connection().exec_driver_sql
    found = run("SELECT 1 FROM sqlite_temp_master WHERE name = ?", (f"aside_{table}",)).first()
    return (
        found is not None and run(f"SELECT count(*) FROM temp.aside_{table}").scalar() == count  # noqa: S608
    )


def _insert_aside(
    session: Session, table: str, listed: str, columns: Sequence[str], head: Cells
) -> None:
    run = session.connection().exec_driver_sql
    taken = ", ".join(["?"] * len(head) + [f'"{name}"' for name in columns])
    run(f'INSERT INTO "{table}" ({listed}) SELECT {taken} FROM temp.aside_{table}', head)  # noqa: S608
    run(f"DROP TABLE temp.aside_{table}")


def update_rows(
    session: Session,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Cells],
    *,
    workspace_id: int,
) -> None:
    """Update `columns` of rows that start with their id."""
    if not rows:
        return
    if _is_postgres(session) and len(rows) > _MANY:
        _update_from_stage(session, table, columns, rows, workspace_id)
        return
    mark = "%s" if _is_postgres(session) else "?"
    changes = ", ".join(f'"{name}" = {mark}' for name in columns)
    where = f"workspace_id = {mark} AND id = {mark}"
    statement = f'UPDATE "{table}" SET {changes} WHERE {where}'  # noqa: S608 — own names
    _each(session, statement, ((*row[1:], workspace_id, row[0]) for row in rows))


def delete_rows(session: Session, table: str, ids: Sequence[int], workspace_id: int) -> None:
    """Delete rows by id."""
    if not ids:
        return
    mark = "%s" if _is_postgres(session) else "?"
    where = f"workspace_id = {mark} AND id = {mark}"
    statement = f'DELETE FROM "{table}" WHERE {where}'  # noqa: S608 — own names
    _each(session, statement, ((workspace_id, id) for id in ids))


def row_id(row: Cells) -> int:
    """Return the id a row starts with."""
    id = row[0]
    if not isinstance(id, int):
        raise TypeError(f"a row starts with {id!r}, not its id")
    return id


def pack(changes: Iterable[TableChanges]) -> bytes:
    """Return what takes these changes back, in their order, compressed."""
    tables = [
        {
            "table": each.table,
            "columns": each.columns,
            "changing": each.changing,
            "new": _steps([row_id(row) for row in each.new]),
            "was": [before for before, _ in each.changed],
            "gone": each.gone,
        }
        for each in changes
        if each.count
    ]
    return zlib.compress(json.dumps(tables, separators=(",", ":")).encode())


def unpack(packed: bytes) -> list[TableChanges]:
    """Return the packed changes, last table first; `new` holds ids, `changed` only the past."""
    tables = json.loads(zlib.decompress(packed))
    return [
        TableChanges(
            each["table"],
            tuple(each["columns"]),
            tuple(each["changing"]),
            [(id,) for id in _from_steps(each["new"])],
            [(tuple(row), ()) for row in each["was"]],
            [tuple(row) for row in each["gone"]],
        )
        for each in reversed(tables)
    ]


def _steps(ids: list[int]) -> list[int]:
    """Return the first id, then the step to each next one: fresh ids pack to nearly nothing."""
    return [now - before for before, now in zip([0, *ids], ids, strict=False)]


def _from_steps(steps: list[int]) -> Iterator[int]:
    id = 0
    for step in steps:
        id += step
        yield id


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _defaults(table: str) -> dict[str, Any]:
    columns = metadata.tables[table].c
    return {
        column.name: column.default.arg
        for column in columns
        if isinstance(column.default, ScalarElementColumnDefault)
    }


def _stored(session: Session, table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return values as the driver takes them (instants and documents need their type's help)."""
    dialect = session.get_bind().dialect
    columns = metadata.tables[table].c
    stored = {}
    for name, value in values.items():
        process = columns[name].type.dialect_impl(dialect).bind_processor(dialect)
        stored[name] = process(value) if process else value
    return stored


def _each(session: Session, statement: str, rows: Iterable[Cells]) -> None:
    connection = session.connection()
    waiting = iter(rows)
    while chunk := list(islice(waiting, _CHUNK)):
        connection.exec_driver_sql(statement, chunk)


def _copy(session: Session, statement: str, rows: Iterable[Cells]) -> None:
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    failed: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except failed as error:
        raise DBAPIError(statement, None, error) from error


def _update_from_stage(
    session: Session, table: str, columns: Sequence[str], rows: Sequence[Cells], workspace_id: int
) -> None:
    """Stage rows in a temporary table, then update from it in one statement."""
    listed = ", ".join(f'"{name}"' for name in ["id", *columns])
    stage = f"stage_{table}"
    run = session.connection().exec_driver_sql
    run(f'CREATE TEMP TABLE {stage} ON COMMIT DROP AS SELECT {listed} FROM "{table}" LIMIT 0')  # noqa: S608
    _copy(session, f"COPY {stage} ({listed}) FROM STDIN", rows)
    changes = ", ".join(f'"{name}" = {stage}."{name}"' for name in columns)
    where = f'"{table}".workspace_id = %s AND "{table}".id = {stage}.id'
    run(f'UPDATE "{table}" SET {changes} FROM {stage} WHERE {where}', (workspace_id,))  # noqa: S608
    run(f"DROP TABLE {stage}")
