"""The prospects of a manager's page: the card of one, and how soon it should be met."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids
from handlers.desk import Desk
from handlers.home_page import redraw_home
from handlers.payloads import Body, parse_click
from handlers.solvency import handle_company_click


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.PROSPECT)(partial(handle_prospect_menu, desk=desk))


async def handle_prospect_menu(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Show the company, or keep its priority and draw the page again in the new order."""
    click = parse_click(body)
    priority = click.find_number("priority")
    if priority is None:
        await handle_company_click(ack, body, respond, client, desk)
        return
    reader = await desk.reader(click.who)
    siren = str(click.ids["siren"])
    await desk.work(desk.services.prospects.prioritise, reader.actor, siren, priority)
    await redraw_home(body, client, reader, desk)
    await ack()
