"""May we sell to them, how much and on what terms: the answer, with everything it rests on."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.calendar import Calendar
from bot.domain.solvency.claim_deadlines import claim_deadline
from bot.domain.solvency.credit_limit import CreditLimit, GroupExposure
from bot.domain.solvency.dossier import (
    CompanyState,
    Dossier,
    Event,
    Grade,
    SourceAnswer,
)
from bot.domain.solvency.grants import Grant, holds
from bot.domain.solvency.hard_rules import ANSWERS, Alarm, Rule, alarms_of
from bot.domain.solvency.offers import (
    Condition,
    Offer,
    OrderAnswer,
    OrderCourse,
    Verdict,
    answer_order,
    offer_for,
    room_in,
)
from bot.domain.solvency.scorecard import Factor, Scorecard, rate
from bot.domain.solvency.standing import OPENINGS, in_order
from bot.domain.solvency.weights import FactorName, SolvencyPolicy

_MOST_REASONS = 3
_SAY_UNPAID = frozenset({Rule.UNPAID, Rule.UNPAID_LONG})


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A published event, and until when claims may be declared when it opens a proceeding."""

    event: Event
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer to `/solvency`. Amounts are minor units of `currency`, terms calendar days.

    `terms_days`, `limit` and `max_order_minor` are what may be sold without asking anybody, all 0
    when the verdict on the company is to ask or not to sell. `in_favour` and `against` hold at
    most three, strongest first; `silent` names the sources that did not answer.
    """

    siren: str
    state: CompanyState
    verdict: Verdict
    rating: Grade
    confidence: int
    terms_days: int
    limit: CreditLimit
    exposure_minor: int
    max_order_minor: int
    currency: str
    points: int
    total: int
    conditions: tuple[Condition, ...]
    deposit_percent: int
    factors: tuple[Factor, ...]
    alarms: tuple[Alarm, ...]
    in_favour: tuple[Factor, ...]
    against: tuple[Alarm | Factor, ...]
    events: tuple[DatedEvent, ...]
    missing: tuple[FactorName, ...]
    silent: tuple[SourceAnswer, ...]
    order: OrderAnswer | None = None
    grant: Grant | None = None
    group: GroupExposure | None = None

    @property
    def room_minor(self) -> int:
        """Return what is left of the limit, and of its group's; negative when above it."""
        return room_in(self.limit, self.exposure_minor, self.group)


def decide(
    dossier: Dossier,
    order_minor: int | None,
    policy: SolvencyPolicy,
    today: date,
    *,
    calendar: Calendar | None = None,
    outside_metropole: bool = False,
    grant: Grant | None = None,
    group: GroupExposure | None = None,
) -> Assessment:
    """Return the assessment of a company, and of an order of that amount when one is named.

    Hard rules first, then points. `grant` is finance's latest yes on it, `group` what its group
    owes (an order must fit in both limits), `calendar` the holidays that move deadlines. Pure:
    the same facts in any order give the same answer.
    """
    alarms = alarms_of(dossier, policy, today)
    card = rate(dossier, alarms, policy, today)
    held = grant if grant and holds(grant, alarms, policy.currency, today) else None
    offer = offer_for(dossier, card.grade, policy, today, held)
    exposure = _open_minor(dossier, policy)
    room = room_in(offer.limit, exposure, group)
    order = answer_order(order_minor, exposure, room, offer, dossier, policy, today)
    events = _dated(dossier, calendar or Calendar(), outside_metropole)
    assessment = _assessed(dossier, alarms, card, offer, order)
    return replace(
        assessment,
        exposure_minor=exposure,
        max_order_minor=max(0, room) if offer.limit.minor > 0 else 0,
        events=events,
        grant=held,
        group=group,
    )


def _assessed(
    dossier: Dossier,
    alarms: tuple[Alarm, ...],
    card: Scorecard,
    offer: Offer,
    order: OrderAnswer | None,
) -> Assessment:
    good, bad = _ranked(card.factors)
    if any(alarm.rule in _SAY_UNPAID for alarm in alarms):
        bad = tuple(one for one in bad if one.name is not FactorName.UNPAID_NOW)
    against: tuple[Alarm | Factor, ...] = (*alarms, *bad)
    return Assessment(
        siren=dossier.siren,
        state=dossier.company.state if dossier.company else CompanyState.UNKNOWN,
        verdict=offer.verdict if order is None else _worse(offer.verdict, order.course),
        rating=card.grade,
        confidence=card.confidence,
        terms_days=offer.terms_days,
        limit=offer.limit,
        exposure_minor=0,
        max_order_minor=0,
        currency=offer.limit.currency,
        points=card.points,
        total=card.total,
        conditions=offer.conditions,
        deposit_percent=offer.deposit_percent,
        factors=card.factors,
        alarms=alarms,
        in_favour=good[:_MOST_REASONS],
        against=against[:_MOST_REASONS],
        events=(),
        missing=card.missing,
        silent=_silent(dossier),
        order=order,
    )


def _open_minor(dossier: Dossier, policy: SolvencyPolicy) -> int:
    record = dossier.own_record
    return record.open_minor if record and record.currency == policy.currency else 0


_LEAST_FOR = {
    OrderCourse.GO: Verdict.SELL,
    OrderCourse.GO_WITH_DEPOSIT: Verdict.CONDITIONS,
    OrderCourse.ASK: Verdict.ASK_FINANCE,
    OrderCourse.NO: Verdict.DO_NOT_SELL,
}


def _worse(verdict: Verdict, course: OrderCourse) -> Verdict:
    return max(verdict, _LEAST_FOR[course], key=lambda one: one.rank)


def _ranked(factors: tuple[Factor, ...]) -> tuple[tuple[Factor, ...], tuple[Factor, ...]]:
    good = sorted((one for one in factors if one.is_good), key=lambda one: -one.points)
    bad = sorted((one for one in factors if one.is_bad), key=lambda one: one.points - one.most)
    return tuple(good), tuple(bad)


def _dated(dossier: Dossier, calendar: Calendar, outside_metropole: bool) -> tuple[DatedEvent, ...]:
    """Newest first."""
    return tuple(
        DatedEvent(
            event,
            claim_deadline(event.published_on, calendar, outside_metropole=outside_metropole)
            if event.kind in OPENINGS
            else None,
        )
        for event in reversed(in_order(dossier.events))
    )


def _silent(dossier: Dossier) -> tuple[SourceAnswer, ...]:
    asked = [one for one in dossier.sources if one.state not in ANSWERS]
    return tuple(sorted(asked, key=lambda one: (one.name, one.state)))
