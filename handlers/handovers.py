"""A file given to finance, and what becomes of it."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.rendering import forms, ids
from handlers.desk import Desk
from handlers.home_page import redraw_home
from handlers.openings import Opening, Openings, handle_opening_click
from handlers.payloads import Body, parse_click, parse_submission

OPENINGS: Openings = {
    ids.HAND_OVER: Opening(Action.HAND_OVER, forms.hand_over_form),
    ids.RETURN: Opening(Action.RETURN, forms.return_form),
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    app.view(ids.HAND_OVER_FORM)(partial(handle_hand_over_submission, desk=desk))
    app.view(ids.RETURN_FORM)(partial(handle_return_submission, desk=desk))
    app.action(ids.TAKE)(partial(handle_take_click, desk=desk))
    app.action(ids.TAKE_BACK)(partial(handle_take_back_click, desk=desk))


async def handle_hand_over_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Offer a file to finance with its owner's opinion."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.handovers.offer,
        reader.actor,
        form.number("alert_id"),
        form.text(ids.OPINION),
        form.key,
    )
    desk.wake()
    await ack()


async def handle_return_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Give a file back with a question."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.handovers.give_back,
        reader.actor,
        form.number("handover_id"),
        form.text(ids.QUESTION),
    )
    desk.wake()
    await ack()


async def handle_take_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Accept a file for finance."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(desk.services.handovers.take, reader.actor, click.number("handover_id"))
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await ack()


async def handle_take_back_click(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take a file back while nobody took it."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(desk.services.handovers.take_back, reader.actor, click.number("handover_id"))
    desk.wake()
    await ack()
