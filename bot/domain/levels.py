"""Which rules fire for a client, and the level each one gives."""

from datetime import date

from bot.domain.alert_facts import ClientFacts
from bot.domain.policy import Amounts, Policy
from bot.domain.reasons import Reason, Rule

_NONE: frozenset[Rule] = frozenset()
_BY_LEVEL_1 = frozenset({Rule.LEVEL_1, Rule.LEVEL_3_PROMISES})


def list_reasons(
    facts: ClientFacts, policy: Policy, amounts: Amounts, today: date
) -> tuple[Reason, ...]:
    """Return every rule that fires, the highest level last; a level of 0 raises no alert.

    An amount once reached holds until it falls under the re-arm percentage (hysteresis).
    """
    if facts.overdue_minor <= 0 and not facts.is_urgent:
        return _limit_reasons(facts, policy)
    days = facts.days(today)
    reasons = _ageing_reasons(facts, policy, amounts, days)
    alerting = bool(reasons)
    if alerting and facts.owner_id is None:
        reasons.append(Reason(Rule.NOBODY))
    if not alerting and days >= policy.overdue_days:
        reasons.append(_reason(Rule.OVERDUE, facts, days, 0))
    if facts.limit_minor is not None:
        reasons += _limit_reasons(facts, policy)
    return tuple(reasons)


def limit_stage(facts: ClientFacts, policy: Policy) -> int:
    """Return the limit percentage that exposure has reached, 0 for none, with hysteresis."""
    limit = facts.limit_minor
    if limit is None or limit <= 0:
        return 0
    used = facts.exposure_minor * 100
    rearm = policy.rearm_percent
    over, near = policy.limit_over_percent, policy.limit_near_percent
    if used > over * limit or (facts.limit_said >= over and used * 100 >= over * limit * rearm):
        return over
    if used >= near * limit or (facts.limit_said >= near and used * 100 >= near * limit * rearm):
        return near
    return 0


def _ageing_reasons(
    facts: ClientFacts, policy: Policy, amounts: Amounts, days: int
) -> list[Reason]:
    first, second, third = policy.levels
    alert = facts.standing.alert
    known = {reason.rule for reason in alert.reasons} if alert is not None else _NONE
    enough = _threshold(amounts.level_1_minor, policy, held=not _BY_LEVEL_1.isdisjoint(known))
    large = _threshold(amounts.large_minor, policy, held=Rule.LEVEL_2_AMOUNT in known)
    overdue, broken = facts.overdue_minor, facts.standing.broken_promises
    reasons = []
    if overdue >= enough and days >= first.oldest_days:
        reasons.append(_reason(Rule.LEVEL_1, facts, days, 1, amounts.level_1_minor))
    if overdue >= enough and days >= second.oldest_days:
        reasons.append(_reason(Rule.LEVEL_2_AGE, facts, days, 2))
    if second.large_days is not None and overdue >= large and days >= second.large_days:
        reasons.append(_reason(Rule.LEVEL_2_AMOUNT, facts, days, 2, amounts.large_minor))
    if overdue >= enough and days >= third.oldest_days:
        reasons.append(_reason(Rule.LEVEL_3_AGE, facts, days, 3))
    if broken and (
        alert is not None or overdue >= _threshold(amounts.level_1_minor, policy, held=True)
    ):
        reasons.append(Reason(Rule.PROMISE_BROKEN, 1, promises=broken))
        needed = third.broken_promises
        if needed is not None and broken >= needed and overdue >= enough:
            reasons.append(Reason(Rule.LEVEL_3_PROMISES, 3, promises=broken))
    return reasons + _urgent_reasons(facts) if facts.is_urgent else reasons


def _urgent_reasons(facts: ClientFacts) -> list[Reason]:
    fired = (
        (Rule.PROCEEDING, facts.standing.proceeding),
        (Rule.COVER_LOST, facts.standing.cover_lost),
    )
    return [Reason(rule, 3) for rule, true in fired if true]


def _limit_reasons(facts: ClientFacts, policy: Policy) -> tuple[Reason, ...]:
    stage = limit_stage(facts, policy)
    if stage == 0 or facts.limit_minor is None:
        return ()
    rule = Rule.LIMIT_OVER if stage == policy.limit_over_percent else Rule.LIMIT_NEAR
    figures = {"minor": facts.exposure_minor, "limit_minor": facts.limit_minor}
    return (Reason(rule, currency=facts.currency, **figures),)


def _threshold(minor: int, policy: Policy, *, held: bool) -> int:
    return minor * policy.rearm_percent // 100 if held else minor


def _reason(rule: Rule, facts: ClientFacts, days: int, level: int, limit: int = 0) -> Reason:
    return Reason(rule, level, days, facts.overdue_minor, limit, 0, facts.currency)
