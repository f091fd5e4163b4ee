"""What may be sold to a company of a grade, and the answer for one order."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.solvency.credit_limit import (
    CreditLimit,
    GroupExposure,
    credit_limit,
    uninsured_minor,
)
from bot.domain.solvency.dossier import Dossier, Grade
from bot.domain.solvency.grants import Grant
from bot.domain.solvency.hard_rules import is_stopped
from bot.domain.solvency.weights import SolvencyPolicy

_LEGAL_MOST_DAYS = 60
_PUBLIC_MOST_DAYS = 30


class Verdict(StrEnum):
    """The answer, best first."""

    SELL = "sell"
    CONDITIONS = "conditions"
    ASK_FINANCE = "ask_finance"
    DO_NOT_SELL = "do_not_sell"

    @property
    def rank(self) -> int:
        """Return 0 for the best answer, 3 for the worst."""
        return list(Verdict).index(self)


class Condition(StrEnum):
    """What a sale is subject to."""

    DEPOSIT = "deposit"
    CASH_BEFORE_DELIVERY = "cash_before_delivery"
    AS_GRANTED = "as_granted"


class OrderCourse(StrEnum):
    """What to do with one order."""

    GO = "go"
    GO_WITH_DEPOSIT = "go_with_deposit"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """The answer for one order, in minor units: what would be owed with it, and what of that is
    above the limit, asked as a deposit, or insured by nobody."""

    order_minor: int
    exposure_minor: int
    over_minor: int
    deposit_minor: int
    uninsured_minor: int
    course: OrderCourse


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be sold to the company, whatever the order."""

    verdict: Verdict
    limit: CreditLimit
    terms_days: int
    deposit_percent: int
    conditions: tuple[Condition, ...]


_VERDICT_OF = {
    Grade.A: Verdict.SELL,
    Grade.B: Verdict.SELL,
    Grade.C: Verdict.CONDITIONS,
    Grade.D: Verdict.ASK_FINANCE,
    Grade.E: Verdict.DO_NOT_SELL,
}


def most_terms_days(dossier: Dossier) -> int:
    """Return the longest terms the law allows: 60 days from the invoice, 30 for public buyers.

    A legal form that is not known may be a public one. Code de commerce, art. L441-10 I; code de
    la commande publique, art. R2192-10.
    """
    company = dossier.company
    private = company is not None and company.legal_form and not company.is_public_body
    return _LEGAL_MOST_DAYS if private else _PUBLIC_MOST_DAYS


def offer_for(
    dossier: Dossier, grade: Grade, policy: SolvencyPolicy, today: date, grant: Grant | None
) -> Offer:
    """Return what may be sold to a company of that grade; `grant` is one that holds.

    Nobody is refused by a machine: for a sole trader or a masked person finance is asked, unless
    people decided already.
    """
    verdict = _VERDICT_OF[grade]
    by_machine = not is_stopped(dossier, today)
    if verdict is Verdict.DO_NOT_SELL and by_machine and _is_person(dossier):
        verdict = Verdict.ASK_FINANCE
    limit = credit_limit(dossier, grade, policy, today)
    allowed, legal = policy.classes[grade], most_terms_days(dossier)
    if grant is not None:
        return Offer(
            Verdict.CONDITIONS if grant.condition else Verdict.SELL,
            replace(limit, minor=max(limit.minor, grant.granted_minor)),
            min(max(allowed.terms_days, grant.terms_days), legal),
            0,
            (Condition.AS_GRANTED,) if grant.condition else (),
        )
    if verdict in (Verdict.ASK_FINANCE, Verdict.DO_NOT_SELL):
        cash = (Condition.CASH_BEFORE_DELIVERY,) if verdict is Verdict.ASK_FINANCE else ()
        return Offer(verdict, limit, 0, 0, cash)
    deposit = allowed.deposit_percent
    conditions = (Condition.DEPOSIT,) if deposit else ()
    return Offer(verdict, limit, min(allowed.terms_days, legal), deposit, conditions)


def _is_person(dossier: Dossier) -> bool:
    company = dossier.company
    return company is not None and (company.is_sole_trader or company.is_masked)


def room_in(limit: CreditLimit, exposure_minor: int, group: GroupExposure | None) -> int:
    """Return what is left of a limit and of the group's, the least; negative when above it."""
    own = limit.minor - exposure_minor
    return own if group is None else min(own, group.limit_minor - group.exposure_minor)


def answer_order(
    order: int | None,
    exposure: int,
    room: int,
    offer: Offer,
    dossier: Dossier,
    policy: SolvencyPolicy,
    today: date,
) -> OrderAnswer | None:
    """Judge an order: the deposit brings what is owed back to the limit, and is at least the
    class's share; finance is asked when what is over would be too large a part of the order."""
    if order is None:
        return None
    after = exposure + order
    over = max(0, order - room)
    deposit = max(over, -(-order * offer.deposit_percent // 100))
    too_much = over * 100 > order * policy.deposit_most_percent
    if offer.verdict is Verdict.DO_NOT_SELL:
        course, deposit = OrderCourse.NO, 0
    elif offer.verdict is Verdict.ASK_FINANCE or too_much:
        course, deposit = OrderCourse.ASK, 0
    else:
        course = OrderCourse.GO_WITH_DEPOSIT if deposit else OrderCourse.GO
    bare = uninsured_minor(after, dossier.cover, policy.currency, today)
    return OrderAnswer(order, after, over, deposit, bare, course)
