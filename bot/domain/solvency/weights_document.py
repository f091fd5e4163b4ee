"""Reading a solvency policy: every key known, and no value that would reward knowing less."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from bot.domain.documents import mapping, refuse_unknown, sequence, text, whole, wrong
from bot.domain.errors import InvalidInput
from bot.domain.late_payment.interest import HalfYear, RateRow
from bot.domain.solvency.cover import CoverTerms
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.weights import (
    CLASS_NAMES,
    COVER_NAMES,
    DEFAULT,
    LOW_IS_GOOD,
    WHOLE_NUMBERS,
    FactorName,
    RiskClass,
    SolvencyPolicy,
    Step,
)

_MOST_DAYS = 3650
_MOST_POINTS = 1000
_MOST_BOUND = 10**6
_LEGAL_MOST_DAYS = 60
_BOUNDS = {
    "de_minimis_minor": (0, 10**15),
    "least_paid_count": (1, 1000),
    "starter_growth_percent": (0, 1000),
    "starter_most_percent": (100, 10_000),
    "deposit_most_percent": (0, 100),
    "broken_promises": (1, 1000),
    "flag_days": (1, _MOST_DAYS),
    "grant_days": (1, _MOST_DAYS),
}
_CLASS_BOUNDS = {
    "terms_days": (0, _LEGAL_MOST_DAYS),
    "review_days": (1, _MOST_DAYS),
    "starter_minor": (0, 10**15),
    "own_risk_minor": (0, 10**15),
    "capacity_per_mille": (0, 1000),
    "deposit_percent": (0, 100),
}
_PERCENT = re.compile(r"\d{1,2}(?:\.\d{1,4})?")
_LENT = (Grade.A, Grade.B, Grade.C)


def solvency_policy_from_document(document: Mapping[str, Any]) -> SolvencyPolicy:
    """Return the policy a JSON document describes; what it leaves out keeps its default.

    Raise `InvalidInput` naming the key that is unknown, of a wrong type or out of order. A better
    value never gives fewer points, nor a better grade less credit: the verdict relies on it.
    """
    refuse_unknown(document, set(SolvencyPolicy.__dataclass_fields__), "")
    given: dict[str, Any] = {
        key: whole(document[key], key, *_BOUNDS.get(key, (0, _MOST_DAYS)))
        for key in WHOLE_NUMBERS & set(document)
    }
    for key, read in _READERS.items():
        if key in document:
            given[key] = read(document[key])
    policy = replace(DEFAULT, **given)
    if policy.unpaid_ask_days < policy.unpaid_conditions_days:
        raise wrong("unpaid_ask_days", "must not be below unpaid_conditions_days")
    return policy


def _currency(value: Any, key: str = "currency") -> str:
    code = text(value, key)
    if len(code) != 3 or not code.isalpha() or not code.isupper():
        raise wrong(key, "is not an ISO 4217 currency")
    return code


def _steps(value: Any) -> Mapping[FactorName, tuple[Step, ...]]:
    body = mapping(value, "steps")
    refuse_unknown(body, {name.value for name in FactorName}, "steps.")
    read = dict(DEFAULT.steps)
    for name, rows in body.items():
        read[FactorName(name)] = _steps_of(FactorName(name), rows)
    if not any(rows[0][1] for rows in read.values()):
        raise wrong("steps", "at least one factor must give points")
    return MappingProxyType(read)


def _steps_of(name: FactorName, value: Any) -> tuple[Step, ...]:
    key = f"steps.{name}"
    rows = tuple(_step(row, key) for row in sequence(value, key))
    if not rows:
        raise wrong(key, "has at least one step")
    for (bound, points), (next_bound, next_points) in pairwise(rows):
        if bound == next_bound or (bound < next_bound) is not (name in LOW_IS_GOOD):
            raise wrong(key, "the steps go from the best value to the worst")
        if next_points > points:
            raise wrong(key, "a worse value must not give more points")
    return rows


def _step(value: Any, key: str) -> Step:
    pair = sequence(value, key)
    if len(pair) != 2:
        raise wrong(key, "each step is [bound, points]")
    return whole(pair[0], key, -_MOST_BOUND, _MOST_BOUND), whole(pair[1], key, 0, _MOST_POINTS)


def _grades(value: Any) -> Mapping[Grade, int]:
    body = mapping(value, "grades")
    refuse_unknown(body, {grade.value for grade in _LENT}, "grades.")
    given = {Grade(name): whole(body[name], f"grades.{name}", 1, 100) for name in body}
    read = {grade: given.get(grade, DEFAULT.grades[grade]) for grade in _LENT}
    if not read[Grade.A] >= read[Grade.B] >= read[Grade.C]:
        raise wrong("grades", "A needs the most points, then B, then C")
    return MappingProxyType(read)


def _classes(value: Any) -> Mapping[Grade, RiskClass]:
    body = mapping(value, "classes")
    refuse_unknown(body, {grade.value for grade in Grade}, "classes.")
    read = dict(DEFAULT.classes)
    for name, given in body.items():
        read[Grade(name)] = _class(given, f"classes.{name}", read[Grade(name)])
    for better, worse in pairwise(Grade):
        _check_order(worse, read[better], read[worse])
    for grade in (Grade.D, Grade.E):
        if read[grade].terms_days:
            raise wrong(f"classes.{grade}.terms_days", "there is no credit below C")
    return MappingProxyType(read)


def _class(value: Any, key: str, before: RiskClass) -> RiskClass:
    body = mapping(value, key)
    refuse_unknown(body, set(CLASS_NAMES), f"{key}.")
    given = {name: whole(body[name], f"{key}.{name}", *_CLASS_BOUNDS[name]) for name in body}
    return replace(before, **given)


def _check_order(grade: Grade, better: RiskClass, worse: RiskClass) -> None:
    for name in CLASS_NAMES:
        more, less = getattr(better, name), getattr(worse, name)
        if (less < more) if name == "deposit_percent" else (less > more):
            raise wrong(f"classes.{grade}.{name}", "a worse grade must not allow more")


def _activities(value: Any) -> frozenset[str]:
    rows = sequence(value, "risky_activities")
    codes = [text(row, "risky_activities") for row in rows]
    if not all(codes):
        raise wrong("risky_activities", "a beginning of a NAF code is not empty")
    return frozenset(codes)


def _usage(value: Any) -> tuple[int, ...]:
    rows = sequence(value, "usage_percents")
    levels = [whole(row, "usage_percents", 1, 1000) for row in rows]
    if levels != sorted(set(levels)):
        raise wrong("usage_percents", "the levels rise")
    return tuple(levels)


def _covers(value: Any) -> tuple[CoverTerms, ...]:
    rows = sequence(value, "cover_terms")
    read = tuple(_cover(row, f"cover_terms.{n}") for n, row in enumerate(rows, start=1))
    if len({(terms.insurer, terms.policy) for terms in read}) < len(read):
        raise wrong("cover_terms", "each policy is named once")
    return read


def _cover(value: Any, key: str) -> CoverTerms:
    body = mapping(value, key)
    refuse_unknown(body, set(COVER_NAMES), f"{key}.")
    given: dict[str, Any] = {}
    for name in COVER_NAMES:
        if name in ("insurer", "policy"):
            given[name] = text(body.get(name), f"{key}.{name}")
        elif name == "currency":
            given[name] = _currency(body.get(name, "EUR"), f"{key}.{name}")
        elif name == "least_minor":
            given[name] = whole(body.get(name, 0), f"{key}.{name}", 0, 10**15)
        else:
            given[name] = whole(body.get(name), f"{key}.{name}", 0, _MOST_DAYS)
    return CoverTerms(**given)


def _rates(value: Any) -> tuple[RateRow, ...]:
    body = mapping(value, "late_payment_rates")
    return tuple(_rate(name, row) for name, row in sorted(body.items()))


def _rate(name: str, value: Any) -> RateRow:
    key = f"late_payment_rates.{name}"
    try:
        half_year = HalfYear.read(name)
    except InvalidInput as error:
        raise wrong(key, "is not a half-year such as 2026-1") from error
    body = mapping(value, key)
    refuse_unknown(body, {"legal", "refi", "source"}, f"{key}.")
    legal, refi = (_percent(body.get(rate), f"{key}.{rate}") for rate in ("legal", "refi"))
    return RateRow(half_year, legal, refi, text(body.get("source"), f"{key}.source"))


def _percent(value: Any, key: str) -> Decimal:
    """Return a rate written as text ("2.15"), so that no binary fraction comes in."""
    written = text(value, key)
    if not _PERCENT.fullmatch(written):
        raise wrong(key, "is a percentage such as 2.15, as text")
    return Decimal(written)


_READERS: Mapping[str, Any] = {
    "currency": _currency,
    "steps": _steps,
    "grades": _grades,
    "classes": _classes,
    "risky_activities": _activities,
    "usage_percents": _usage,
    "cover_terms": _covers,
    "late_payment_rates": _rates,
}
