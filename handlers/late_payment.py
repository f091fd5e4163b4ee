"""Late payment in Slack: what it costs, offers to give it up, acts that interrupt limitation."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.domain.late_payment.limitation import Interruption
from bot.rendering import ids, late_payment_views, refusals
from bot.rendering.late_payment_views import LatePaymentView
from bot.rendering.views import Voice
from handlers.desk import Desk
from handlers.openings import Opening, Openings, handle_opening_click, show_window
from handlers.payloads import Body, parse_click, parse_submission
from handlers.replies import tell_person

Draw = Callable[[LatePaymentView, Voice], dict[str, Any]]
OPENINGS: Openings = {ids.INTERRUPT: Opening(Action.NOTICE, late_payment_views.interrupt_form)}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    for action_id, draw in (
        (ids.LATE_PAYMENT, late_payment_views.late_payment_window),
        (ids.WAIVE, late_payment_views.waive_form),
    ):
        app.action(action_id)(partial(handle_window_click, desk=desk, draw=draw))
    app.action(ids.WITHDRAW_WAIVER)(partial(handle_withdraw_click, desk=desk))
    app.view(ids.WAIVE_FORM)(partial(handle_waive_submission, desk=desk))
    app.view(ids.INTERRUPT_FORM)(partial(handle_interrupt_submission, desk=desk))


async def handle_window_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk, draw: Draw
) -> None:
    """Show principal, interest and fees, or what of them to give up."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.late_payment.window.view,
        reader.actor,
        click.number("client_id"),
        today=reader.today,
    )
    await show_window(client, click, draw(view, reader.voice))
    await ack()


async def handle_waive_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Make an offer; who looks after the client is told."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.late_payment.offers.offer,
        reader.actor,
        form.number("client_id"),
        amount=form.text(ids.AMOUNT),
        until=form.day(ids.UNTIL),
        key=form.key,
        today=reader.today,
    )
    desk.wake()
    await ack(response_action="clear")


async def handle_withdraw_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Take an offer back."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.late_payment.offers.withdraw,
        reader.actor,
        click.number("waiver_id"),
        key=click.key,
    )
    desk.wake()
    await tell_person(body, ack, respond, client, refusals.saved(reader.voice), reader.voice)


async def handle_interrupt_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take down an act that interrupts the limitation."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.late_payment.acts.interrupt,
        reader.actor,
        form.number("client_id"),
        kind=Interruption(form.text(ids.ACT)),
        on=form.day(ids.INTERRUPTED_ON),
        key=form.key,
        today=reader.today,
    )
    await ack(response_action="clear")
