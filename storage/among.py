"""A column among many ids, given as one value: a thousand parameters cost dearly on any engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Text, bindparam, literal, literal_column
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session


class _Ids(TypeDecorator[Sequence[int]]):
    """Ids as one text: an array's on PostgreSQL, a JSON list on SQLite."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> str:
        return _text(value or (), dialect.name)


class _Among(FunctionElement[bool]):
    """`column` is one of the ids."""

    type = Boolean()
    inherit_cache = True


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: Any, **how: Any) -> str:
    column, ids = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} = ANY (CAST({ids} AS BIGINT[]))"


@compiles(_Among, "sqlite")
def _in_list(element: _Among, compiler: Any, **how: Any) -> str:
    column, ids = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 — compiled, no text


def among(session: Session, column: Any, ids: Sequence[int] | None) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `ids` (None: any)."""
    if ids is None:
        everything: ColumnElement[bool] = column.is_not(None)
        return everything
    return _Among(column, literal(ids, _Ids()))


def among_given(column: Any, name: str = "ids") -> ColumnElement[bool]:
    """Return the condition that `column` is one of the ids bound to `name` when it runs."""
    return _Among(column, bindparam(name, type_=_Ids()))


def listed(session: Session, ids: Sequence[int]) -> str:
    """Return ids as one text, for `= ANY(:ids::bigint[])` or `json_each(:ids)`."""
    return _text(ids, session.get_bind().dialect.name)


def _text(ids: Sequence[int], dialect: str) -> str:
    listed = ",".join(map(str, ids))
    return f"{{{listed}}}" if dialect == "postgresql" else f"[{listed}]"


def literals(words: Sequence[str]) -> list[ColumnElement[str]]:
    """Return words as part of a statement's text: of the kind a partial index speaks in."""
    return [literal_column(f"'{word}'") for word in words]
