"""`/goodcop`: the help, the settings, how fresh the books are, one's own day."""

import unicodedata
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import NotAllowed
from bot.domain.lifecycle import Role
from bot.domain.solvency.reviews import may_prioritise
from bot.rendering import messages
from bot.rendering.messages import Message
from handlers.desk import Desk, Reader
from handlers.home import open_settings
from handlers.payloads import Body, parse_command

SETTINGS_WORDS = frozenset({"reglages", "reglage", "parametres", "settings"})
IMPORT_WORDS = frozenset({"import", "imports"})
TODAY_WORDS = frozenset({"aujourdhui", "today"})


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.command("/goodcop")(partial(handle_goodcop_command, desk=desk))


async def handle_goodcop_command(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Answer the word typed; any other word is answered with the help."""
    command = parse_command(body)
    reader = await desk.reader(command.who)
    word = plain(command.text)
    if word in SETTINGS_WORDS:
        await open_settings(client, command.trigger_id, reader, desk)
        await ack()
        return
    answer = await _answer(word, reader, desk)
    await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")


async def _answer(word: str, reader: Reader, desk: Desk) -> Message:
    home = desk.services.home
    if word in IMPORT_WORDS | TODAY_WORDS and not reader.actor.roles:
        raise NotAllowed("not_allowed")
    if word in IMPORT_WORDS:
        books = await desk.work(home.imports, reader.actor)
        return messages.import_status(books, reader.voice)
    if word in TODAY_WORDS:
        day = await desk.work(home.today, reader.actor, reader.today)
        return messages.digest(day, reader.voice)
    return messages.help_message(
        reader.voice,
        is_admin=Role.ADMIN in reader.actor.roles,
        is_finance=reader.actor.is_finance,
        orders_prospects=may_prioritise(reader.actor),
    )


def plain(text: str) -> str:
    """Return a typed word without case, accents or apostrophes."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if letter.isalnum())
