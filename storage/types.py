"""Column types shared by the tables: days as integers, JSON documents, checked words."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


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


Document = JSON().with_variant(JSONB(), "postgresql")


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """Return the check that `column` holds one of an enum's words (no native enum: see README)."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
