"""Letters and files about a client, made for finance: formal notice, statement, lawyer's file."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.rendering import ids, paper_views, refusals
from handlers.desk import Desk
from handlers.openings import Opening, Openings, handle_opening_click, show_window
from handlers.payloads import Body, parse_click, parse_submission
from handlers.replies import tell_person

OPENINGS: Openings = {ids.NOTICE: Opening(Action.NOTICE, paper_views.notice_form)}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    app.action(ids.STATEMENT)(partial(handle_statement_click, desk=desk))
    app.action(ids.CASE_FILE)(partial(handle_case_file_click, desk=desk))
    app.action(ids.POST)(partial(handle_post_click, desk=desk))
    app.view(ids.NOTICE_FORM)(partial(handle_notice_submission, desk=desk))
    app.view(ids.POST_FORM)(partial(handle_post_submission, desk=desk))


async def handle_notice_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Make a formal notice; its file comes into the finance channel."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.letters.make_notice,
        reader.actor,
        form.number("client_id"),
        deadline=form.day(ids.DEADLINE),
        with_interest=form.text(ids.WITH_INTEREST) == paper_views.YES,
        key=form.key,
        today=reader.today,
    )
    desk.wake()
    await ack(response_action="clear")


async def handle_statement_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Make a statement of account."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.letters.make_statement,
        reader.actor,
        click.number("client_id"),
        key=click.key,
        today=reader.today,
    )
    desk.wake()
    await tell_person(body, ack, respond, client, refusals.on_its_way(reader.voice), reader.voice)


async def handle_case_file_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Have the file for the lawyer made; how far it is is said in the finance channel."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.case_files.ask, reader.actor, click.number("client_id"), key=click.key
    )
    desk.wake()
    await tell_person(body, ack, respond, client, refusals.on_its_way(reader.voice), reader.voice)


async def handle_post_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Ask when a letter was posted and received."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.finance_files.paper, reader.actor, click.number("paper_id")
    )
    await show_window(client, click, paper_views.post_form(view, reader.voice))
    await ack()


async def handle_post_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take down when a letter was posted, and when it was received or came back."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.letters.record_post,
        reader.actor,
        form.number("paper_id"),
        posted_on=form.day(ids.POSTED_ON),
        tracking=form.text(ids.TRACKING),
        received_on=form.day(ids.RECEIVED_ON),
        came_back=form.text(ids.CAME_BACK) == paper_views.YES,
        key=form.key,
    )
    await ack(response_action="clear")
