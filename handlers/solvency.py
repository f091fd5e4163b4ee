"""`/solvency` before an offer: from what is known at once, else in a window that fills in."""

from dataclasses import dataclass
from functools import partial
from typing import Any, assert_never

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import GoodcopError
from bot.rendering import ids, messages
from bot.rendering.messages import Message, without_tables
from bot.rendering.refusals import refusal
from bot.rendering.solvency_views import CompanyChoicesView, SolvencyView
from bot.rendering.views import Voice
from bot.services.solvency.service import Answer, Asked
from bot.services.solvency.targets import ByName
from handlers.desk import Desk, Reader
from handlers.payloads import Body, Click, parse_click, parse_command
from handlers.replies import notice, tell_person

log = structlog.get_logger()
COMMANDS = ("/solvency", "/solvabilite")


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the question; it stands right after the balance."""
    for command in COMMANDS:
        app.command(command)(partial(handle_solvency_command, desk=desk))
    app.action(ids.SOLVENCY)(partial(handle_company_click, desk=desk))


async def handle_solvency_command(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Answer in the acknowledgement when everything is known, else open a window that waits."""
    command = parse_command(body)
    reader, found = await desk.ask(command.who, lambda one: (one, _answer(desk, one, command.text)))
    if not isinstance(found, Asked):
        said = draw(found, reader.voice)
        await ack(text=said.text, blocks=said.blocks, response_type="ephemeral")
        return
    await _open_window(client, command.trigger_id, desk, reader, found)
    await ack()


async def handle_company_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Show the company of a choice."""
    click = parse_click(body)
    reader, found = await desk.ask(click.who, lambda one: (one, _clicked(desk, one, click)))
    if isinstance(found, Asked):
        inside = click.view.get("type") == "modal"
        await _open_window(client, click.trigger_id, desk, reader, found, inside=inside)
        await ack()
        return
    said = draw(found, reader.voice)
    shown = without_tables(said) if click.view else said
    await tell_person(body, ack, respond, client, shown, reader.voice)


def draw(found: Answer, voice: Voice) -> Message:
    """Draw whatever the question was answered."""
    match found:
        case SolvencyView():
            return messages.solvency(found, voice)
        case CompanyChoicesView():
            return messages.company_choices(found, voice)
    assert_never(found)


def _answer(desk: Desk, reader: Reader, text: str) -> Answer | Asked:
    return desk.services.solvency.answer(reader.actor, text, today=reader.today)


def _clicked(desk: Desk, reader: Reader, click: Click) -> Answer | Asked:
    return desk.services.solvency.answer_click(
        reader.actor,
        siren=str(click.ids.get("siren") or ""),
        client_id=click.find_number("client_id"),
        order_minor=click.find_number("order"),
        today=reader.today,
    )


@dataclass(frozen=True, slots=True)
class _Window:
    """A window of a person's that waits for an answer."""

    client: AsyncWebClient
    view_id: str
    voice: Voice

    async def show(self, said: Message) -> None:
        """Put a message into the window; one that was closed meanwhile is left alone."""
        view = notice(without_tables(said), self.voice)
        try:
            await self.client.views_update(view_id=self.view_id, view=view)
        except SlackApiError as refused:
            log.info("window_gone", code=refused.response.get("error"))


async def _open_window(
    client: AsyncWebClient,
    trigger_id: str,
    desk: Desk,
    reader: Reader,
    asked: Asked,
    *,
    inside: bool = False,
) -> None:
    """Open a window that says who is asked, and fill it as the answers come."""
    looking = messages.solvency_looking(_name(asked), reader.voice)
    opening = client.views_push if inside else client.views_open
    opened: Any = await opening(trigger_id=trigger_id, view=notice(looking, reader.voice))
    window = _Window(client, opened["view"]["id"], reader.voice)
    desk.later(_fill(window, desk, reader, asked))


async def _fill(window: _Window, desk: Desk, reader: Reader, asked: Asked) -> None:
    """Show what is known in time, then the whole answer once every source has spoken."""
    try:
        answered = await desk.services.solvency.ask(reader.actor, asked)
        await window.show(draw(answered.view, reader.voice))
        if answered.completed is not None:
            await window.show(draw(await answered.completed, reader.voice))
    except GoodcopError as problem:
        await window.show(refusal(problem, reader.voice))


def _name(asked: Asked) -> str:
    meant = asked.meant
    return meant.shown if isinstance(meant, ByName) else meant.name or meant.siren
