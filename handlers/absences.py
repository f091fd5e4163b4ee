"""People who are away, and who stands in for them."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids
from bot.rendering.absence_form import absence_form
from handlers.desk import Desk
from handlers.home_page import redraw_home
from handlers.payloads import Body, marked_from_home, parse_click, parse_submission


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.ABSENCE)(partial(handle_absence_click, desk=desk))
    app.view(ids.ABSENCE_FORM)(partial(handle_absence_submission, desk=desk))


async def handle_absence_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Open one's own absence."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(desk.services.absences.form, reader.actor, today=reader.today)
    window = marked_from_home(absence_form(view, reader.voice))
    await client.views_open(trigger_id=click.trigger_id, view=window)
    await ack()


async def handle_absence_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Keep it; an emptied date means being back."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    chosen = form.text(ids.STAND_IN)
    await desk.work(
        desk.services.absences.set,
        reader.actor,
        reader.actor.person_id,
        until=form.day(ids.UNTIL),
        stand_in_id=int(chosen) if chosen else None,
        today=reader.today,
    )
    await ack()
    await redraw_home(body, client, reader, desk)
