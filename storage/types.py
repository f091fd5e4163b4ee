"""Column types shared by the tables: days as integers, JSON documents, checked words."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Integer
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


class Day(TypeDecorator[date]):
    """A calendar day kept as its proleptic ordinal: small, exact, quick to compare and index."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """Store the day's ordinal."""
        return None if value is None else value.toordinal()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Give the day back."""
        return None if value is None else date.fromordinal(value)


class Document(TypeDecorator[Any]):
    """A JSON document, `JSONB` on PostgreSQL."""

    impl = JSON
    cache_ok = True
    should_evaluate_none = True  # as JSON itself: None is a document too

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own type."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON())
        # PostgreSQL's dialect takes a start on SQLite 15 ms.
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB())

    def coerce_compared_value(self, op: OperatorType | None, value: Any) -> Any:
        """Compare a part of the document as what it is, not as a document."""
        return self.impl_instance.coerce_compared_value(op, value)


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """Return the check that `column` holds one of an enum's words, whatever the engine."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
