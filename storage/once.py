"""Insert a row once: the unique key decides, on both engines."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlmodel import Session

from storage.ids import new_id
from storage.tables.base import TenantRow


def insert_once(session: Session, table: type[TenantRow], values: Mapping[str, Any]) -> int | None:
    """Insert a row with a fresh id; return the id, or None when a unique key was already there."""
    new, insert = new_id(), insert_of(session.get_bind().dialect.name)
    row = table.model_construct(**values).model_dump() | {"id": new}
    statement = insert(table).values(**row).on_conflict_do_nothing()
    statement = statement.execution_options(preserve_rowcount=True)
    result = cast("CursorResult[Any]", session.execute(statement))
    return new if result.rowcount == 1 else None


@cache
def insert_of(dialect: str) -> Any:
    """Return the engine's own INSERT; loading both dialects takes every start 20 ms."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert
