"""The rules asked before any score: each one that holds caps the grade, whatever the points say.

A source that may raise an alarm caps it as well when it did not answer: not having been able to
look for a proceeding is never better than having found one that leaves the sale to finance.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from bot.domain.solvency.dossier import (
    CompanyState,
    Course,
    Dossier,
    Event,
    EventKind,
    Grade,
    SourceName,
    SourceState,
)
from bot.domain.solvency.standing import Standing, in_order, standing_of
from bot.domain.solvency.weights import SolvencyPolicy

ANSWERS = frozenset({SourceState.ANSWERED, SourceState.NOTHING_KNOWN, SourceState.STALE})
# Our own database always answers unless said otherwise; the network has to say that it did.
_OURS = frozenset({SourceName.LEDGER, SourceName.REGISTER, SourceName.INSURER, SourceName.AGENCY})
_WORSE_STATE = {state: rank for rank, state in enumerate(SourceState)}
_STRUCK_OFF_MARGIN = timedelta(days=90)


class Rule(StrEnum):
    """What holds of a company, worst first."""

    STOPPED = "stopped"
    CEASED = "ceased"
    LIQUIDATION = "liquidation"
    CLOSED_UNPAID = "closed_unpaid"
    STRUCK_OFF = "struck_off"
    REDRESSEMENT = "redressement"
    SAUVEGARDE = "sauvegarde"
    PERSONAL_RECOVERY = "personal_recovery"
    AMICABLE_LIQUIDATION = "amicable_liquidation"
    STRUCK_OFF_DOUBTFUL = "struck_off_doubtful"
    FLAGGED = "flagged"
    UNPAID_LONG = "unpaid_long"
    OUTSIDE_GRADE_WORST = "outside_grade_worst"
    UNREAD_NOTICE = "unread_notice"
    STATE_UNKNOWN = "state_unknown"
    NOTICES_UNKNOWN = "notices_unknown"
    LEDGER_UNKNOWN = "ledger_unknown"
    FLAGS_UNKNOWN = "flags_unknown"
    OUTSIDE_GRADES_UNKNOWN = "outside_grades_unknown"
    DECIDED_CONDITIONS = "decided_conditions"
    PLAN = "plan"
    PLAN_ENDED = "plan_ended"
    CONCILIATION = "conciliation"
    BUSINESS_SOLD = "business_sold"
    UNPAID = "unpaid"
    PROMISES_BROKEN = "promises_broken"

    @property
    def cap(self) -> Grade:
        """Return the best grade this rule leaves: E do not sell, D ask finance, C conditions."""
        if self in _DO_NOT_SELL:
            return Grade.E
        return Grade.C if self in _CONDITIONS else Grade.D

    @property
    def is_unknown(self) -> bool:
        """Say whether it holds because something could not be looked for."""
        return self in _UNKNOWN


_UNKNOWN = frozenset(
    {
        Rule.STATE_UNKNOWN,
        Rule.NOTICES_UNKNOWN,
        Rule.LEDGER_UNKNOWN,
        Rule.FLAGS_UNKNOWN,
        Rule.OUTSIDE_GRADES_UNKNOWN,
    }
)
_DO_NOT_SELL = frozenset(
    {Rule.STOPPED, Rule.CEASED, Rule.LIQUIDATION, Rule.CLOSED_UNPAID, Rule.STRUCK_OFF}
)
_CONDITIONS = frozenset(
    {
        Rule.DECIDED_CONDITIONS,
        Rule.PLAN,
        Rule.PLAN_ENDED,
        Rule.CONCILIATION,
        Rule.BUSINESS_SOLD,
        Rule.UNPAID,
        Rule.PROMISES_BROKEN,
    }
)
_RANK = {rule: rank for rank, rule in enumerate(Rule)}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rule that holds, who said so, and the day it holds from (None: not known)."""

    rule: Rule
    source: SourceName
    since: date | None = None
    event: Event | None = None


def alarms_of(dossier: Dossier, policy: SolvencyPolicy, today: date) -> tuple[Alarm, ...]:
    """Return every rule that holds, worst first."""
    found = [
        *_decided(dossier, today),
        *_register(dossier),
        *_notices(dossier, policy, today),
        *_flags(dossier, today),
        *_ledger(dossier, policy, today),
        *_outside(dossier, policy, today),
    ]
    return tuple(sorted(found, key=lambda alarm: _RANK[alarm.rule]))


def cap_of(alarms: Iterable[Alarm]) -> Grade:
    """Return the best grade these alarms leave; A when there is none."""
    return max((alarm.rule.cap for alarm in alarms), default=Grade.A)


def answer_of(dossier: Dossier, name: SourceName) -> SourceState:
    """Return how a source answered, the worst when it is named twice."""
    states = [answer.state for answer in dossier.sources if answer.name is name]
    default = SourceState.NOTHING_KNOWN if name in _OURS else SourceState.NOT_ASKED
    return max(states, key=_WORSE_STATE.__getitem__, default=default)


def is_answered(dossier: Dossier, name: SourceName) -> bool:
    """Say whether a source answered, were it that it knows nothing or with an older answer."""
    return answer_of(dossier, name) in ANSWERS


def is_stopped(dossier: Dossier, today: date) -> bool:
    """Say whether people decided not to sell to a company any more."""
    decision = dossier.decision
    return decision is not None and decision.course is Course.STOP and decision.stands(today)


