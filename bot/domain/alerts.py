"""The judgement: a client's facts and the policy in, what becomes of its alert out."""

from dataclasses import replace
from datetime import date

from bot.domain import window as clock
from bot.domain.ageing import BUCKETS
from bot.domain.alert_facts import NOTHING_SAID, AlertFacts, ClientFacts
from bot.domain.calendar import Calendar
from bot.domain.decision import NOTHING, Change, Decision
from bot.domain.ledger import ClientKind
from bot.domain.levels import COUNTING, level_of, limit_stage, list_rules
from bot.domain.lifecycle import AlertState
from bot.domain.policy import Amounts, Policy
from bot.domain.reasons import Held, Rule, Why

_ORDINARY = ClientKind.ORDINARY.value
_WAITING = (AlertState.SNOOZED, AlertState.RETURNED)


def decide(facts: ClientFacts, policy: Policy, today: date, calendar: Calendar) -> Decision:
    """Judge one client on `today`; pure, and the same answer however often it is asked."""
    return Judge(policy, today, calendar).decide(facts)


class Judge:
    """Judges clients on one day by one policy.

    Most clients of a scan have no alert and nothing said of them: what becomes of those depends on
    their age in days and on which amounts they reach, and each case is worked out once.
    """

    def __init__(self, policy: Policy, today: date, calendar: Calendar) -> None:
        self.policy, self.today, self.calendar = policy, today, calendar
        self._day = today.toordinal()
        self._steps = {
            currency: (amounts.level_1_minor, amounts.large_minor)
            for currency, amounts in policy.amounts.items()
        }
        self._cases: dict[tuple[str, int, bool, bool, bool], Decision] = {}

    def decide(self, facts: ClientFacts) -> Decision:
        """Return what becomes of a client's alert."""
        _, currency, overdue, oldest, _, owner, kind, limit, said, muted, _, barred, standing = (
            facts
        )
        plain = limit is None and muted is None and barred is None and not said
        steps = self._steps.get(currency)
        if standing is NOTHING_SAID and plain and kind == _ORDINARY and steps is not None:
            if overdue <= 0:
                return NOTHING
            days = 0 if oldest is None else self._day - oldest.toordinal()
            case = (currency, days, overdue >= steps[0], overdue >= steps[1], owner is None)
            known = self._cases.get(case)
            if known is None:
                known = self._cases[case] = self._decide(facts)
            return known
        return self._decide(facts)

    def _decide(self, facts: ClientFacts) -> Decision:
        policy, today = self.policy, self.today
        amounts = policy.amounts.get(facts.currency)
        if amounts is None:
            return _without_amounts(facts)
        alert = facts.standing.alert
        rules = list_rules(facts, policy, amounts, today)
        barrier = _barrier(facts, today)
        level = level_of(rules)
        if alert is None:
            decision = _first_judgement(level, rules, barrier)
        else:
            decision = Decision(level, rules, held=barrier, bucket=facts.bucket(today))
            decision = _next_judgement(
                decision, alert, facts, policy, amounts, today, self.calendar
            )
        if facts.limit_minor is None and not facts.limit_said:
            return decision
        return _with_limit(decision, facts, policy, barrier)


def _without_amounts(facts: ClientFacts) -> Decision:
    if facts.overdue_minor <= 0:
        return NOTHING
    return Decision(held=Held(Why.CURRENCY, detail=facts.currency))


def _barrier(facts: ClientFacts, today: date) -> Held | None:
    """Return what keeps this client from raising anything, if something does."""
    if facts.kind != ClientKind.ORDINARY:
        return Held(Why.KIND, detail=facts.kind)
    if facts.muted_until is not None and facts.muted_until >= today:
        return Held(Why.MUTED, facts.muted_until, facts.muted_reason)
    return facts.barred


def _first_judgement(level: int, rules: tuple[Rule, ...], barrier: Held | None) -> Decision:
    if level == 0:
        return Decision(rules=rules) if rules else NOTHING
    if barrier is not None:
        return Decision(level, rules, held=barrier)
    return Decision(level, rules, AlertState.OPEN, None, (Change.OPENED,))


def _next_judgement(
    decision: Decision,
    alert: AlertFacts,
    facts: ClientFacts,
    policy: Policy,
    amounts: Amounts,
    today: date,
    calendar: Calendar,
) -> Decision:
    decision = decision._replace(
        level=max(1, decision.level),
        state=alert.state,
        state_ends_on=alert.state_ends_on,
        window=alert.window,
    )
    if _is_settled(facts, alert, policy, amounts, today):
        return decision._replace(state=AlertState.RESOLVED, changes=(Change.RESOLVED,), held=None)
    if decision.held is not None:
        return decision._replace(changes=_edit(decision, alert, facts))
    decision = _expire(decision, alert, facts, policy, today, calendar)
    decision = _run_window(decision, alert, facts, policy, today, calendar)
    return _say_news(decision, alert, facts, policy)


def _is_settled(
    facts: ClientFacts, alert: AlertFacts, policy: Policy, amounts: Amounts, today: date
) -> bool:
    """Say whether the episode is over: nothing overdue, or little and nothing pending."""
    if facts.is_urgent:
        return False
    if facts.overdue_minor <= 0:
        return True
    rearm_minor = amounts.level_1_minor * policy.rearm_percent // 100
    pending = alert.state.is_with_finance or _is_live(facts, today)
    return facts.overdue_minor < rearm_minor and not pending


