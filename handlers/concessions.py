"""More time and gestures for a client: given in a form, asked of finance, answered there."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.domain.extensions import ExtensionForm
from bot.domain.gestures import GestureForm
from bot.rendering import concessions, ids
from bot.rendering.concession_views import BeyondView
from bot.rendering.form_views import ClientFormView
from handlers.desk import Desk, Reader
from handlers.home_page import redraw_home
from handlers.openings import Opening, Openings, handle_opening_click, show_window
from handlers.payloads import Body, Submission, parse_click, parse_submission

OPENINGS: Openings = {
    ids.GIVE_TIME: Opening(Action.NOTE, concessions.extension_form),
    ids.ASK_GESTURE: Opening(Action.NOTE, concessions.gesture_form),
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    app.action(ids.GRANT_CONCESSION)(partial(handle_grant_click, desk=desk))
    app.action(ids.REFUSE_CONCESSION)(partial(handle_refuse_click, desk=desk))
    app.view(ids.GIVE_TIME_FORM)(partial(handle_extension_submission, desk=desk))
    app.view(ids.GESTURE_FORM)(partial(handle_gesture_submission, desk=desk))
    app.view(ids.REFUSE_CONCESSION_FORM)(partial(handle_refuse_submission, desk=desk))


async def handle_extension_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Give more time, or say in the form what goes beyond the mandate."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    about = await _about(desk, reader, form)
    asked = _extension(form, about.currency)
    done = await desk.work(desk.services.concessions.extend, reader.actor, asked)
    if done.state is None and asked.until is not None:
        view = BeyondView(
            about, done.beyond, asked.until, asked.reason, asked.item_ids, reader.actor.is_finance
        )
        await ack(response_action="update", view=concessions.beyond_form(view, reader.voice))
        return
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await ack()


async def handle_gesture_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Ask finance for a gesture."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    about = await _about(desk, reader, form)
    asked = GestureForm(
        form.key,
        about.client_id,
        form.text(ids.GESTURE),
        about.currency,
        form.text(ids.REASON),
        form.several(ids.ITEMS),
    )
    await desk.work(desk.services.concessions.ask_gesture, reader.actor, asked)
    desk.wake()
    await ack()


async def handle_grant_click(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take finance's yes."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(desk.services.concessions.grant, reader.actor, click.number("concession_id"))
    desk.wake()
    await ack()


async def handle_refuse_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Ask finance why it refuses."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.concessions.view,
        reader.actor,
        click.number("concession_id"),
        today=reader.today,
    )
    await show_window(client, click, concessions.refuse_concession_form(view, reader.voice))
    await ack()


async def handle_refuse_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take finance's no, and why."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.concessions.refuse,
        reader.actor,
        form.number("concession_id"),
        form.text(ids.REASON),
    )
    desk.wake()
    await ack()


def _extension(form: Submission, currency: str) -> ExtensionForm:
    return ExtensionForm(
        key=form.key,
        client_id=form.number("client_id"),
        until=form.day(ids.UNTIL),
        currency=currency,
        reason=form.text(ids.REASON),
        item_ids=form.several(ids.ITEMS),
        insists=form.ids.get("do") == ids.INSIST,
    )


async def _about(desk: Desk, reader: Reader, form: Submission) -> ClientFormView:
    return await desk.work(
        desk.services.forms.client_form,
        reader.actor,
        form.number("client_id"),
        today=reader.today,
        alert_id=form.find_number("alert_id"),
    )
