"""Which company a client without a SIREN is: finance says, in a window or beside `/solvency`."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids, link_views
from bot.rendering.parts import Block
from handlers.desk import Desk, Reader
from handlers.home_page import redraw_home
from handlers.openings import show_window
from handlers.payloads import Body, Click, is_from_home, marked_from_home, parse_click
from handlers.replies import tell_person


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.LINKS)(partial(handle_links_click, desk=desk))
    app.action(ids.LINK)(partial(handle_link_click, desk=desk))
    app.action(ids.LINK_NONE)(partial(handle_link_none_click, desk=desk))


async def handle_links_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Show the clients that wait for a SIREN."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await show_window(client, click, await _window(reader, desk))
    await ack()


async def handle_link_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Give a client the SIREN of the button; its list is drawn again, or the change is said."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    siren = str(click.ids["siren"])
    linked = await desk.work(
        desk.services.links.confirm, reader.actor, click.number("client_id"), siren
    )
    if _is_list(click):
        await _redraw(body, client, reader, desk)
        await ack()
        return
    said = link_views.linked(linked, siren, reader.voice)
    await tell_person(body, ack, respond, client, said, reader.voice)


async def handle_link_none_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Keep that a client is none of the companies shown."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(desk.services.links.reject, reader.actor, click.number("client_id"))
    await _redraw(body, client, reader, desk)
    await ack()


def _is_list(click: Click) -> bool:
    return click.view.get("callback_id") == ids.LINKS_VIEW


async def _redraw(body: Body, client: AsyncWebClient, reader: Reader, desk: Desk) -> None:
    """Draw the list again as it is now, and the page it was opened from."""
    click, window = parse_click(body), await _window(reader, desk)
    shown = marked_from_home(window) if is_from_home(click.view) else window
    await client.views_update(view_id=click.view_id, view=shown)
    await redraw_home(body, client, reader, desk)


async def _window(reader: Reader, desk: Desk) -> Block:
    view = await desk.work(desk.services.links.view, reader.actor)
    return link_views.links_window(view, reader.voice)
