"""Reading the values of a policy document strictly; each refusal names its key."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import InvalidInput


def whole(value: Any, key: str, least: int, most: int) -> int:
    """Return a whole number within bounds (inclusive); a truth value is none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(key, "must be a whole number")
    if not least <= value <= most:
        raise wrong(key, f"must be between {least} and {most}")
    return value


def text(value: Any, key: str) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise wrong(key, "must be text")
    return value


def mapping(value: Any, key: str) -> Mapping[str, Any]:
    """Return an object."""
    if not isinstance(value, Mapping):
        raise wrong(key, "must be an object")
    return value


def sequence(value: Any, key: str) -> list[Any]:
    """Return a list."""
    if not isinstance(value, list):
        raise wrong(key, "must be a list")
    return value


def refuse_unknown(body: Mapping[str, Any], known: set[str], prefix: str) -> None:
    """Raise when an object has a key that is not known."""
    for key in body:
        if key not in known:
            raise wrong(f"{prefix}{key}", "is not a key of the policy")


def wrong(key: str, why: str) -> InvalidInput:
    """Return the refusal of one key of a policy."""
    return InvalidInput(f"policy: {key}: {why}", field=key)
