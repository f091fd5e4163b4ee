"""Payment terms for an offer: the form, and the schedule with its paragraph in two languages."""

from dataclasses import replace
from decimal import Decimal

from bot.domain.payment_ceilings import ProductFamily
from bot.domain.solvency.schedules import TEMPLATES, Instalment, Moment, Part, Schedule, Template
from bot.rendering import formats, ids
from bot.rendering.environment import sentences
from bot.rendering.escaping import Mrkdwn
from bot.rendering.fields import chosen, dated, modal, typed
from bot.rendering.parts import Block, Element, lines, option, section
from bot.rendering.proposal_views import ProposalView, TermsFormView
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

AS_TYPED = "as_typed"
YES, NO = "yes", "no"
_TEMPLATES = {
    Template.AT_ORDER: N_("all at the order"),
    Template.AT_DELIVERY: N_("all at delivery"),
    Template.DEPOSIT_30: N_("30 % at the order, 70 % at delivery"),
    Template.HALVES: N_("half at the order, half at delivery"),
    Template.THIRDS: N_("30 % at the order, 40 % midway, 30 % at delivery"),
}
_FAMILIES = {
    ProductFamily.STANDARD: N_("ordinary goods and services"),
    ProductFamily.SUMMARY_INVOICE: N_("summary invoice"),
    ProductFamily.PERISHABLE_FOOD: N_("perishable food"),
    ProductFamily.LIVESTOCK_AND_FRESH_MEAT: N_("livestock and fresh meat"),
    ProductFamily.ALCOHOL: N_("alcohol under excise"),
    ProductFamily.GRAPES_AND_MUSTS: N_("grapes and musts"),
    ProductFamily.TRANSPORT: N_("transport and freight"),
    ProductFamily.PUBLIC_BUYER: N_("public buyer"),
    ProductFamily.PUBLIC_HOSPITAL: N_("public hospital"),
    ProductFamily.PUBLIC_ENTERPRISE: N_("public enterprise"),
}
_PARTS = {
    Moment.ORDER: (ids.PART_ORDER, N_("At the order (% or amount)")),
    Moment.INTERIM: (ids.PART_INTERIM, N_("Midway (% or amount)")),
    Moment.FINAL: (ids.PART_FINAL, N_("At delivery (% or amount)")),
}


def terms_form(view: TermsFormView, voice: Voice) -> Block:
    """Draw the form: price, how it is split, terms, goods, direct debit, discount."""
    said, form = speech(voice), view.form
    total = ""
    if form.total_minor:
        total = formats.plain_amount(form.total_minor, form.currency, said.language)
    price = said.words("Price, tax included ({currency})", currency=form.currency)
    blocks = [
        section(sentences("solvency", voice).about(view)),
        typed(ids.TOTAL, price, initial=total),
        chosen(ids.PARTS, said.words("Schedule"), _templates(said), initial=_template(form.parts)),
        *(_part(moment, form.parts, form.currency, said) for moment in Moment),
        dated(ids.INTERIM_ON, said.words("Midway on"), optional=True),
        dated(ids.FINAL_ON, said.words("Delivery on"), optional=True),
        typed(ids.TERMS_DAYS, said.words("Terms (30, 30 FDM, FDM 45)"), initial=str(form.terms)),
        chosen(ids.FAMILY, said.words("What is sold"), _families(said), initial=form.family.value),
        _yes_or_no(form.direct_debit, said),
        typed(ids.DISCOUNT_PERCENT, said.words("Early payment discount (%)"), optional=True),
        typed(ids.DISCOUNT_DAYS, said.words("When paid within (days)"), optional=True),
    ]
    carried = ids.value(siren=view.siren)
    title, submit = said.words("Payment terms"), said.words("Prepare")
    return modal(title, submit, said.words("Cancel"), ids.TERMS_FORM, carried, blocks)


def proposal(view: ProposalView, voice: Voice) -> Block:
    """Draw the schedule, what the discount costs, and the paragraph to paste, in two languages."""
    said, tell = speech(voice), sentences("proposal", voice)
    schedule = view.schedule
    parts = [tell.line(_moment(one, said), one, schedule.currency) for one in schedule.instalments]
    cost = tell.cost(schedule.discount, schedule.currency) if schedule.discount else Mrkdwn("")
    french, english = (paragraph(schedule, replace(voice, locale=to)) for to in ("fr", "en"))
    blocks = [
        section(lines(tell.headline(view), *parts, cost)),
        section(lines(said.say("For the proposal, in French:"), french)),
        section(lines(said.say("In English:"), english)),
    ]
    close = said.words("Close")
    title = said.words("Payment terms")
    return modal(title, None, close, ids.PROPOSAL_VIEW, ids.value(), blocks)


def paragraph(schedule: Schedule, voice: Voice) -> Mrkdwn:
    """Return the paragraph of an offer, in the voice's language, as a block to copy."""
    said, tell = speech(voice), sentences("proposal", voice)
    parts = ", ".join(
        tell.part(_moment(one, said), one, schedule.currency) for one in schedule.instalments
    )
    return Mrkdwn(f"```{tell.paragraph(schedule, parts, said.terms(str(schedule.terms)))}```")


def _moment(one: Instalment, said: Speech) -> Mrkdwn:
    words = {
        Moment.ORDER: N_("at the order"),
        Moment.INTERIM: N_("midway"),
        Moment.FINAL: N_("at delivery"),
    }
    return said.say(words[one.moment])


def _templates(said: Speech) -> list[Element]:
    known = [option(said.words(words), name.value) for name, words in _TEMPLATES.items()]
    return [*known, option(said.words("as typed below"), AS_TYPED)]


def _template(parts: tuple[Part, ...]) -> str:
    return next((name.value for name, known in TEMPLATES.items() if known == parts), AS_TYPED)


def _part(moment: Moment, parts: tuple[Part, ...], currency: str, said: Speech) -> Block:
    block_id, label = _PARTS[moment]
    mine = next((one for one in parts if one.moment is moment), None)
    shown = ""
    if mine is not None and _template(parts) == AS_TYPED:
        shown = _share(mine, currency, said)
    return typed(block_id, said.words(label), optional=True, initial=shown)


def _share(part: Part, currency: str, said: Speech) -> str:
    if part.minor is not None:
        return formats.plain_amount(part.minor, currency, said.language)
    return f"{(part.percent or Decimal(0)).normalize():f} %"


def _families(said: Speech) -> list[Element]:
    return [option(said.words(words), family.value) for family, words in _FAMILIES.items()]


def _yes_or_no(initial: bool, said: Speech) -> Block:
    choices = [option(said.words("no"), NO), option(said.words("yes"), YES)]
    label = said.words("Paid by direct debit")
    return chosen(ids.DIRECT_DEBIT, label, choices, initial=YES if initial else NO)
