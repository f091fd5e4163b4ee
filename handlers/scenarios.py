"""Scenarios of finance: read, changed step by step, put into force."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import InvalidInput
from bot.domain.typed_amounts import read_amount
from bot.rendering import ids, scenario_ids
from bot.rendering.scenario_preview import try_window
from bot.rendering.scenario_step_form import StepEditView, step_fields
from bot.rendering.scenario_windows import ScenarioView, scenario_list, scenario_steps
from handlers.desk import Desk, Reader
from handlers.openings import show_window
from handlers.payloads import Body, Submission, parse_click, parse_submission


def register(app: AsyncApp, desk: Desk) -> None:
    """Bind the conversation."""
    app.action(scenario_ids.SCENARIOS)(partial(handle_list_click, desk=desk))
    app.action(scenario_ids.SCENARIO)(partial(handle_scenario_click, desk=desk))
    app.action(scenario_ids.SCENARIO_STEP)(partial(handle_step_click, desk=desk))
    app.action(scenario_ids.ACTIVATE_SCENARIO)(partial(handle_activate_click, desk=desk))
    app.view(scenario_ids.SCENARIO_STEP_FORM)(partial(handle_step_submission, desk=desk))
    app.action(scenario_ids.TRY_SCENARIO)(partial(handle_try_click, desk=desk))
    app.view(scenario_ids.TRY_SCENARIO_FORM)(partial(handle_try_submission, desk=desk))


async def handle_list_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Open the list of scenarios."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(desk.services.dunning.editing.list, reader.actor)
    await show_window(client, click, scenario_list(view, reader.voice))
    await ack()


async def handle_scenario_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Open one scenario on top of the list."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    profile = str(click.ids["profile"])
    view = await desk.work(desk.services.dunning.editing.show, reader.actor, profile)
    await show_window(client, click, scenario_steps(view, reader.voice))
    await ack()


async def handle_step_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Open one step of it."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    profile = str(click.ids["profile"])
    view = await desk.work(desk.services.dunning.editing.show, reader.actor, profile)
    step = StepEditView(view, click.number("order"))
    await show_window(client, click, step_fields(step, reader.voice))
    await ack()


async def handle_step_submission(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Keep the step in a draft, and draw the scenario below anew."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    view = await _edited(form, reader, desk)
    await ack()
    below = body["view"].get("previous_view_id")
    if below:
        await client.views_update(view_id=below, view=scenario_steps(view, reader.voice))


async def _edited(form: Submission, reader: Reader, desk: Desk) -> ScenarioView:
    """Keep what was typed, or take the step out."""
    editing, profile = desk.services.dunning.editing, str(form.ids["profile"])
    place = profile, form.number("order"), form.number("version")
    if form.text(scenario_ids.STEP_MODE) == scenario_ids.TAKEN_OUT:
        return await desk.work(editing.take_out, reader.actor, *place)
    return await desk.work(editing.change, reader.actor, *place, _values(form))


async def handle_try_click(ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk) -> None:
    """Ask on which client to try a scenario."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    trying, profile = desk.services.dunning.trying, str(click.ids["profile"])
    view = await desk.work(trying.show, reader.actor, profile, reader.today)
    await show_window(client, click, try_window(view, reader.voice))
    await ack()


async def handle_try_submission(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Show what the scenario would do about the client, in the same window."""
    form = parse_submission(body)
    reader = await desk.reader(form.who)
    chosen = int(form.text(ids.CLIENT))
    trying, profile = desk.services.dunning.trying, str(form.ids["profile"])
    view = await desk.work(trying.show, reader.actor, profile, reader.today, chosen)
    await ack(response_action="update", view=try_window(view, reader.voice))


async def handle_activate_click(
    ack: AsyncAck, body: Body, client: AsyncWebClient, desk: Desk
) -> None:
    """Put the draft into force; safe twice."""
    click = parse_click(body)
    reader = await desk.reader(click.who)
    view = await desk.work(
        desk.services.dunning.editing.activate,
        reader.actor,
        str(click.ids["profile"]),
        click.number("version"),
    )
    drawn = scenario_steps(view, reader.voice)
    await client.views_update(view_id=click.view_id, hash=click.view_hash, view=drawn)
    await ack()


def _values(form: Submission) -> dict[str, Any]:
    """Return what was typed as a step's own values; raise `InvalidInput` at its field."""
    text, least = form.text(ids.TEXT), form.text(scenario_ids.MINIMUM_AMOUNT).strip()
    contact = form.text(ids.CONTACT)
    values = {
        "offset_days": _days(form, scenario_ids.OFFSET),
        "actor": form.text(scenario_ids.STEP_ACTOR),
        "channel": form.text(scenario_ids.STEP_CHANNEL),
        "tone": form.text(scenario_ids.STEP_TONE),
        "mode": form.text(scenario_ids.STEP_MODE),
        "minimum_days": _days(form, scenario_ids.MINIMUM_DAYS),
        "minimum_minor": _minor(least),
        "text": "" if text == "none" else text,
    }
    if contact != scenario_ids.AS_IT_IS:
        values["contact"] = "" if contact == scenario_ids.ANYBODY else contact
    return values


def _minor(least: str) -> int:
    if not least.replace("0", "").strip(".,"):
        return 0
    return read_amount(least, "EUR", field=scenario_ids.MINIMUM_AMOUNT)


def _days(form: Submission, field: str) -> int:
    try:
        return int(form.text(field).replace("−", "-"))
    except ValueError:
        raise InvalidInput("Enter a number of days.", field=field) from None
