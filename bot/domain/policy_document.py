"""Reading a policy file: every key known, every value of its type and within reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.domain.documents import mapping, refuse_unknown, sequence, text, whole, wrong
from bot.domain.extensions import Mandate
from bot.domain.late_payment.allocation import Allocation
from bot.domain.lifecycle import Role
from bot.domain.payment_ceilings import ProductFamily
from bot.domain.policy import (
    AMOUNT_NAMES,
    DEFAULT,
    LEVEL_NAMES,
    MANDATE_NAMES,
    PAYER_NAMES,
    WHOLE_NUMBERS,
    Amounts,
    Level,
    Policy,
)
from bot.domain.profiles import PayerRules

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
    refuse_unknown(document, set(Policy.__dataclass_fields__), "")
    given: dict[str, Any] = {
        key: whole(document[key], key, *_BOUNDS.get(key, (0, _MOST_DAYS)))
        for key in WHOLE_NUMBERS & set(document)
    }
    if "amounts" in document:
        given["amounts"] = _amounts(document["amounts"])
    if "levels" in document:
        given["levels"] = _levels(document["levels"])
    if "payers" in document:
        given["payers"] = _payers(document["payers"])
    if "mandates" in document:
        given["mandates"] = _mandates(document["mandates"])
    if "product_family" in document:
        given["product_family"] = _family(document["product_family"])
    if "waiver_authority" in document:
        given["waiver_authority"] = _authority(document["waiver_authority"])
    if "allocation" in document:
        given["allocation"] = _allocation(document["allocation"])
    if "closing_periods" in document:
        given["closing_periods"] = _closings(document["closing_periods"])
    if "holiday_subdivision" in document:
        given["holiday_subdivision"] = text(document["holiday_subdivision"], "holiday_subdivision")
    policy = replace(DEFAULT, **given)
    _check_order(policy)
    return policy


def _check_order(policy: Policy) -> None:
    first, second, third = policy.levels
    if not first.oldest_days <= second.oldest_days <= third.oldest_days:
        raise wrong("levels", "the levels must be in rising order of oldest_days")
    for number, level in enumerate(policy.levels, start=1):
        if level.large_days is not None and level.large_days < first.oldest_days:
            raise wrong(f"levels.{number}.large_days", "not below level 1's oldest_days")
    if policy.closes_hour <= policy.opens_hour:
        raise wrong("closes_hour", "must be later than opens_hour")
    if policy.limit_over_percent < policy.limit_near_percent:
        raise wrong("limit_over_percent", "must not be below limit_near_percent")


def _amounts(value: Any) -> Mapping[str, Amounts]:
    read = {}
    for currency, body in mapping(value, "amounts").items():
        key = f"amounts.{currency}"
        if len(currency) != 3 or not currency.isalpha() or not currency.isupper():
            raise wrong(key, "is not an ISO 4217 currency")
        refuse_unknown(mapping(body, key), set(AMOUNT_NAMES), f"{key}.")
        given = {name: whole(body[name], f"{key}.{name}", 0, 10**15) for name in body}
        amounts = Amounts(**given)
        if amounts.large_minor < amounts.level_1_minor:
            raise wrong(f"{key}.large_minor", "must not be below level_1_minor")
        read[currency] = amounts
    return MappingProxyType(read)


def _levels(value: Any) -> tuple[Level, Level, Level]:
    bodies = sequence(value, "levels")
    if len(bodies) != 3:
        raise wrong("levels", "there are exactly three levels")
    first, second, third = (_level(body, f"levels.{n}") for n, body in enumerate(bodies, start=1))
    return first, second, third


def _level(value: Any, key: str) -> Level:
    body = mapping(value, key)
    refuse_unknown(body, set(LEVEL_NAMES), f"{key}.")
    if "oldest_days" not in body:
        raise wrong(f"{key}.oldest_days", "is missing")
    return Level(**{name: whole(body[name], f"{key}.{name}", 1, _MOST_DAYS) for name in body})


def _payers(value: Any) -> PayerRules:
    body = mapping(value, "payers")
    refuse_unknown(body, set(PAYER_NAMES), "payers.")
    # From 1, save for the days that still are on time: a threshold of 0 would take in everyone.
    least = {"punctual_days": 0}
    return PayerRules(
        **{
            name: whole(body[name], f"payers.{name}", least.get(name, 1), _MOST_DAYS)
            for name in body
        }
    )


def _mandates(value: Any) -> Mapping[str, Mandate]:
    """Return the mandates given over the defaults; a mandate given in part keeps the rest."""
    read = dict(DEFAULT.mandates)
    for role, body in mapping(value, "mandates").items():
        key = f"mandates.{role}"
        if role not in set(Role):
            raise wrong(key, "is not a role")
        refuse_unknown(mapping(body, key), set(MANDATE_NAMES), f"{key}.")
        given = {name: whole(body[name], f"{key}.{name}", 0, 10**15) for name in body}
        read[role] = replace(read[role], **given)
    return MappingProxyType(read)


def _family(value: Any) -> ProductFamily:
    if value not in set(ProductFamily):
        raise wrong("product_family", "is not a family of products")
    return ProductFamily(value)


def _authority(value: Any) -> Mapping[Role, int]:
    """Return how much each role may give up, minor units; a role left out may give up nothing."""
    refuse_unknown(mapping(value, "waiver_authority"), set(Role), "waiver_authority.")
    return MappingProxyType(
        {
            Role(role): whole(most, f"waiver_authority.{role}", 0, 10**15)
            for role, most in value.items()
        }
    )


def _allocation(value: Any) -> Allocation:
    if value not in set(Allocation):
        raise wrong("allocation", "is by_law or principal_first")
    return Allocation(value)


def _closings(value: Any) -> tuple[tuple[date, date], ...]:
    return tuple(_closing(pair) for pair in sequence(value, "closing_periods"))


def _closing(value: Any) -> tuple[date, date]:
    if not isinstance(value, list):
        raise wrong("closing_periods", "each is [first day, last day], as YYYY-MM-DD")
    try:
        first, last = (date.fromisoformat(day) for day in value)
    except (TypeError, ValueError) as error:
        raise wrong("closing_periods", "each is [first day, last day], as YYYY-MM-DD") from error
    if not 0 <= (last - first).days <= _LONGEST_CLOSING_DAYS:
        raise wrong("closing_periods", f"from 1 to {_LONGEST_CLOSING_DAYS} days, in order")
    return first, last
