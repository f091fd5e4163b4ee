"""One's own page, and what finance and administrators decide: settings, activation, imports."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action, allow
from bot.rendering import ids, messages, refusals
from bot.rendering.settings_form import settings_form
from handlers.desk import Desk, Reader
from handlers.home_page import draw_home
from handlers.payloads import (
    Body,
    Submission,
    parse_click,
    parse_home_opened,
    parse_submission,
    who_of,
)
from handlers.replies import tell_person

_SETTINGS = (
    ids.FINANCE_CHANNEL,
    ids.FINANCE_NAME,
    ids.CURRENCY,
    ids.LOCALE,
    ids.TIME_ZONE,
    ids.DIGEST_AT,
    ids.FORMAL,
)


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.event("app_home_opened")(partial(handle_home_event, desk=desk))
    for gone in ("tokens_revoked", "app_uninstalled"):
        app.event(gone)(partial(handle_uninstalled_event, desk=desk))
    app.action(ids.SETTINGS)(partial(handle_settings_click, desk=desk))
    app.view(ids.SETTINGS_FORM)(partial(handle_settings_submission, desk=desk))
    for action_id in (ids.ACTIVATE, ids.ACTIVATE_PERSON):
        app.action(action_id)(partial(handle_activate_click, desk=desk))
    app.action(ids.PREVIEW)(partial(handle_preview_click, desk=desk))
    app.action(ids.UNDO_IMPORT)(partial(handle_undo_import_click, desk=desk))


async def handle_home_event(body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Draw the page of who opened it."""
    who, at_home = parse_home_opened(body)
    if not at_home:
        return
    reader = await desk.reader(who)
    await draw_home(who.user_id, client, reader, desk)


async def handle_uninstalled_event(body: Body, desk: Desk) -> None:
    """Forget the tokens of a team that took goodcop away."""
    await desk.work(desk.services.installations.forget, who_of(body).team_id)


async def handle_settings_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Open the settings."""
    click = parse_click(body)
    await open_settings(client, click.trigger_id, await desk.reader(click.who), desk)
    await ack()


async def open_settings(
    client: AsyncWebClient, trigger_id: str, reader: Reader, desk: Desk
) -> None:
    """Open the settings for who may change them."""
    held = await desk.work(desk.services.forms.settings_form, reader.actor)
    await client.views_open(trigger_id=trigger_id, view=settings_form(held, reader.voice))


async def redraw_settings(client: AsyncWebClient, view_id: str, reader: Reader, desk: Desk) -> None:
    """Show the settings as they are now; Slack keeps what was typed."""
    held = await desk.work(desk.services.forms.settings_form, reader.actor)
    await client.views_update(view_id=view_id, view=settings_form(held, reader.voice))


async def handle_settings_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Change the settings, all or none."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    allow(reader.actor, Action.SET)
    await desk.work(
        desk.services.workspaces.set,
        reader.actor.workspace_id,
        _pairs(form),
        by=reader.actor.slack_user_id,
    )
    await ack()


async def handle_activate_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Ask for alerts to be turned on, for everyone or one person; a job does it."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.activations.ask,
        reader.actor,
        today=reader.today,
        person_id=click.find_number("person_id"),
    )
    desk.wake()
    await tell_person(body, ack, respond, client, refusals.activating(reader.voice), reader.voice)


async def handle_preview_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Show what goodcop would say to whom, before it says anything."""
    reader = await desk.reader(parse_click(body).who)
    view = await desk.work(desk.services.previews.view, reader.actor)
    voice = reader.voice
    drawn = messages.preview(view, voice) if view else messages.import_status((), voice)
    await tell_person(body, ack, respond, client, messages.without_tables(drawn), voice)


async def handle_undo_import_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Take the button's import back, while it is the last one."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    allow(reader.actor, Action.IMPORT)
    await desk.work(
        desk.services.imports.undo_last,
        reader.actor.workspace_id,
        by=reader.actor.slack_user_id,
        now=desk.clock(),
        run_id=click.find_number("run_id"),
    )
    await tell_person(body, ack, respond, client, refusals.saved(reader.voice), reader.voice)


def _pairs(form: Submission) -> list[str]:
    """Return the settings typed, KEY=VALUE."""
    shared = "yes" if form.values.get(ids.SALES_SEE_TOTALS) else "no"
    typed = [f"{key}={form.text(key)}" for key in _SETTINGS]
    return [*typed, f"{ids.SALES_SEE_TOTALS}={shared}"]
