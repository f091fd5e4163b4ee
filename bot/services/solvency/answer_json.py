"""The answer to a solvency question as one JSON object, for scripts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.solvency.measures import Change, Position, Value
from bot.domain.solvency.verdict import Assessment, DatedEvent
from bot.rendering.solvency_views import CompanyChoicesView, SolvencyView


def answer_json(found: SolvencyView | CompanyChoicesView) -> dict[str, Any]:
    """Return a verdict with everything it rests on, or `choices`; dates as ISO 8601."""
    if isinstance(found, CompanyChoicesView):
        return {
            "choices": [
                {
                    "name": one.name,
                    "siren": one.siren or None,
                    "town": one.town,
                    "code": one.code or None,
                    "active": one.is_active,
                }
                for one in found.choices
            ]
        }
    return _assessment(found.assessment, found.name)


def _assessment(found: Assessment, name: str) -> dict[str, Any]:
    document: dict[str, Any] = {
        "siren": found.siren,
        "name": name,
        "state": found.state.value,
        "verdict": found.verdict.value,
        "rating": found.rating.value,
        "confidence": found.confidence,
        "terms_days": found.terms_days,
        "limit_minor": found.limit.minor,
        "max_order_minor": found.max_order_minor,
        "currency": found.currency,
        "factors": [
            {
                "name": one.name.value,
                "value": _value(one.value),
                "points": one.points,
                "source": one.source.value,
                "as_of": _day(one.as_of),
            }
            for one in found.factors
        ],
        "alarms": [
            {"rule": one.rule.value, "source": one.source.value, "since": _day(one.since)}
            for one in found.alarms
        ],
        "events": [_event(one) for one in found.events],
        "missing": [name.value for name in found.missing]
        + [answer.name.value for answer in found.silent],
    }
    if found.order is not None:
        document["order"] = {
            "order_minor": found.order.order_minor,
            "exposure_minor": found.order.exposure_minor,
            "deposit_minor": found.order.deposit_minor,
            "uninsured_minor": found.order.uninsured_minor,
            "course": found.order.course.value,
        }
    return document


def _event(dated: DatedEvent) -> Mapping[str, Any]:
    return {
        "kind": dated.event.kind.value,
        "on": _day(dated.event.on),
        "published_on": _day(dated.event.published_on),
        "deadline": _day(dated.deadline),
    }


def _value(value: Value) -> Any:
    match value:
        case Position():
            return {"value": value.value, "sector_median": value.quartiles.median}
        case Change():
            return {"now": value.now, "before": value.before}
        case _:
            return value


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
