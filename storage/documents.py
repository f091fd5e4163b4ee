"""Domain values as JSON documents and back; a document of an older shape is no value."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def to_document(kind: type[T], value: T) -> Any:
    """Return a value as JSON-able document: days as ISO texts, enumerations by value."""
    return _adapter(cast("Hashable", kind)).dump_python(value, mode="json")


def from_document(kind: type[T], document: Any) -> T | None:
    """Return the value a document holds, or None when it is not one of today's shape."""
    try:
        read: T = _adapter(cast("Hashable", kind)).validate_python(document)
    except ValidationError:
        return None
    return read


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
