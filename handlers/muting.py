"""A client kept out of alerts by finance, and put back."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.rendering import forms, ids, refusals
from handlers.desk import Desk
from handlers.kinds import kinds_window
from handlers.openings import Opening, Openings, handle_opening_click
from handlers.payloads import Body, parse_click, parse_submission
from handlers.replies import tell_person

OPENINGS: Openings = {ids.MUTE: Opening(Action.MUTE, forms.mute_form)}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    app.view(ids.MUTE_FORM)(partial(handle_mute_submission, desk=desk))
    app.action(ids.UNMUTE)(partial(handle_unmute_click, desk=desk))


async def handle_mute_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Keep a client out of alerts."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.muting.mute,
        reader.actor,
        form.number("client_id"),
        until=form.day(ids.UNTIL),
        reason=form.text(ids.REASON),
        key=form.key,
        today=reader.today,
    )
    desk.wake()
    await ack()


async def handle_unmute_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Put a client back into alerts; the list it was in is drawn again."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.muting.unmute,
        reader.actor,
        click.number("client_id"),
        key=click.key,
        today=reader.today,
    )
    desk.wake()
    if click.view.get("callback_id") == ids.KINDS_FORM:
        await client.views_update(view_id=click.view_id, view=await kinds_window(reader, desk))
        await ack()
        return
    await tell_person(body, ack, respond, client, refusals.saved(reader.voice), reader.voice)
