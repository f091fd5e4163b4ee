"""A click that opens a form about a client: who may, what the form says, and the window."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.rendering.form_views import ClientFormView
from bot.rendering.views import Voice
from handlers.desk import Desk
from handlers.payloads import Body, Click, is_from_home, marked_from_home, parse_click


@dataclass(frozen=True, slots=True)
class Opening:
    """A form about a client: what submitting it asks the right to, and how it is drawn."""

    action: Action
    draw: Callable[[ClientFormView, Voice], dict[str, Any]]


Openings = Mapping[str, Opening]


async def handle_opening_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk, opening: Opening
) -> None:
    """Open a form about the client of a button."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    about = await desk.work(
        desk.services.forms.client_form,
        reader.actor,
        click.number("client_id"),
        today=reader.today,
        action=opening.action,
        alert_id=click.find_number("alert_id"),
        handover_id=click.find_number("handover_id"),
    )
    await show_window(client, click, opening.draw(about, reader.voice))
    await ack()


async def show_window(client: AsyncWebClient, click: Click, view: dict[str, Any]) -> None:
    """Open a window, on top of the one the click came from if it came from one."""
    view = marked_from_home(view) if is_from_home(click.view) else view
    if click.view.get("type") == "modal":
        await client.views_push(trigger_id=click.trigger_id, view=view)
    else:
        await client.views_open(trigger_id=click.trigger_id, view=view)
