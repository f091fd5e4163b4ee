"""Reads and writes handed to the driver itself: a scan makes many, SQLAlchemy's work is dearer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Insert, Update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

_INSTANT = UTCDateTime()
_Convert = Callable[[Any], Any]


def rows_of(session: Session, sql: str, values: Mapping[str, Any]) -> Iterator[Any]:
    """Run SQL with `:name` values; return the driver's own tuples, types unconverted."""
    postgres = session.get_bind().dialect.name == "postgresql"
    with _errors(session, sql):
        cursor: Any = session.connection().connection.cursor()
        cursor.execute(_named(sql) if postgres else sql, values)
        found: Iterator[Any] = iter(cursor.fetchall() if postgres else cursor)
    return found


def instant(session: Session, moment: datetime) -> Any:
    """Return an instant as the driver takes it."""
    dialect = session.get_bind().dialect
    convert = _INSTANT.dialect_impl(dialect).bind_processor(dialect)
    return moment if convert is None else convert(moment)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A statement as one driver takes it: its text, its constants, how values are converted."""

    sql: str
    constants: dict[str, Any]
    given: tuple[tuple[str, _Convert], ...]
    order: tuple[str, ...] | None

    def bind(self, values: Mapping[str, Any]) -> Any:
        named = {**self.constants, **values}
        for name, convert in self.given:
            named[name] = convert(named[name])
        return named if self.order is None else tuple([named[name] for name in self.order])


class PreparedWrite:
    """An `Insert` or `Update` compiled once per engine; `make` builds it for a dialect's name."""

    def __init__(self, make: Callable[[str], Insert | Update]) -> None:
        self._make = make
        self._plans: dict[str, _Plan] = {}

    def run(self, session: Session, values: Mapping[str, Any]) -> int:
        """Run it once; return how many rows it wrote."""
        plan = self._plan(session)
        with _errors(session, plan.sql):
            cursor = session.connection().connection.cursor()
            cursor.execute(plan.sql, plan.bind(values))
            written = int(cursor.rowcount)
            cursor.close()
        return written

    def run_all(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it for each row, in as few trips as the driver knows how to make."""
        if not rows:
            return
        plan = self._plan(session)
        with _errors(session, plan.sql):
            cursor = session.connection().connection.cursor()
            cursor.executemany(plan.sql, [plan.bind(row) for row in rows])
            cursor.close()

    def _plan(self, session: Session) -> _Plan:
        dialect = session.get_bind().dialect
        plan = self._plans.get(dialect.name)
        if plan is None:
            plan = self._plans[dialect.name] = _plan(self._make(dialect.name), dialect)
        return plan


def _plan(statement: Insert | Update, dialect: Dialect) -> _Plan:
    compiled = statement.compile(dialect=dialect)
    given: list[tuple[str, _Convert]] = []
    constants: dict[str, Any] = {}
    for name, value in compiled.construct_params(_check=False).items():
        bound = compiled.binds[name]
        convert = bound.type.dialect_impl(dialect).bind_processor(dialect)
        if not bound.required:
            constants[name] = value if convert is None else convert(value)
        elif convert is not None:
            given.append((name, convert))
    order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
    return _Plan(str(compiled), constants, tuple(given), order)


@cache
def _named(sql: str) -> str:
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", sql)


@contextmanager
def _errors(session: Session, sql: str) -> Iterator[None]:
    """Raise what SQLAlchemy would raise of the same failure."""
    driver = session.get_bind().dialect.loaded_dbapi.Error
    try:
        yield
    except driver as error:
        raise DBAPIError.instance(sql, None, error, driver) from error
