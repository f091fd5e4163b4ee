"""What a client said: notes, promises, disputes, tasks done, a message kept as a note."""

from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.actors import Action
from bot.domain.lifecycle import DisputeOutcome, Outcome
from bot.rendering import forms, ids, modals
from bot.rendering.form_views import ClientFormView, NoteFormView
from bot.rendering.parts import Block
from bot.rendering.views import Voice
from handlers.desk import Desk, Reader
from handlers.home_page import redraw_home
from handlers.note_fields import follow_up_form, note_fields, proposed_plan
from handlers.openings import Opening, Openings, handle_opening_click
from handlers.payloads import (
    Body,
    Click,
    Submission,
    is_from_home,
    marked_from_home,
    parse_click,
    parse_message_shortcut,
    parse_search,
    parse_submission,
)


def _note(about: ClientFormView, voice: Voice) -> Block:
    return modals.note_form(NoteFormView(about), voice)


OPENINGS: Openings = {
    ids.NOTE: Opening(Action.NOTE, _note),
    ids.PROMISE: Opening(Action.NOTE, forms.promise_form),
    ids.DISPUTE: Opening(Action.NOTE, forms.dispute_form),
    ids.CLOSE_DISPUTE: Opening(Action.NOTE, forms.close_dispute_form),
}
_SUBMITTED = {
    ids.NOTE_FORM: None,
    ids.PROMISE_FORM: Outcome.PROMISES,
    ids.DISPUTE_FORM: Outcome.DISPUTES,
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    for action_id, opening in OPENINGS.items():
        app.action(action_id)(partial(handle_opening_click, desk=desk, opening=opening))
    for action_id in (ids.OUTCOME, ids.CONTACT, ids.TIMES):
        app.action(action_id)(partial(handle_note_change, desk=desk))
    for callback_id, outcome in _SUBMITTED.items():
        app.view(callback_id)(partial(handle_note_submission, desk=desk, outcome=outcome))
    app.view(ids.CLOSE_DISPUTE_FORM)(partial(handle_dispute_closing, desk=desk))
    app.action(ids.TASK_DONE)(partial(handle_task_done_click, desk=desk))
    app.shortcut({"type": "message_action", "callback_id": ids.LOG_AS_NOTE})(
        partial(handle_message_shortcut, desk=desk)
    )
    app.options(ids.CLIENT)(partial(handle_client_search, desk=desk))
    app.view(ids.PICK_CLIENT_FORM)(partial(handle_client_submission, desk=desk))


async def handle_note_change(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Ask only what the chosen outcome needs; Slack keeps what was typed."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    outcome, new_contact, carried = note_fields(click.view)
    about = await _about(desk, reader, carried)
    plan = proposed_plan(carried, about.currency, reader.today)
    if carried.callback_id == ids.PROMISE_FORM:
        view = forms.promise_form(about, reader.voice, plan)
    else:
        note = NoteFormView(about, outcome, new_contact, plan=plan)
        view = modals.note_form(note, reader.voice)
    await _redraw(client, click, view)
    await ack()


async def handle_note_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk, outcome: Outcome | None
) -> None:
    """Write a note; the form closes when it is kept."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    about = await _about(desk, reader, form)
    note = follow_up_form(form, about.currency, outcome)
    await desk.work(desk.services.follow_ups.record, reader.actor, note)
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await ack()


async def handle_dispute_closing(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Say who was right in a dispute."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    await desk.work(
        desk.services.follow_ups.resolve_dispute,
        reader.actor,
        int(form.text(ids.OPEN_DISPUTE)),
        outcome=DisputeOutcome(form.text(ids.WHO_IS_RIGHT)),
        amount_text=form.text(ids.AMOUNT),
    )
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await ack()


async def handle_task_done_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Mark a task done."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    await desk.work(desk.services.follow_ups.complete_task, reader.actor, click.number("task_id"))
    desk.wake()
    await redraw_home(body, client, reader, desk)
    await ack()


async def handle_message_shortcut(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Ask which client a Slack message is about."""
    who, text, trigger_id = parse_message_shortcut(body)
    reader = await desk.reader(who)
    picker = desk.services.forms.pick_client_form(reader.actor, text)
    view = forms.pick_client_form(picker, reader.voice)
    await client.views_open(trigger_id=trigger_id, view=view)
    await ack()


async def handle_client_search(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Offer the clients that what is typed so far may mean."""
    who, query = parse_search(body)
    reader = await desk.reader(who)
    found = await desk.work(desk.services.lookups.suggest, reader.actor, query, today=reader.today)
    await ack(options=forms.client_options(found))


async def handle_client_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Go on with the note, its text kept."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    about = await desk.work(
        desk.services.forms.client_form,
        reader.actor,
        int(form.text(ids.CLIENT)),
        today=reader.today,
    )
    note = NoteFormView(about, Outcome.OTHER, text=form.text(ids.TEXT))
    await ack(response_action="update", view=modals.note_form(note, reader.voice))


async def _about(desk: Desk, reader: Reader, opened: Click | Submission) -> ClientFormView:
    return await desk.work(
        desk.services.forms.client_form,
        reader.actor,
        opened.number("client_id"),
        today=reader.today,
        alert_id=opened.find_number("alert_id"),
        handover_id=opened.find_number("handover_id"),
    )


async def _redraw(client: AsyncWebClient, click: Click, view: Block) -> None:
    """Draw a form again, unless it was drawn again meanwhile."""
    view = marked_from_home(view) if is_from_home(click.view) else view
    try:
        await client.views_update(view_id=click.view_id, hash=click.view_hash, view=view)
    except SlackApiError as refused:
        if refused.response.get("error") != "hash_conflict":
            raise
