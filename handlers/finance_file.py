"""Finance's file of a client: parts set apart and put back, deliveries held and freed."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.domain.errors import InvalidInput
from bot.domain.item_states import StateKind
from bot.rendering import file_views, ids
from handlers.desk import Desk, Reader
from handlers.openings import Opening, Openings, handle_opening_click, show_window
from handlers.payloads import Body, Click, parse_click, parse_submission

OPENINGS: Openings = {
    ids.SET_APART: Opening(Action.SET_APART, file_views.set_apart_form),
    ids.PAUSE_REMINDERS: Opening(Action.SET_APART, file_views.pause_reminders_form),
    ids.HOLD_DELIVERIES: Opening(Action.HOLD_DELIVERIES, file_views.hold_deliveries_form),
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    app.action(ids.FINANCE_FILE)(partial(handle_file_click, desk=desk))
    app.action(ids.PUT_BACK)(partial(handle_put_back_click, desk=desk))
    app.action(ids.FREE_DELIVERIES)(partial(handle_free_click, desk=desk))
    app.action(ids.RESUME_REMINDERS)(partial(handle_resume_click, desk=desk))
    app.view(ids.PAUSE_REMINDERS_FORM)(partial(handle_pause_submission, desk=desk))
    app.view(ids.SET_APART_FORM)(partial(handle_apart_submission, desk=desk))
    app.view(ids.HOLD_DELIVERIES_FORM)(partial(handle_hold_submission, desk=desk))


async def handle_file_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Open the file."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.finance_files.view,
        reader.actor,
        click.number("client_id"),
        today=reader.today,
    )
    await show_window(client, click, file_views.finance_file_window(view, reader.voice))
    await ack()


async def handle_apart_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Set a part of an invoice apart."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.item_states.set_apart,
        reader.actor,
        int(form.text(ids.ITEM)),
        kind=StateKind(form.text(ids.STATE_KIND)),
        amount=form.text(ids.AMOUNT),
        due_on=form.day(ids.DUE_ON),
        note=form.text(ids.NOTE_TEXT),
        key=form.key,
        today=reader.today,
    )
    desk.wake()
    await ack(response_action="clear")


async def handle_put_back_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Put a part back into its invoice; the file is drawn again."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.item_states.put_back,
        reader.actor,
        click.number("state_id"),
        key=click.key,
        today=reader.today,
    )
    desk.wake()
    await _again(client, click, reader, desk)
    await ack()


async def handle_hold_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Advise to hold deliveries."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.deliveries.hold,
        reader.actor,
        form.number("client_id"),
        reason=form.text(ids.REASON),
        key=form.key,
    )
    desk.wake()
    await ack(response_action="clear")


async def handle_free_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Free deliveries; the file is drawn again."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.deliveries.lift, reader.actor, click.number("client_id"), key=click.key
    )
    desk.wake()
    await _again(client, click, reader, desk)
    await ack()


async def handle_pause_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Pause a client's reminders."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    until_on = form.day(ids.UNTIL_ON)
    if until_on is None:
        raise InvalidInput("Enter a date from today on.", field=ids.UNTIL_ON)
    await desk.work(
        desk.services.dunning.holds.put,
        reader.actor,
        form.number("client_id"),
        until_on,
        form.text(ids.REASON),
        form.key,
    )
    await ack(response_action="clear")


async def handle_resume_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """End a pause of the reminders; the file is drawn again."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.dunning.holds.lift,
        reader.actor,
        click.number("client_id"),
        click.number("hold_id"),
    )
    await _again(client, click, reader, desk)
    await ack()


async def _again(client: AsyncWebClient, click: Click, reader: Reader, desk: Desk) -> None:
    """Draw the file anew in the window the click came from."""
    view = await desk.work(
        desk.services.finance_files.view,
        reader.actor,
        click.number("client_id"),
        today=reader.today,
    )
    window = file_views.finance_file_window(view, reader.voice)
    await client.views_update(view_id=click.view_id, view=window)
