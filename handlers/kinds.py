"""Accounts that imports propose to keep out of alerts, confirmed or not by finance."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids
from bot.rendering.kind_views import kinds_form
from bot.rendering.parts import Block
from handlers.desk import Desk, Reader
from handlers.home_page import redraw_home
from handlers.openings import show_window
from handlers.payloads import (
    Body,
    is_from_home,
    marked_from_home,
    parse_click,
    parse_submission,
)


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.KINDS)(partial(handle_kinds_click, desk=desk))
    app.view(ids.KINDS_FORM)(partial(handle_kinds_submission, desk=desk))


async def handle_kinds_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Show the accounts out of alerts."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await show_window(client, click, await kinds_window(reader, desk))
    await ack()


async def handle_kinds_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Keep the answers; the window closes, or goes on with the next accounts."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    kept = {id for name in ids.KIND_FIELDS.values() for id in form.several(name)}
    await desk.work(
        desk.services.kinds.settle,
        reader.actor,
        [int(id) for id in form.ids.get("client_ids", [])],
        kept,
        key=form.key,
        today=reader.today,
    )
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await _go_on(ack, body, reader, desk)


async def _go_on(ack: AsyncAck, body: Body, reader: Reader, desk: Desk) -> None:
    """Close the window, or show the next accounts in it."""
    view = await desk.work(desk.services.kinds.view, reader.actor, today=reader.today)
    if not view.accounts:
        await ack()
        return
    window = kinds_form(view, reader.voice)
    again = marked_from_home(window) if is_from_home(body["view"]) else window
    await ack(response_action="update", view=again)


async def kinds_window(reader: Reader, desk: Desk) -> Block:
    """Return the window of the accounts out of alerts, as they are now."""
    view = await desk.work(desk.services.kinds.view, reader.actor, today=reader.today)
    return kinds_form(view, reader.voice)
