"""After a published event: go on selling, on conditions, or stop; and the claim sheet."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.solvency.requests import Course
from bot.rendering import company_event_messages as texts
from bot.rendering import ids, refusals
from handlers.desk import Desk
from handlers.openings import show_window
from handlers.payloads import Body, parse_click, parse_submission
from handlers.replies import tell_person

_COURSES = {
    ids.COURSE_CONTINUE: Course.CONTINUE,
    ids.COURSE_CONDITIONS: Course.CONDITIONS,
    ids.COURSE_STOP: Course.STOP,
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id in _COURSES:
        app.action(action_id)(partial(handle_course_click, desk=desk))
    app.action(ids.CLAIM_DECLARED)(partial(handle_claimed_click, desk=desk))
    app.action(ids.CLAIM_SHEET)(partial(handle_claim_click, desk=desk))
    app.action(ids.COVER_DECLARED)(partial(handle_declared_click, desk=desk))
    app.view(ids.COURSE_FORM)(partial(handle_course_submission, desk=desk))


async def handle_course_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Open the window of a decision."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.company_events.view,
        reader.actor,
        click.number("decision_id"),
        today=reader.today,
    )
    form = texts.course_form(view, _COURSES[click.action_id], reader.voice)
    await show_window(client, click, form)
    await ack()


async def handle_course_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Write the decision."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.company_events.decide,
        reader.actor,
        form.number("decision_id"),
        Course(form.text(ids.COURSE)),
        form.text(ids.CONDITIONS),
        today=reader.today,
    )
    desk.wake()
    await ack(response_action="clear")


async def handle_claim_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Show the claim sheet to whoever asks, privately."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    asked = click.number("decision_id")
    claim = await desk.work(desk.services.claims.claim_for, reader.actor, asked, today=reader.today)
    said = texts.claim_sheet(claim.name, claim.sheets, asked, reader.today, reader.voice)
    await tell_person(body, ack, respond, client, said, reader.voice)


async def handle_declared_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Take down that what a client did not pay was declared to its insurer."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.covers.declare,
        reader.actor,
        click.number("client_id"),
        today=reader.today,
    )
    await tell_person(body, ack, respond, client, refusals.saved(reader.voice), reader.voice)


async def handle_claimed_click(
    ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient, desk: Desk
) -> None:
    """Take down that the claim was declared."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(
        desk.services.claims.declared,
        reader.actor,
        click.number("decision_id"),
        today=reader.today,
    )
    await tell_person(body, ack, respond, client, refusals.saved(reader.voice), reader.voice)
