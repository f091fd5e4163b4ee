"""Insert a row once: the unique key decides, on both engines."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.ids import new_id
from storage.tables.base import TenantRow


def insert_once(session: Session, table: type[TenantRow], values: Mapping[str, Any]) -> int | None:
    """Insert a row with a fresh id; return the id, or None when a unique key was already there."""
    new = new_id()
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    row = table.model_construct(**values).model_dump() | {"id": new}
    statement = insert(table).values(**row).on_conflict_do_nothing()
    statement = statement.execution_options(preserve_rowcount=True)
    result = cast("CursorResult[Any]", session.execute(statement))
    return new if result.rowcount == 1 else None