def _decided(dossier: Dossier, today: date) -> Iterator[Alarm]:
    decision = dossier.decision
    rule = _OF_COURSE.get(decision.course) if decision and decision.stands(today) else None
    if decision and rule:
        yield Alarm(rule, SourceName.DECISION, decision.decided_on)


_OF_COURSE = {Course.STOP: Rule.STOPPED, Course.CONDITIONS: Rule.DECIDED_CONDITIONS}


def _register(dossier: Dossier) -> Iterator[Alarm]:
    company = dossier.company
    if company is None:
        yield Alarm(Rule.STATE_UNKNOWN, SourceName.COMPANIES)
        return
    match company.state:
        case CompanyState.CEASED:
            yield Alarm(Rule.CEASED, company.source, company.closed_on)
        case CompanyState.UNKNOWN:
            yield Alarm(Rule.STATE_UNKNOWN, company.source)
        case CompanyState.ACTIVE:
            pass
        case _:
            assert_never(company.state)


def _notices(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Alarm]:
    if not is_answered(dossier, SourceName.NOTICES):
        yield Alarm(Rule.NOTICES_UNKNOWN, SourceName.NOTICES)
    yield from _standing(standing_of(dossier.events))
    latest = {event.kind: event for event in in_order(dossier.events)}
    if struck := latest.get(EventKind.STRUCK_OFF):
        yield _said(_struck_off(dossier, struck), struck)
    if dissolved := latest.get(EventKind.AMICABLE_LIQUIDATION):
        yield _said(Rule.AMICABLE_LIQUIDATION, dissolved)
    for kind, rule in _RECENT.items():
        event = latest.get(kind)
        if event and (today - event.published_on).days <= policy.recent_event_days:
            yield _said(rule, event)


_RECENT = {
    EventKind.UNREAD: Rule.UNREAD_NOTICE,
    EventKind.PLAN_ENDED: Rule.PLAN_ENDED,
    EventKind.CONCILIATION: Rule.CONCILIATION,
    EventKind.BUSINESS_SOLD: Rule.BUSINESS_SOLD,
}
_IN_FORCE = {
    EventKind.LIQUIDATION: Rule.LIQUIDATION,
    EventKind.REDRESSEMENT: Rule.REDRESSEMENT,
    EventKind.SAUVEGARDE: Rule.SAUVEGARDE,
    EventKind.PERSONAL_RECOVERY: Rule.PERSONAL_RECOVERY,
    EventKind.CLOSED_UNPAID: Rule.CLOSED_UNPAID,
    EventKind.PLAN: Rule.PLAN,
}


def _standing(standing: Standing) -> Iterator[Alarm]:
    rule = _IN_FORCE.get(standing.kind) if standing.kind else None
    if rule is not None and standing.latest is not None:
        yield _said(rule, standing.latest)


def _struck_off(dossier: Dossier, event: Event) -> Rule:
    """A seat that moves is struck off at its old court: a register that still shows it active
    well after is believed enough to let finance look."""
    company = dossier.company
    if company is None or company.state is not CompanyState.ACTIVE or company.as_of is None:
        return Rule.STRUCK_OFF
    late = company.as_of > event.published_on + _STRUCK_OFF_MARGIN
    return Rule.STRUCK_OFF_DOUBTFUL if late else Rule.STRUCK_OFF


def _flags(dossier: Dossier, today: date) -> Iterator[Alarm]:
    if not is_answered(dossier, SourceName.REGISTER):
        yield Alarm(Rule.FLAGS_UNKNOWN, SourceName.REGISTER)
    live = [flag.flagged_on for flag in dossier.flags if flag.expires_on >= today]
    if live:
        yield Alarm(Rule.FLAGGED, SourceName.REGISTER, max(live))


def _ledger(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Alarm]:
    record = dossier.own_record
    if not is_answered(dossier, SourceName.LEDGER) or (
        record is not None and record.currency != policy.currency
    ):
        yield Alarm(Rule.LEDGER_UNKNOWN, SourceName.LEDGER)
    if record is None:
        return
    if record.overdue_minor >= policy.de_minimis_minor:
        since = today - timedelta(days=max(record.oldest_overdue_days, 0))
        if record.oldest_overdue_days > policy.unpaid_ask_days:
            yield Alarm(Rule.UNPAID_LONG, SourceName.LEDGER, since)
        elif record.oldest_overdue_days > policy.unpaid_conditions_days:
            yield Alarm(Rule.UNPAID, SourceName.LEDGER, since)
    if record.promises_broken >= policy.broken_promises:
        yield Alarm(Rule.PROMISES_BROKEN, SourceName.LEDGER, record.as_of)


def _outside(dossier: Dossier, policy: SolvencyPolicy, today: date) -> Iterator[Alarm]:
    for source in (SourceName.INSURER, SourceName.AGENCY):
        if not is_answered(dossier, source):
            yield Alarm(Rule.OUTSIDE_GRADES_UNKNOWN, source)
    recent = today - timedelta(days=policy.outside_grade_days)
    worst = [one for one in dossier.outside_grades if one.grade is Grade.E and one.as_of >= recent]
    if worst:
        latest = max(worst, key=lambda one: (one.as_of, one.source))
        yield Alarm(Rule.OUTSIDE_GRADE_WORST, latest.source, latest.as_of)


def _said(rule: Rule, event: Event) -> Alarm:
    return Alarm(rule, SourceName.NOTICES, event.published_on, event)
