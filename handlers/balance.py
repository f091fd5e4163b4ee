"""`/balance` during a call: a client's account, privately; choices, never a guess."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import answers, cards, forms, ids
from bot.rendering.card_views import BalanceView, ChoicesView, HistoryView, RefusedView
from bot.rendering.message import Message
from bot.rendering.views import Voice
from handlers.desk import Desk
from handlers.payloads import Body, parse_click, parse_command, parse_submission

COMMANDS = ("/balance", "/solde")


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation; these listeners come first, since each one in front costs."""
    for command in COMMANDS:
        app.command(command)(partial(handle_balance_command, desk=desk))
    app.action(ids.CHOOSE_CLIENT)(partial(handle_client_click, desk=desk))
    app.action(ids.BALANCE)(partial(handle_client_click, desk=desk))
    app.action(ids.HISTORY)(partial(handle_history_click, desk=desk))
    app.action(ids.HISTORY_OLDER)(partial(handle_history_click, desk=desk))
    app.action(ids.SHARE)(partial(handle_share_click, desk=desk))
    app.view(ids.SHARE_FORM)(partial(handle_share_submission, desk=desk))


async def handle_balance_command(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Answer in the acknowledgement itself."""
    command = parse_command(body)
    reader = await desk.reader(command.who)
    if not command.text:
        answer = answers.balance_help(reader.voice)
    else:
        found = await desk.work(
            desk.services.lookups.balance, reader.actor, command.text, today=reader.today
        )
        answer = draw(found, reader.voice)
    await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")


async def handle_client_click(ack: AsyncAck, body: Body, respond: AsyncRespond, desk: Desk) -> None:
    """Show one client, in place of the choices or as a private answer."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    found = await desk.work(
        desk.services.lookups.balance_of,
        reader.actor,
        int(click.ids["client_id"]),
        today=reader.today,
    )
    await ack()
    await _show(respond, draw(found, reader.voice))


async def handle_history_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Open what happened with a client, newest first, in a modal."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    history = await desk.work(
        desk.services.lookups.history,
        reader.actor,
        int(click.ids["client_id"]),
        before=click.ids.get("before"),
        today=reader.today,
    )
    view = forms.history(history, reader.voice)
    await ack()
    if click.view_id:
        await client.views_update(view_id=click.view_id, view=view)
    else:
        await client.views_open(trigger_id=click.trigger_id, view=view)


async def handle_share_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Ask before figures leave the private answer."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    about = await desk.work(
        desk.services.forms.client_form,
        reader.actor,
        int(click.ids["client_id"]),
        today=reader.today,
    )
    await ack()
    await client.views_open(
        trigger_id=click.trigger_id, view=forms.share(about, click.who.channel_id, reader.voice)
    )


async def handle_share_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Queue the figures for the channel; delivery checks the channel itself."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.lookups.share,
        reader.actor,
        int(form.ids["client_id"]),
        channel=str(form.ids["channel"]),
        key=form.key,
    )
    await ack()
    desk.wake()


def draw(found: BalanceView | ChoicesView | RefusedView | Any, voice: Voice) -> Message:
    """Draw whatever a lookup answered."""
    match found:
        case BalanceView():
            return cards.balance(found, voice)
        case ChoicesView():
            return cards.choices(found, voice)
        case RefusedView():
            return cards.refused(found, voice)
        case HistoryView():
            return cards.history(found, voice)
    raise TypeError(f"nothing draws {type(found).__name__}")


async def _show(respond: AsyncRespond, message: Message) -> None:
    await respond(
        text=message.text,
        blocks=message.blocks,
        response_type="ephemeral",
        replace_original=False,
    )
