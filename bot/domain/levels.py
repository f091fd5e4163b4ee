"""Which rules fire for a client, and the level each one gives."""

from datetime import date

from bot.domain.alert_facts import ClientFacts
from bot.domain.policy import Amounts, Policy
from bot.domain.reasons import Reason, Rule

LEVEL_OF: dict[Rule, int] = {
    Rule.LEVEL_1: 1,
    Rule.LEVEL_2_AGE: 2,
    Rule.LEVEL_2_AMOUNT: 2,
    Rule.LEVEL_3_AGE: 3,
    Rule.LEVEL_3_PROMISES: 3,
    Rule.PROMISE_BROKEN: 1,
    Rule.PROCEEDING: 3,
    Rule.COVER_LOST: 3,
}
_NONE: frozenset[Rule] = frozenset()
_BY_LEVEL_1 = frozenset({Rule.LEVEL_1, Rule.LEVEL_3_PROMISES})
_BARE = frozenset({Rule.PROCEEDING, Rule.COVER_LOST, Rule.NOBODY})
COUNTING = frozenset({Rule.PROMISE_BROKEN, Rule.LEVEL_3_PROMISES})
_LIMITS = frozenset({Rule.LIMIT_NEAR, Rule.LIMIT_OVER})


def list_rules(
    facts: ClientFacts, policy: Policy, amounts: Amounts, today: date
) -> tuple[Rule, ...]:
    """Return every rule that fires, the highest level last; a level of 0 raises no alert.

    An amount once reached holds until it falls under the re-arm percentage (hysteresis).
    """
    if facts.overdue_minor <= 0 and not facts.is_urgent:
        return _limit_rules(facts, policy)
    days = facts.days(today)
    rules = _ageing_rules(facts, policy, amounts, days)
    alerting = bool(rules)
    if alerting and facts.owner_id is None:
        rules.append(Rule.NOBODY)
    if not alerting and days >= policy.overdue_days:
        rules.append(Rule.OVERDUE)
    if facts.limit_minor is not None:
        rules += _limit_rules(facts, policy)
    return tuple(rules)


def level_of(rules: tuple[Rule, ...]) -> int:
    """Return the highest level that rules give, 0 when none raises an alert."""
    level = 0
    for rule in rules:
        level = max(level, LEVEL_OF.get(rule, 0))
    return level


def draw_reasons(
    rules: tuple[Rule, ...], facts: ClientFacts, policy: Policy, today: date
) -> tuple[Reason, ...]:
    """Return the reasons of the rules that fired, each with the client's figures of `today`."""
    if not rules:
        return ()
    amounts, days = policy.amounts[facts.currency], facts.days(today)
    return tuple([_draw(rule, facts, amounts, days) for rule in rules])


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


def _draw(rule: Rule, facts: ClientFacts, amounts: Amounts, days: int) -> Reason:
    level = LEVEL_OF.get(rule, 0)
    if rule in _BARE:
        return Reason(rule, level)
    if rule in COUNTING:
        return Reason(rule, level, promises=facts.standing.broken_promises)
    if rule in _LIMITS:
        limit = facts.limit_minor or 0
        return Reason(rule, 0, 0, facts.exposure_minor, limit, 0, facts.currency)
    threshold = 0
    if rule is Rule.LEVEL_1:
        threshold = amounts.level_1_minor
    elif rule is Rule.LEVEL_2_AMOUNT:
        threshold = amounts.large_minor
    return Reason(rule, level, days, facts.overdue_minor, threshold, 0, facts.currency)


def _ageing_rules(facts: ClientFacts, policy: Policy, amounts: Amounts, days: int) -> list[Rule]:
    first, second, third = policy.levels
    alert = facts.standing.alert
    known = {reason.rule for reason in alert.reasons} if alert is not None else _NONE
    enough = _threshold(amounts.level_1_minor, policy, held=not _BY_LEVEL_1.isdisjoint(known))
    large = _threshold(amounts.large_minor, policy, held=Rule.LEVEL_2_AMOUNT in known)
    overdue, broken = facts.overdue_minor, facts.standing.broken_promises
    rules = []
    if overdue >= enough and days >= first.oldest_days:
        rules.append(Rule.LEVEL_1)
    if overdue >= enough and days >= second.oldest_days:
        rules.append(Rule.LEVEL_2_AGE)
    if second.large_days is not None and overdue >= large and days >= second.large_days:
        rules.append(Rule.LEVEL_2_AMOUNT)
    if overdue >= enough and days >= third.oldest_days:
        rules.append(Rule.LEVEL_3_AGE)
    if broken and (
        alert is not None or overdue >= _threshold(amounts.level_1_minor, policy, held=True)
    ):
        rules.append(Rule.PROMISE_BROKEN)
        needed = third.broken_promises
        if needed is not None and broken >= needed and overdue >= enough:
            rules.append(Rule.LEVEL_3_PROMISES)
    return rules + _urgent_rules(facts) if facts.is_urgent else rules


def _urgent_rules(facts: ClientFacts) -> list[Rule]:
    fired = (
        (Rule.PROCEEDING, facts.standing.proceeding),
        (Rule.COVER_LOST, facts.standing.cover_lost),
    )
    return [rule for rule, true in fired if true]


def _limit_rules(facts: ClientFacts, policy: Policy) -> tuple[Rule, ...]:
    stage = limit_stage(facts, policy)
    if stage == 0:
        return ()
    return (Rule.LIMIT_OVER if stage == policy.limit_over_percent else Rule.LIMIT_NEAR,)


def _threshold(minor: int, policy: Policy, *, held: bool) -> int:
    return minor * policy.rearm_percent // 100 if held else minor
