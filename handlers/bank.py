"""Whose a bank receipt is: finance answers in its channel, the message becomes the answer."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids
from bot.rendering.bank_forms import payment_items_form
from handlers.desk import Desk
from handlers.openings import show_window
from handlers.payloads import Body, parse_click, parse_submission


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.PAYMENT_OF)(partial(handle_payment_click, desk=desk))
    app.action(ids.PAYMENT_NONE)(partial(handle_payment_click, desk=desk))
    app.action(ids.PAYMENT_ITEMS)(partial(handle_payment_items_click, desk=desk))
    app.view(ids.PAYMENT_ITEMS_FORM)(partial(handle_payment_items_submission, desk=desk))


async def handle_payment_click(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Give the receipt to the client of the button, or to none of those proposed."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    client_id = click.find_number("client_id")
    await desk.work(desk.services.bank.settle, reader.actor, click.number("line_id"), client_id)
    desk.wake()
    await ack()


async def handle_payment_items_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Show what the client has open, to choose what the receipt pays."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.bank.payment_items,
        reader.actor,
        click.number("line_id"),
        click.number("client_id"),
    )
    await show_window(client, click, payment_items_form(view, reader.voice))
    await ack()


async def handle_payment_items_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Give the receipt to the chosen items of the client."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.bank.settle,
        reader.actor,
        form.number("line_id"),
        form.number("client_id"),
        form.several(ids.ITEMS),
    )
    desk.wake()
    await ack()
