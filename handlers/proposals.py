"""Payment terms prepared for an offer: the form, checked, then the paragraph to paste."""

import re
from datetime import date
from decimal import Decimal
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.due_dates import parse_terms
from bot.domain.errors import InvalidInput
from bot.domain.payment_ceilings import ProductFamily
from bot.domain.solvency.schedules import TEMPLATES, Discount, Moment, Part, Template, TermsForm
from bot.domain.typed_amounts import read_amount
from bot.rendering import ids, proposals
from handlers.desk import Desk
from handlers.openings import show_window
from handlers.payloads import Body, Submission, parse_click, parse_submission

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%?")
_SHARES = {
    Moment.ORDER: ids.PART_ORDER,
    Moment.INTERIM: ids.PART_INTERIM,
    Moment.FINAL: ids.PART_FINAL,
}
_DAYS = {Moment.INTERIM: ids.INTERIM_ON, Moment.FINAL: ids.FINAL_ON}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.PREPARE_TERMS)(partial(handle_terms_click, desk=desk))
    app.view(ids.TERMS_FORM)(partial(handle_terms_submission, desk=desk))


async def handle_terms_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Open the form, started from the client's own record."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.proposals.start,
        reader.actor,
        str(click.ids["siren"]),
        click.find_number("order"),
        today=reader.today,
    )
    await show_window(client, click, proposals.terms_form(view, reader.voice))
    await ack()


async def handle_terms_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Check the terms, and show the schedule with its paragraph."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    siren = str(form.ids["siren"])
    about = await desk.work(
        desk.services.requests.form, reader.actor, siren, None, today=reader.today
    )
    view = await desk.work(
        desk.services.proposals.build,
        reader.actor,
        siren,
        read_terms(form, about.currency),
        today=reader.today,
    )
    await ack(response_action="update", view=proposals.proposal(view, reader.voice))


def read_terms(form: Submission, currency: str) -> TermsForm:
    """Return what was typed; raise InvalidInput naming the field at fault."""
    return TermsForm(
        total_minor=read_amount(form.text(ids.TOTAL), currency, field=ids.TOTAL),
        currency=currency,
        parts=_parts(form, currency),
        terms=parse_terms(form.text(ids.TERMS_DAYS)),
        family=ProductFamily(form.text(ids.FAMILY) or ProductFamily.STANDARD),
        direct_debit=form.text(ids.DIRECT_DEBIT) == proposals.YES,
        discount=_discount(form),
    )


def _parts(form: Submission, currency: str) -> tuple[Part, ...]:
    chosen = form.text(ids.PARTS)
    if chosen and chosen != proposals.AS_TYPED:
        known = TEMPLATES[Template(chosen)]
        return tuple(
            Part(one.moment, one.percent, one.minor, _planned(form, one.moment)) for one in known
        )
    return tuple(
        _part(form, moment, typed, currency)
        for moment, block in _SHARES.items()
        if (typed := form.text(block).strip())
    )


def _part(form: Submission, moment: Moment, typed: str, currency: str) -> Part:
    planned = _planned(form, moment)
    found = _PERCENT.fullmatch(typed)
    if found and typed.endswith("%"):
        return Part(moment, Decimal(found[1].replace(",", ".")), planned_on=planned)
    minor = read_amount(typed, currency, field=_SHARES[moment])
    return Part(moment, minor=minor, planned_on=planned)


def _planned(form: Submission, moment: Moment) -> date | None:
    return form.day(_DAYS[moment]) if moment in _DAYS else None


def _discount(form: Submission) -> Discount | None:
    percent, days = form.text(ids.DISCOUNT_PERCENT).strip(), form.text(ids.DISCOUNT_DAYS).strip()
    if not percent and not days:
        return None
    found = _PERCENT.fullmatch(percent)
    if found is None:
        raise InvalidInput("Enter a percentage such as 2 or 1.5.", field=ids.DISCOUNT_PERCENT)
    if not days.isdigit():
        raise InvalidInput("Enter a number of days.", field=ids.DISCOUNT_DAYS)
    return Discount(Decimal(found[1].replace(",", ".")), int(days))