def _is_live(facts: ClientFacts, today: date) -> bool:
    """Say whether a promise is not judged yet, or a dispute not past its date."""
    disputed_until = facts.standing.disputed_until
    disputed = disputed_until is not None and disputed_until >= today
    return disputed or facts.standing.promised_until is not None


def _is_state_over(alert: AlertFacts, facts: ClientFacts, today: date) -> bool:
    """Say whether the state's end has passed, or what it waited for is gone."""
    standing = facts.standing
    match alert.state:
        case AlertState.PROMISED:
            return standing.promised_until is None
        case AlertState.DISPUTED:
            return standing.disputed_until is None or standing.disputed_until < today
        case AlertState.SNOOZED if standing.broken_promises > alert.broken_promises:
            return True
        case AlertState.ACKNOWLEDGED | AlertState.SNOOZED | AlertState.RETURNED:
            return alert.state_ends_on is not None and today > alert.state_ends_on
        case _:
            return False


def _expire(
    decision: Decision,
    alert: AlertFacts,
    facts: ClientFacts,
    policy: Policy,
    today: date,
    calendar: Calendar,
) -> Decision:
    """Give the client back to its owner when the state is over; a stopped clock runs again."""
    if not _is_state_over(alert, facts, today):
        return decision
    changes = [*decision.changes, Change.EXPIRED]
    acknowledged = alert.state is AlertState.ACKNOWLEDGED
    if acknowledged and alert.acknowledgement_expiries + 1 >= policy.acknowledgement_expiries:
        changes.append(Change.HANDOVER_PROPOSED)
    window = alert.window
    if alert.state in (AlertState.PROMISED, AlertState.DISPUTED):
        window = clock.resume(window, today, calendar)
    return decision._replace(
        state=AlertState.OPEN,
        state_ends_on=window.ends_on,
        changes=tuple(changes),
        window=window,
    )


def _run_window(
    decision: Decision,
    alert: AlertFacts,
    facts: ClientFacts,
    policy: Policy,
    today: date,
    calendar: Calendar,
) -> Decision:
    """Warn before the window's end; after it, with nothing live, hand over."""
    window = decision.window or alert.window
    waits = alert.state.is_with_finance or decision.state in _WAITING
    if waits or _is_live(facts, today):
        return decision
    if clock.is_over(window, today):
        return decision._replace(
            state=AlertState.HANDED_OVER,
            state_ends_on=calendar.add_business_days(today, policy.take_days),
            changes=(*decision.changes, Change.HANDED_OVER),
        )
    if clock.is_ending(window, today, policy, calendar):
        warned = replace(window, warned=True)
        changes = (*decision.changes, Change.WINDOW_ENDING)
        return decision._replace(window=warned, changes=changes)
    return decision


def _say_news(
    decision: Decision, alert: AlertFacts, facts: ClientFacts, policy: Policy
) -> Decision:
    """Speak again only of a new owner, a new level, much more money, or an older bucket."""
    changes = (*decision.changes, *_edit(decision, alert, facts))
    if facts.owner_id != alert.owner_id:
        changes = (*changes, Change.REASSIGNED)
    elif alert.posted and _is_news(decision, alert, facts, policy):
        if decision.state is AlertState.SNOOZED and not _pierces_anew(alert, facts):
            snoozed = Held(Why.SNOOZED, alert.state_ends_on, alert.state_reason)
            return decision._replace(changes=changes, held=snoozed)
        changes = (*changes, Change.NEWS)
    return decision._replace(changes=changes)


def _is_news(decision: Decision, alert: AlertFacts, facts: ClientFacts, policy: Policy) -> bool:
    grown = alert.announced_minor * (100 + policy.news_percent)
    older = BUCKETS.index(decision.bucket) > BUCKETS.index(alert.announced_bucket)
    return (
        decision.level > alert.announced_level
        or facts.overdue_minor * 100 >= grown > 0
        or older
        or _pierces_anew(alert, facts)
    )


def _pierces_anew(alert: AlertFacts, facts: ClientFacts) -> bool:
    """Say whether a proceeding or a lost cover appeared since the alert was written.

    A broken promise has a message of its own, and ends a snooze.
    """
    known = {reason.rule for reason in alert.reasons}
    return (facts.standing.proceeding and Rule.PROCEEDING not in known) or (
        facts.standing.cover_lost and Rule.COVER_LOST not in known
    )


def _edit(decision: Decision, alert: AlertFacts, facts: ClientFacts) -> tuple[Change, ...]:
    """Return an edit when a fact differs from what is written; the passing of days is no fact."""
    written = (alert.level, alert.overdue_minor, alert.oldest_due_on, alert.currency)
    seen = (decision.level, facts.overdue_minor, facts.oldest_due_on, facts.currency)
    if written != seen or len(alert.reasons) != len(decision.rules):
        return (Change.EDITED,)
    broken = facts.standing.broken_promises
    for reason, rule in zip(alert.reasons, decision.rules, strict=True):
        if reason.rule is not rule or reason.promises != (broken if rule in COUNTING else 0):
            return (Change.EDITED,)
    return ()


def _with_limit(
    decision: Decision, facts: ClientFacts, policy: Policy, barrier: Held | None
) -> Decision:
    """Add the limit notice: said once per stage, again only after it was re-armed."""
    stage = limit_stage(facts, policy)
    if stage == facts.limit_said or barrier is not None:
        kept = facts.limit_said
        return decision if kept == 0 else decision._replace(limit_stage=kept)
    change = Change.LIMIT if stage > facts.limit_said else Change.LIMIT_CLEARED
    return decision._replace(limit_stage=stage, changes=(*decision.changes, change))
