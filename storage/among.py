"""A column among many ids: one array on PostgreSQL, where a thousand parameters cost dearly."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, any_, literal
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger
from sqlmodel import Session


def among(session: Session, column: Any, ids: Sequence[int] | None) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `ids` (None: any)."""
    if ids is None:
        everything: ColumnElement[bool] = column.is_not(None)
        return everything
    if session.get_bind().dialect.name == "postgresql":
        chosen: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(BigInteger)))
        return chosen
    listed: ColumnElement[bool] = column.in_(ids)
    return listed
