"""Whose a bank receipt is: finance answers in its channel, the message becomes the answer."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.rendering import ids
from handlers.desk import Desk
from handlers.payloads import Body, parse_click


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.PAYMENT_OF)(partial(handle_payment_click, desk=desk))
    app.action(ids.PAYMENT_NONE)(partial(handle_payment_click, desk=desk))


async def handle_payment_click(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Give the receipt to the client of the button, or to none of those proposed."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    client_id = click.number("client_id") if "client_id" in click.ids else None
    await desk.work(desk.services.bank.settle, reader.actor, click.number("line_id"), client_id)
    desk.wake()
    await ack()
