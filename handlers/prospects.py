"""The prospects of Home: the card of one, how soon it should be met, and lists to be rated."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.rendering import ids, sent_list_views
from handlers.desk import Desk
from handlers.home_page import redraw_home
from handlers.openings import show_window
from handlers.payloads import Body, parse_click, parse_submission
from handlers.replies import notice
from handlers.solvency import handle_company_click


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(ids.PROSPECT)(partial(handle_prospect_menu, desk=desk))
    app.action(ids.PROSPECT_LIST)(partial(handle_list_click, desk=desk))
    app.view(ids.PROSPECT_LIST_FORM)(partial(handle_list_submission, desk=desk))


async def handle_prospect_menu(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Show the company, or keep its priority and draw the page again in the new order."""
    click = parse_click(body)
    priority = click.find_number("priority")
    if priority is None:
        await handle_company_click(ack, body, respond, client, desk)
        return
    reader = await desk.reader(click.who)
    siren = str(click.ids["siren"])
    await desk.work(desk.services.prospects.prioritise, reader.actor, siren, priority)
    await redraw_home(body, client, reader, desk)
    await ack()


async def handle_list_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Ask for a list; where the app may not read files, say how that is mended."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    try:
        await show_window(client, click, sent_list_views.sent_list_form(reader.voice))
    except SlackApiError as refused:
        if refused.response.get("error") != "missing_scope":
            raise
        said = sent_list_views.files_not_read(reader.voice)
        await show_window(client, click, notice(said, reader.voice))
    await ack()


async def handle_list_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take a list; what comes of it is told in the person's own conversation."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    file_id, name = form.file(ids.PROSPECT_FILE)
    await desk.work(
        desk.services.sent_lists.take,
        reader.actor,
        file_id=file_id,
        file_name=name,
        key=form.key,
    )
    desk.wake()
    await ack()
