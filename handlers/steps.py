"""Reminders of the day: read over and sent, called, done, or left out with a reason."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids, step_windows
from handlers.desk import Desk
from handlers.home_page import redraw_home
from handlers.openings import show_window
from handlers.payloads import Body, parse_click, parse_submission

_DRAWINGS = {ids.STEP: step_windows.step_form, ids.SKIP_STEP: step_windows.skip_form}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id in _DRAWINGS:
        app.action(action_id)(partial(handle_step_click, desk=desk))
    app.view(ids.STEP_MAIL_FORM)(partial(handle_mail_submission, desk=desk))
    app.view(ids.STEP_FORM)(partial(handle_done_submission, desk=desk))
    app.view(ids.SKIP_STEP_FORM)(partial(handle_skip_submission, desk=desk))


async def handle_step_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Open a step as it stands, or ask why it is left out."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.dunning.windows.window, reader.actor, click.number("step_id"), reader.today
    )
    await show_window(client, click, _DRAWINGS[click.action_id](view, reader.voice))
    await ack()


async def handle_mail_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Send the e-mail of a step as it was left in its window."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    edited = ids.TEXT in form.values
    await desk.work(
        desk.services.dunning.windows.send,
        reader.actor,
        form.number("step_id"),
        form.text(ids.SUBJECT) if edited else None,
        form.text(ids.TEXT) if edited else None,
    )
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await ack(response_action="clear")


async def handle_done_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Take a call, a letter or a decision as done; safe twice."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(desk.services.dunning.steps.complete, reader.actor, form.number("step_id"))
    await redraw_home(body, client, reader, desk)
    await ack(response_action="clear")


async def handle_skip_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Leave a step out, with its reason; safe twice."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.dunning.steps.skip,
        reader.actor,
        form.number("step_id"),
        form.text(ids.REASON),
    )
    await redraw_home(body, client, reader, desk)
    await ack(response_action="clear")
