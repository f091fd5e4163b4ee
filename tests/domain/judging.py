"""A client judged on a day, by the default policy."""

from datetime import date, timedelta
from typing import Any

from bot.domain.ageing import AgeingBucket
from bot.domain.alert_facts import AlertFacts, ClientFacts, Standing
from bot.domain.alerts import decide
from bot.domain.calendar import Calendar
from bot.domain.decision import Decision
from bot.domain.levels import draw_reasons
from bot.domain.policy import DEFAULT, Policy
from bot.domain.reasons import Reason, Rule
from bot.domain.window import Window

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
PLAIN = Calendar()
RUNNING = Window(ends_on=date(2026, 12, 8))


def judge(
    euros: int = 900,
    days: int = 10,
    *,
    alert: AlertFacts | None = None,
    policy: Policy = DEFAULT,
    standing: dict[str, Any] | None = None,
    **facts: Any,
) -> Decision:
    """Judge a client owing `euros`, the oldest item `days` late."""
    oldest = TODAY - timedelta(days=days) if days else None
    values = {"owner_id": 1, "exposure_minor": euros * 100, **facts}
    said = Standing(alert=alert, **(standing or {}))
    client = ClientFacts(7, "EUR", euros * 100, oldest, **values)
    values.setdefault("currency", "EUR")
    return decide(client._replace(standing=said), policy, TODAY, PLAIN)


def reasons_of(decision: Decision, euros: int, days: int, broken: int) -> tuple[Reason, ...]:
    """Return a decision's reasons, as they are written."""
    oldest = TODAY - timedelta(days=days) if days else None
    standing = Standing(broken_promises=broken)
    facts = ClientFacts(7, "EUR", euros * 100, oldest, owner_id=1, standing=standing)
    return draw_reasons(decision.rules, facts, DEFAULT, TODAY)


def an_alert(**values: Any) -> AlertFacts:
    """An alert of level 1, posted, as a client owing 900 euros for 10 days would have."""
    written: dict[str, Any] = {
        "level": 1,
        "reasons": (Reason(Rule.LEVEL_1, 1, 10, 90_000, 50_000, 0, "EUR"),),
        "overdue_minor": 90_000,
        "oldest_due_on": TODAY - timedelta(days=10),
        "owner_id": 1,
        "announced_minor": 90_000,
        "announced_bucket": AgeingBucket.DAYS_1_30,
        "posted": True,
        "window": RUNNING,
    }
    return AlertFacts(**{**written, **values})
