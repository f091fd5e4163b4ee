"""An administrator's consent to a channel that others can read, given and taken back."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids, refusals
from handlers.desk import Desk, Reader
from handlers.home import redraw_settings
from handlers.payloads import Body, Click, parse_click
from handlers.replies import tell_person


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.CONSENT)(partial(handle_consent_click, desk=desk))
    app.action(ids.TAKE_CONSENT_BACK)(partial(handle_take_consent_back_click, desk=desk))


async def handle_consent_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Let client data go to a channel all the same; what waited leaves now."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(desk.services.channels.consent, reader.actor, str(click.ids["channel"]))
    desk.wake()
    await _answer(ack, body, respond, client, desk, click, reader)


async def handle_take_consent_back_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Refuse a channel again."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(desk.services.channels.take_back, reader.actor, str(click.ids["channel"]))
    await _answer(ack, body, respond, client, desk, click, reader)


async def _answer(
    ack: AsyncAck,
    body: Body,
    respond: AsyncRespond,
    client: AsyncWebClient,
    desk: Desk,
    click: Click,
    reader: Reader,
) -> None:
    """Show the settings as they are now, or say that it is done beside a message."""
    if click.view.get("callback_id") == ids.SETTINGS_FORM:
        await redraw_settings(client, click.view_id, reader, desk)
        await ack()
        return
    await tell_person(body, ack, respond, client, refusals.saved(reader.voice), reader.voice)
