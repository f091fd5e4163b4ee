"""Texts to clients: read, tried on a client, changed, set back to the house's own."""

from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids, text_ids
from bot.rendering.client_writing import ClientText
from bot.rendering.text_windows import text_fields, text_list, text_restored, tried
from handlers.desk import Desk, Reader
from handlers.openings import show_window
from handlers.payloads import Body, Submission, parse_click, parse_submission, parse_view


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(text_ids.CLIENT_TEXTS)(partial(handle_list_click, desk=desk))
    app.action(text_ids.CLIENT_TEXT)(partial(handle_text_click, desk=desk))
    app.action(text_ids.TRY_TEXT)(partial(handle_try_click, desk=desk))
    app.action(text_ids.HOUSE_TEXT)(partial(handle_house_click, desk=desk))
    app.view(text_ids.CLIENT_TEXT_FORM)(partial(handle_text_submission, desk=desk))


async def handle_list_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Open the list of texts."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(desk.services.client_texts.windows, reader.actor)
    await show_window(client, click, text_list(view, reader.voice))
    await ack()


async def handle_text_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Open one text on top of the list."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    key, language = str(click.ids["key"]), str(click.ids["language"])
    view = await desk.work(desk.services.client_texts.window, reader.actor, key, language)
    await show_window(client, click, text_fields(view, reader.voice))
    await ack()


async def handle_try_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Show how the client chosen would read what is typed; nothing is kept."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    form, texts = parse_view(click.view), desk.services.client_texts
    view = await desk.work(texts.window, reader.actor, *_which(form))
    view = replace(view, version=form.number("version"))
    chosen, written = form.text(ids.CLIENT), None
    if chosen:
        preview = partial(texts.preview, today=reader.today)
        written = await desk.work(preview, reader.actor, int(chosen), _typed(form), view.language)
    drawn = text_fields(tried(view, written), reader.voice)
    await client.views_update(view_id=click.view_id, hash=click.view_hash, view=drawn)
    await ack()


async def handle_house_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Put the house's own text into force again, and draw the list below anew."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    which, version = _which(parse_view(click.view)), click.number("version")
    await desk.work(desk.services.client_texts.reset, reader.actor, *which, version)
    view = await desk.work(desk.services.client_texts.window, reader.actor, *which)
    drawn = text_restored(view, reader.voice)
    await client.views_update(view_id=click.view_id, hash=click.view_hash, view=drawn)
    await _redraw_list(body, client, reader, desk)
    await ack()


async def handle_text_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Put a changed text into force, and draw the list below anew."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    texts, version = desk.services.client_texts, form.number("version")
    await desk.work(texts.set, reader.actor, *_which(form), _typed(form), version)
    await ack()
    await _redraw_list(body, client, reader, desk)


def _which(form: Submission) -> tuple[str, str]:
    return str(form.ids["key"]), str(form.ids["language"])


def _typed(form: Submission) -> ClientText:
    body = form.text(text_ids.BODY).strip("\n")
    return ClientText(form.text(ids.SUBJECT).strip(), f"{body}\n" if body.strip() else "")


async def _redraw_list(body: Body, client: AsyncWebClient, reader: Reader, desk: Desk) -> None:
    below = body["view"].get("previous_view_id")
    if below:
        view = await desk.work(desk.services.client_texts.windows, reader.actor)
        await client.views_update(view_id=below, view=text_list(view, reader.voice))
