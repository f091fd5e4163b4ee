"""The payment schedule of an offer: within the policy and the law, to the cent."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.due_dates import Terms, due_on
from bot.domain.errors import Conflict, InvalidInput
from bot.domain.follow_ups import InvalidForm
from bot.domain.payment_ceilings import CEILINGS, ProductFamily, counted_days
from bot.domain.solvency.dossier import OwnRecord
from bot.domain.solvency.offers import Condition, Verdict
from bot.domain.solvency.schedules import (
    TEMPLATES,
    Bounds,
    Discount,
    DiscountOffer,
    Instalment,
    Moment,
    Part,
    Schedule,
    Template,
    TermsForm,
)
from bot.domain.solvency.verdict import Assessment
from bot.domain.typed_amounts import check_amount

_HUNDRED = Decimal(100)
_YEAR_DAYS = 365
_LATE_DAYS = 15
_MOST_DISCOUNT = Decimal(5)
_MOST_PARTS = 12
_NO_SHARE = InvalidInput("Each part is a percentage or an amount above 0.", field="parts")
_SMALL_DEPOSIT = InvalidInput(
    "Raise the share paid at the order: the rest is more than this company may owe.", field="parts"
)


def bounds_of(assessment: Assessment, total_minor: int) -> Bounds:
    """Return what the assessment allows for an order of that price.

    The deposit brings what would be owed back to the limit, and is at least the class's share.
    Raise `Conflict` when nothing may be sold.
    """
    if assessment.verdict is Verdict.DO_NOT_SELL:
        raise Conflict("Nothing may be sold to this company.", code="do_not_sell")
    if Condition.CASH_BEFORE_DELIVERY in assessment.conditions:
        return Bounds(0, 0, before_delivery=True)
    over = max(0, total_minor - assessment.room_minor)
    share = -(-total_minor * assessment.deposit_percent // 100)
    return Bounds(assessment.terms_days, min(total_minor, max(over, share)), before_delivery=False)


def starting_form(
    total_minor: int,
    currency: str,
    bounds: Bounds,
    *,
    own_terms: Terms | None = None,
    own_record: OwnRecord | None = None,
    family: ProductFamily = ProductFamily.STANDARD,
) -> TermsForm:
    """Return the proposal to start from: the client's own terms when they are allowed.

    A deposit when one is needed; direct debit for a client who usually pays late.
    """
    most = min(bounds.most_days, CEILINGS[family].days)
    allowed = own_terms is not None and _terms_problem(own_terms, family, bounds) is None
    terms = own_terms if own_terms is not None and allowed else Terms(most)
    late = own_record is not None and (own_record.usual_delay_days or 0) > _LATE_DAYS
    parts = TEMPLATES[Template.AT_DELIVERY]
    if bounds.deposit_minor >= total_minor:
        parts = TEMPLATES[Template.AT_ORDER]
    elif bounds.deposit_minor:
        rest = total_minor - bounds.deposit_minor
        parts = (Part(Moment.ORDER, minor=bounds.deposit_minor), Part(Moment.FINAL, minor=rest))
    return TermsForm(total_minor, currency, parts, terms, family, direct_debit=late)


def build_schedule(form: TermsForm, bounds: Bounds) -> Schedule:
    """Return the schedule of a form; raise `InvalidForm` naming every field to mend.

    Percentages are rounded half up to the minor unit, and the last part takes the remainder.
    """
    problems = tuple(_problems(form, bounds))
    if problems:
        raise InvalidForm(problems)
    amounts = _amounts(form)
    deposit = sum(
        minor
        for part, minor in zip(form.parts, amounts, strict=True)
        if part.moment is Moment.ORDER
    )
    if min(amounts) <= 0:
        raise InvalidForm((_NO_SHARE,))
    if deposit < bounds.deposit_minor:
        raise InvalidForm((_SMALL_DEPOSIT,))
    return Schedule(
        total_minor=form.total_minor,
        currency=form.currency,
        instalments=tuple(
            _instalment(part, minor, form.terms)
            for part, minor in zip(form.parts, amounts, strict=True)
        ),
        terms=form.terms,
        family=form.family,
        deposit_minor=deposit,
        before_delivery=bounds.before_delivery,
        direct_debit=form.direct_debit,
        discount=_offer(form, form.total_minor - deposit),
    )


def yearly_cost(discount: Discount, terms: Terms) -> Decimal:
    """Return what a discount costs a year, in percent with one decimal.

    p / (100 - p) x 365 / days gained: the rate of a loan of the net amount for those days.
    """
    gained = counted_days(terms) - discount.within_days
    rate = discount.percent / (_HUNDRED - discount.percent) * _YEAR_DAYS / gained * _HUNDRED
    return rate.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _amounts(form: TermsForm) -> list[int]:
    if form.parts[0].minor is not None:
        return [part.minor or 0 for part in form.parts]
    amounts = [
        int(
            (form.total_minor * (part.percent or 0) / _HUNDRED).quantize(
                Decimal(1), rounding=ROUND_HALF_UP
            )
        )
        for part in form.parts[:-1]
    ]
    return [*amounts, form.total_minor - sum(amounts)]


def _instalment(part: Part, minor: int, terms: Terms) -> Instalment:
    due = part.planned_on
    if due is not None and part.moment is not Moment.ORDER:
        due = due_on(due, terms)
    return Instalment(part.moment, part.percent, minor, part.planned_on, due)


def _offer(form: TermsForm, on_credit_minor: int) -> DiscountOffer | None:
    if form.discount is None:
        return None
    exact = on_credit_minor * form.discount.percent / _HUNDRED
    return DiscountOffer(
        form.discount.percent,
        form.discount.within_days,
        int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)),
        yearly_cost(form.discount, form.terms),
    )


def _problems(form: TermsForm, bounds: Bounds) -> Iterator[InvalidInput]:
    try:
        check_amount(form.total_minor, field="total")
    except InvalidInput as problem:
        yield problem
    yield from _part_problems(form)
    problem_of_terms = _terms_problem(form.terms, form.family, bounds)
    if problem_of_terms is not None:
        yield problem_of_terms
    if form.discount is not None:
        yield from _discount_problems(form.discount, form.terms)


def _terms_problem(terms: Terms, family: ProductFamily, bounds: Bounds) -> InvalidInput | None:
    if not CEILINGS[family].allows(terms):
        return InvalidInput(
            "The law does not allow terms that long.", field="terms", code="above_law"
        )
    if counted_days(terms) > bounds.most_days:
        return InvalidInput(
            "These terms are longer than allowed for this company.",
            field="terms",
            code="above_policy",
        )
    return None


def _part_problems(form: TermsForm) -> Iterator[InvalidInput]:
    parts = form.parts
    if not 1 <= len(parts) <= _MOST_PARTS:
        yield InvalidInput("Enter from 1 to 12 parts.", field="parts")
        return
    if any(_is_not_one_share(part) for part in parts):
        yield _NO_SHARE
        return
    percents = [part.percent for part in parts if part.percent is not None]
    amounts = [part.minor for part in parts if part.minor is not None]
    if percents and amounts:
        yield InvalidInput("Use percentages or amounts, not both.", field="parts")
    elif percents and sum(percents) != _HUNDRED:
        yield InvalidInput("The percentages must add up to 100.", field="parts")
    elif amounts and sum(amounts) != form.total_minor:
        yield InvalidInput("The amounts must add up to the total.", field="parts")
    moments = [list(Moment).index(part.moment) for part in parts]
    planned = [part.planned_on for part in parts if part.planned_on is not None]
    if moments != sorted(moments) or planned != sorted(planned):
        yield InvalidInput("Put the parts in the order of their dates.", field="parts")


def _is_not_one_share(part: Part) -> bool:
    share = part.percent if part.minor is None else part.minor
    both = part.percent is not None and part.minor is not None
    return both or share is None or share <= 0


def _discount_problems(discount: Discount, terms: Terms) -> Iterator[InvalidInput]:
    if not 0 < discount.percent <= _MOST_DISCOUNT:
        yield InvalidInput("Enter a discount above 0 and up to 5 %.", field="discount_percent")
    if not 0 <= discount.within_days < counted_days(terms):
        yield InvalidInput("The discount must end before the terms do.", field="discount_days")
