"""An alert's own answers: on it, later, not mine, more time; and who looks after a client."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.domain.errors import InvalidInput
from bot.rendering import forms, ids
from handlers.balance import handle_client_click, handle_history_click, handle_share_click
from handlers.concessions import OPENINGS as CONCESSION_OPENINGS
from handlers.desk import Desk
from handlers.finance_file import handle_file_click
from handlers.follow_ups import OPENINGS as FOLLOW_UP_OPENINGS
from handlers.handovers import OPENINGS as HANDOVER_OPENINGS
from handlers.handovers import handle_take_back_click
from handlers.home_page import redraw_home
from handlers.muting import OPENINGS as MUTING_OPENINGS
from handlers.muting import handle_unmute_click
from handlers.openings import Opening, Openings, handle_opening_click, show_window
from handlers.payloads import Body, Submission, parse_click, parse_submission

OPENINGS: Openings = {
    ids.SNOOZE: Opening(Action.SNOOZE, forms.snooze_form),
    ids.EXTEND: Opening(Action.EXTEND_WINDOW, forms.extend_form),
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.MORE)(partial(handle_more_click, desk=desk))
    app.action(ids.ACKNOWLEDGE)(partial(handle_acknowledge_click, desk=desk))
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    for action_id in (ids.NOT_MINE, ids.ASSIGN, ids.UNOWNED):
        app.action(action_id)(partial(handle_assign_click, desk=desk))
    app.action(ids.ASSIGN_TO)(partial(handle_assign_choice, desk=desk))
    app.view(ids.SNOOZE_FORM)(partial(handle_snooze_submission, desk=desk))
    app.view(ids.EXTEND_FORM)(partial(handle_extend_submission, desk=desk))
    app.view(ids.ASSIGN_FORM)(partial(handle_assign_submission, desk=desk))


async def handle_more_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Do what an option of the menu names, as the button of that name would."""
    do = str(parse_click(body).ids.get("do", ""))
    if do == ids.BALANCE:
        await handle_client_click(ack, body, respond, client, desk)
    elif do == ids.ACKNOWLEDGE:
        await handle_acknowledge_click(ack, body, desk)
    elif do == ids.TAKE_BACK:
        await handle_take_back_click(ack, body, desk)
    elif do == ids.UNMUTE:
        await handle_unmute_click(ack, body, respond, client, desk)
    elif do == ids.FINANCE_FILE:
        await handle_file_click(ack, body, client, desk)
    else:
        await _WINDOWS[do](ack, body, client, desk)


async def handle_acknowledge_click(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take an alert up."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.alert_actions.acknowledge,
        reader.actor,
        click.number("alert_id"),
        key=click.key,
        today=reader.today,
    )
    desk.wake()
    await ack()


async def handle_snooze_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Pause an alert."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.alert_actions.snooze,
        reader.actor,
        form.number("alert_id"),
        until=_until(form),
        reason=form.text(ids.REASON),
        key=form.key,
        today=reader.today,
    )
    desk.wake()
    await ack()


def _until(form: Submission) -> date:
    until = form.day(ids.UNTIL)
    if until is None:
        raise InvalidInput("Enter a date from today on.", field=ids.UNTIL)
    return until


async def handle_extend_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Give an owner more time."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.alert_actions.extend_window,
        reader.actor,
        form.number("alert_id"),
        reason=form.text(ids.REASON),
        key=form.key,
        today=reader.today,
    )
    desk.wake()
    await ack()


async def handle_assign_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Ask who looks after a client, or after those nobody does."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.forms.assign_form,
        reader.actor,
        click.find_number("client_id"),
        today=reader.today,
        alert_id=click.find_number("alert_id"),
    )
    await show_window(client, click, forms.assign_form(view, reader.voice))
    await ack()


async def handle_assign_choice(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Give a client to the person chosen beside its name."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.alert_actions.reassign,
        reader.actor,
        click.number("client_id"),
        click.number("person_id"),
        key=click.key,
        today=reader.today,
    )
    desk.wake()
    await ack()


async def handle_assign_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Give the ticked clients to a person; each is safe twice."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    for client_id in form.several(ids.CLIENTS):
        await desk.work(
            desk.services.alert_actions.reassign,
            reader.actor,
            client_id,
            int(form.text(ids.PERSON)),
            key=f"{form.key}:{client_id}",
            today=reader.today,
        )
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await ack()


_WINDOWS: dict[str, Callable[[AsyncAck, Body, AsyncWebClient, Desk], Awaitable[None]]] = {
    ids.HISTORY: handle_history_click,
    ids.SHARE: handle_share_click,
    ids.NOT_MINE: handle_assign_click,
    **{
        action_id: partial(handle_opening_click, opening=opening)
        for action_id, opening in {
            **OPENINGS,
            **FOLLOW_UP_OPENINGS,
            **HANDOVER_OPENINGS,
            **MUTING_OPENINGS,
            **CONCESSION_OPENINGS,
        }.items()
    },
}
