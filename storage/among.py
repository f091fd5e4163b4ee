"""A column among many ids, given as one value: a thousand parameters cost dearly on any engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Text,
    bindparam,
    literal,
    literal_column,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session


class _Ids(TypeDecorator[Sequence[int]]):
    """Ids as one value: an array on PostgreSQL, a JSON list on SQLite (`listed` made some)."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own type."""
        postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(ARRAY(BigInteger) if postgres else Text())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        """Give the ids as the driver takes them."""
        return value if isinstance(value, str) else _given(value or (), dialect.name)


class _Among(FunctionElement[bool]):
    """`column` is one of the ids."""

    type = Boolean()
    inherit_cache = True


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: Any, **how: Any) -> str:
    column, ids = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} = ANY ({ids})"


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


def listed(session: Session, ids: Sequence[int]) -> Any:
    """Return ids as the driver takes them, for `= ANY(:ids)` or `json_each(:ids)`."""
    return _given(ids, session.get_bind().dialect.name)


def _given(ids: Sequence[int], dialect: str) -> Any:
    # As a text, PostgreSQL would parse the array again for every row it filters.
    return list(ids) if dialect == "postgresql" else f"[{','.join(map(str, ids))}]"


def literals(words: Sequence[str]) -> list[ColumnElement[str]]:
    """Return words as part of a statement's text: of the kind a partial index speaks in."""
    return [literal_column(f"'{word}'") for word in words]
