"""What a decision writes on an alert: how it was settled, what is new, who has not seen it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.ageing import BUCKETS
from bot.domain.bank.seen import Seen
from bot.domain.ledger import SettledBy
from bot.domain.lifecycle import AlertState
from bot.domain.reasons import Rule
from bot.domain.told import Told
from bot.services.alerts.judging import Judged, Rules
from storage import messages
from storage.alerts import ClosedLine
from storage.standings import OpenAlert
from storage.unit_of_work import UnitOfWork

_ENDED_BY = {SettledBy.WRITE_OFF: AlertState.WRITTEN_OFF}


def one_owner(one: Judged) -> int | None:
    """Return the owner an alert keeps while its client is held back."""
    return one.alert.facts.owner_id if one.alert else one.facts.owner_id


def announced(alert: OpenAlert) -> int:
    """Return the level last said of an alert."""
    return alert.facts.announced_level


def new_owner_values() -> dict[str, Any]:
    """Return the columns of an alert whose new owner has not seen it: a new post, a new clock."""
    return {
        "channel": "",
        "ts": "",
        "shown_at": None,
        "announced_level": 0,
        "announced_minor": 0,
        "announced_bucket": "",
        "window_ends_on": None,
        "window_left_days": None,
        "window_suspended_until": None,
        "window_warned_at": None,
        "ack_expiries": 0,
    }


def resolution_values(
    alert: OpenAlert, settled: Mapping[SettledBy, ClosedLine], left_minor: int, rules: Rules
) -> dict[str, Any]:
    """Return the columns of an alert that ends: how it was settled, how late, and what remains.

    Credits that cover the items without closing them are netting. The delay runs to the day the
    books give, not to the day they were imported.
    """
    by = max(settled, key=lambda way: settled[way].minor, default=SettledBy.NETTING)
    closed_on = min(settled[by].last_on, rules.today) if by in settled else rules.today
    due_on: date | None = alert.facts.oldest_due_on
    return {
        "state": _ENDED_BY.get(by, AlertState.RESOLVED).value,
        "state_at": rules.now,
        "state_ends_on": None,
        "state_by_id": None,
        "resolved_at": rules.now,
        "resolved_by": by.value,
        "resolution": {
            "settled": {way.value: settled[way].minor for way in sorted(settled)},
            "settled_minor": max(0, alert.facts.overdue_minor - left_minor),
            "left_minor": left_minor,
            "days": (closed_on - due_on).days if due_on else 0,
        },
    }


def with_bank(settled: Mapping[SettledBy, ClosedLine], seen: Seen) -> dict[SettledBy, ClosedLine]:
    """Return how items were closed, with the receipts that the bank shows before the books."""
    if seen.minor <= 0 or seen.last_on is None:
        return dict(settled)
    booked = settled.get(SettledBy.RECEIPT, ClosedLine(0, seen.last_on))
    last_on = max(booked.last_on, seen.last_on)
    return {**settled, SettledBy.RECEIPT: ClosedLine(booked.minor + seen.minor, last_on)}


def tell_manager(
    uow: UnitOfWork,
    rules: Rules,
    alert_id: int,
    manager_id: int,
    *,
    told: Told = Told.MANAGER_LEVEL3,
    what: str = "level3",
    version: int = 1,
) -> None:
    """Tell a manager of a client of their team, once per `what`: level 3 reached, unless said."""
    zone = rules.people[manager_id].time_zone
    messages.tell(
        uow.session,
        workspace_id=rules.workspace_id,
        kind=told,
        subject=f"alert:{alert_id}",
        key=f"alert:{alert_id}:{what}:{manager_id}",
        now=rules.now,
        version=version,
        person_id=manager_id,
        proactive=True,
        body={"alert_id": alert_id},
        not_before=rules.calendar.next_working_minute(rules.now, zone),
    )


def news_kind(one: Judged, alert: OpenAlert) -> str:
    """Return what is new: a threat, else the level, else the age, else the money."""
    decision = one.decision
    known = {reason.rule for reason in alert.facts.reasons}
    for rule in decision.rules:
        if rule in (Rule.PROCEEDING, Rule.COVER_LOST) and rule not in known:
            return rule.value
    if decision.level > announced(alert):
        return "level"
    older = BUCKETS.index(decision.bucket) > BUCKETS.index(alert.facts.announced_bucket)
    return "bucket" if older else "amount"
