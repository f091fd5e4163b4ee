"""A private answer to a person, by the way their request leaves open."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids
from bot.rendering.fields import modal
from bot.rendering.messages import Message
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from handlers.openings import show_window
from handlers.payloads import Body, parse_click

NOTICE = "notice"


async def tell_person(
    body: Body,
    ack: AsyncAck,
    respond: AsyncRespond,
    client: AsyncWebClient,
    said: Message,
    voice: Voice,
) -> BoltResponse:
    """Say something to who asked, and acknowledge: a command's answer, a note, or a window."""
    if "command" in body:
        return await ack(text=said.text, blocks=said.blocks, response_type="ephemeral")
    if body.get("type") == "view_submission":
        return await ack(response_action="update", view=notice(said, voice))
    if body.get("response_url"):
        await show_privately(respond, said)
    elif body.get("type") == "block_actions":
        await show_window(client, parse_click(body), notice(said, voice))
    return await ack()


async def show_privately(respond: AsyncRespond, said: Message) -> None:
    """Show a message to the person alone, beside the one they clicked in."""
    await respond(
        text=said.text, blocks=said.blocks, response_type="ephemeral", replace_original=False
    )


def notice(said: Message, voice: Voice) -> dict[str, Any]:
    """Return a window that only says something."""
    close = speech(voice).words("Close")
    return modal("goodcop", None, close, NOTICE, ids.value(), said.blocks)
