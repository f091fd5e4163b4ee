"""E-mails to clients that may have arrived: who knows says so."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids, refusals
from handlers.desk import Desk
from handlers.payloads import Body, parse_click
from handlers.replies import tell_person


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id in (ids.EMAIL_ARRIVED, ids.EMAIL_AGAIN):
        app.action(action_id)(partial(handle_settle_click, desk=desk))


async def handle_settle_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Settle an e-mail: it arrived, or it leaves again."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.emails.settle,
        reader.actor,
        click.number("email_id"),
        again=click.action_id == ids.EMAIL_AGAIN,
    )
    desk.wake()
    await tell_person(body, ack, respond, client, refusals.saved(reader.voice), reader.voice)
