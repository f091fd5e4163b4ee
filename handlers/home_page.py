"""A person's Home, drawn when they open it and again after what they did there."""

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import messages
from handlers.desk import Desk, Reader
from handlers.payloads import Body, is_from_home

log = structlog.get_logger()


async def draw_home(user_id: str, client: AsyncWebClient, reader: Reader, desk: Desk) -> None:
    """Draw the page of a person as things stand."""
    page = await desk.work(desk.services.home.home, reader.actor, reader.today)
    await client.views_publish(user_id=user_id, view=messages.home(page, reader.voice))


async def redraw_home(body: Body, client: AsyncWebClient, reader: Reader, desk: Desk) -> None:
    """Draw it again when the click or the window came from it; what was done stays done."""
    if not is_from_home(body.get("view") or {}):
        return
    try:
        await draw_home(reader.actor.slack_user_id, client, reader, desk)
    except SlackApiError as refused:
        log.warning("home_not_drawn", code=refused.response.get("error"))
