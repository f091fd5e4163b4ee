"""Reading a policy file: every key known, every value of its type and within reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.domain.errors import InvalidInput
from bot.domain.policy import (
    AMOUNT_NAMES,
    DEFAULT,
    LEVEL_NAMES,
    WHOLE_NUMBERS,
    Amounts,
    Level,
    Policy,
)

_LONGEST_CLOSING_DAYS = 92
_MOST_DAYS = 3650
_BOUNDS = {
    "opens_hour": (0, 23),
    "closes_hour": (1, 24),
    "rearm_percent": (1, 100),
    "limit_near_percent": (1, 1000),
    "limit_over_percent": (1, 1000),
    "news_percent": (1, 1000),
    "window_days": (1, 250),
    "snooze_days": (1, 365),
}


def policy_from_document(document: Mapping[str, Any]) -> Policy:
    """Return the policy a JSON document describes; what it leaves out keeps its default.

    Raise `InvalidInput` naming the key that is unknown, of a wrong type or out of order.
    """
    _refuse_unknown(document, set(Policy.__dataclass_fields__), "")
    given: dict[str, Any] = {
        key: _whole(document[key], key, *_BOUNDS.get(key, (0, _MOST_DAYS)))
        for key in WHOLE_NUMBERS & set(document)
    }
    if "amounts" in document:
        given["amounts"] = _amounts(document["amounts"])
    if "levels" in document:
        given["levels"] = _levels(document["levels"])
    if "closing_periods" in document:
        given["closing_periods"] = _closings(document["closing_periods"])
    if "holiday_subdivision" in document:
        given["holiday_subdivision"] = _text(document["holiday_subdivision"], "holiday_subdivision")
    policy = replace(DEFAULT, **given)
    _check_order(policy)
    return policy


def _check_order(policy: Policy) -> None:
    first, second, third = policy.levels
    if not first.oldest_days <= second.oldest_days <= third.oldest_days:
        raise _wrong("levels", "the levels must be in rising order of oldest_days")
    for number, level in enumerate(policy.levels, start=1):
        if level.large_days is not None and level.large_days < first.oldest_days:
            raise _wrong(f"levels.{number}.large_days", "not below level 1's oldest_days")
    if policy.closes_hour <= policy.opens_hour:
        raise _wrong("closes_hour", "must be later than opens_hour")
    if policy.limit_over_percent < policy.limit_near_percent:
        raise _wrong("limit_over_percent", "must not be below limit_near_percent")


def _amounts(value: Any) -> Mapping[str, Amounts]:
    read = {}
    for currency, body in _mapping(value, "amounts").items():
        key = f"amounts.{currency}"
        if len(currency) != 3 or not currency.isalpha() or not currency.isupper():
            raise _wrong(key, "is not an ISO 4217 currency")
        _refuse_unknown(_mapping(body, key), set(AMOUNT_NAMES), f"{key}.")
        given = {name: _whole(body[name], f"{key}.{name}", 0, 10**15) for name in body}
        amounts = Amounts(**given)
        if amounts.large_minor < amounts.level_1_minor:
            raise _wrong(f"{key}.large_minor", "must not be below level_1_minor")
        read[currency] = amounts
    return MappingProxyType(read)


def _levels(value: Any) -> tuple[Level, Level, Level]:
    bodies = _sequence(value, "levels")
    if len(bodies) != 3:
        raise _wrong("levels", "there are exactly three levels")
    first, second, third = (_level(body, f"levels.{n}") for n, body in enumerate(bodies, start=1))
    return first, second, third


def _level(value: Any, key: str) -> Level:
    body = _mapping(value, key)
    _refuse_unknown(body, set(LEVEL_NAMES), f"{key}.")
    if "oldest_days" not in body:
        raise _wrong(f"{key}.oldest_days", "is missing")
    return Level(**{name: _whole(body[name], f"{key}.{name}", 1, _MOST_DAYS) for name in body})


def _closings(value: Any) -> tuple[tuple[date, date], ...]:
    return tuple(_closing(pair) for pair in _sequence(value, "closing_periods"))


def _closing(value: Any) -> tuple[date, date]:
    pair = _sequence(value, "closing_periods")
    try:
        first, last = (date.fromisoformat(day) for day in pair)
    except (TypeError, ValueError) as error:
        raise _wrong("closing_periods", "each is [first day, last day], as YYYY-MM-DD") from error
    if not 0 <= (last - first).days <= _LONGEST_CLOSING_DAYS:
        raise _wrong("closing_periods", f"from 1 to {_LONGEST_CLOSING_DAYS} days, in order")
    return first, last


def _whole(value: Any, key: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(key, "must be a whole number")
    if not least <= value <= most:
        raise _wrong(key, f"must be between {least} and {most}")
    return value


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise _wrong(key, "must be text")
    return value


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(key, "must be an object")
    return value


def _sequence(value: Any, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(key, "must be a list")
    return value


def _refuse_unknown(body: Mapping[str, Any], known: set[str], prefix: str) -> None:
    for key in body:
        if key not in known:
            raise _wrong(f"{prefix}{key}", "is not a key of the policy")


def _wrong(key: str, why: str) -> InvalidInput:
    return InvalidInput(f"policy: {key}: {why}", field=key)
