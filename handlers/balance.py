"""`/balance` during a call: a client's account, privately; choices, never a guess."""

from functools import partial
from typing import assert_never

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.domain.errors import NotAllowed
from bot.rendering import forms, ids, messages
from bot.rendering.card_views import BalanceView, ChoicesView, HistoryView, RefusedView
from bot.rendering.messages import Message
from bot.rendering.views import Voice
from handlers.desk import Desk, Reader
from handlers.openings import Opening, handle_opening_click, show_window
from handlers.payloads import Body, Click, parse_click, parse_command, parse_submission
from handlers.replies import tell_person

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
    command, lookups = parse_command(body), desk.services.lookups

    def at_hand(reader: Reader) -> Message | None:
        found = lookups.balance_at_hand(reader.actor, command.text, today=reader.today)
        return draw(found, reader.voice) if found else None

    def searched(reader: Reader) -> Message:
        found = lookups.balance(reader.actor, command.text, today=reader.today)
        return draw(found, reader.voice)

    answer = desk.glance(command.who, at_hand) if lookups.is_local else None
    if answer is None:
        answer = await desk.ask(command.who, searched)
    await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")


async def handle_client_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Show one client to who clicked."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    found = await desk.work(
        desk.services.lookups.balance_of,
        reader.actor,
        click.number("client_id"),
        today=reader.today,
    )
    await tell_person(body, ack, respond, client, draw(found, reader.voice), reader.voice)


async def handle_history_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Open what happened with a client, newest first; older lines replace the newer."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = messages.history_modal(await desk.work(_history, desk, reader, click), reader.voice)
    if click.action_id == ids.HISTORY_OLDER:
        await client.views_update(view_id=click.view_id, view=view)
    else:
        await show_window(client, click, view)
    await ack()


def _history(desk: Desk, reader: Reader, click: Click) -> HistoryView:
    found = desk.services.lookups.history(
        reader.actor,
        click.number("client_id"),
        before=click.find_number("before"),
        today=reader.today,
    )
    if isinstance(found, RefusedView):
        raise NotAllowed("not_allowed")
    return found


async def handle_share_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Ask before figures leave the private answer."""
    channel = parse_click(body).who.channel_id
    sharing = Opening(Action.SEE, lambda about, voice: forms.share_form(about, channel, voice))
    await handle_opening_click(ack, body, client, desk, sharing)


async def handle_share_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Queue the figures for the channel; delivery checks the channel itself."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.sharing.share,
        reader.actor,
        form.number("client_id"),
        channel=str(form.ids["channel"]),
        key=form.key,
    )
    desk.wake()
    await ack()


def draw(found: BalanceView | ChoicesView | RefusedView, voice: Voice) -> Message:
    """Draw whatever a lookup answered."""
    match found:
        case BalanceView():
            return messages.balance(found, voice)
        case ChoicesView():
            return messages.balance_choices(found, voice)
        case RefusedView():
            return messages.balance_refused(found, voice)
    assert_never(found)
