"""Scenarios in Slack: listed, opened, a step changed, the draft put into force."""

from typing import Any

import pytest

from bot.domain.profiles import Profile
from bot.playground.choices import Entered
from bot.rendering import ids, scenario_ids
from bot.services.dunning.scenario_editing import ScenarioEditing
from bot.services.dunning.scenarios import ScenarioService
from tests.follow_up_rows import Clock
from tests.handlers.conftest import ANNE, CONFIG, FIONA, Stage
from tests.playground.conftest import button, client_of


async def press(stage: Stage, user: str, action: str, **carried: Any) -> None:
    """Press a button of that action."""
    blocks: list[Any] = [{"type": "actions", "elements": [button(action, ids.value(**carried))]}]
    poster = client_of(stage.slack, CONFIG.bot_token)
    channel = "CANNE" if user == ANNE else "CFINANCE"
    posted = await poster.chat_postMessage(channel=channel, text="Scénarios", blocks=blocks)
    await stage.slack.click(user, str(posted["ts"]), action)


async def change(stage: Stage, **values: Entered) -> Any:
    """Change the second step of new payers from its own window."""
    await press(stage, FIONA, scenario_ids.SCENARIO_STEP, profile="new", order=1)
    return await stage.slack.submit(FIONA, stage.window(FIONA)["id"], values)


async def test_the_list_opens_from_home(stage: Stage) -> None:
    await stage.slack.open_home(FIONA)
    page = stage.slack.home_of(FIONA)
    assert page is not None
    await stage.slack.click(FIONA, page["id"], scenario_ids.SCENARIOS)
    shown = stage.window(FIONA)
    assert shown["callback_id"] == scenario_ids.SCENARIOS_FORM
    assert "Nouveaux payeurs" in str(shown["blocks"])


async def test_a_scenario_opens_on_its_steps(stage: Stage) -> None:
    await press(stage, FIONA, scenario_ids.SCENARIO, profile="new")
    assert "brouillon à valider" in str(stage.window(FIONA)["blocks"])


async def test_a_changed_step_is_kept_as_a_draft_and_activated(stage: Stage) -> None:
    await change(stage, offset_days="6", minimum_minor="150,00")
    [row] = stage.rows("scenario")
    assert (row["version"], row["activated_at"]) == (1, None)
    await press(stage, FIONA, scenario_ids.SCENARIO, profile="new")
    await stage.slack.click(FIONA, stage.window(FIONA)["id"], scenario_ids.ACTIVATE_SCENARIO)
    [row] = stage.rows("scenario")
    assert row["activated_at"] is not None
    assert "pas encore en vigueur" not in str(stage.window(FIONA)["blocks"])


@pytest.mark.parametrize(
    ("field", "typed"),
    [("offset_days", "0"), ("offset_days", "bientôt"), ("minimum_minor", "beaucoup")],
)
async def test_what_is_wrong_is_said_at_its_field(stage: Stage, field: str, typed: str) -> None:
    answer = await change(stage, **{field: typed})
    assert list(answer.body["errors"]) == [field]
    assert stage.rows("scenario") == []


async def test_a_salesperson_opens_no_scenario(stage: Stage) -> None:
    await press(stage, ANNE, scenario_ids.SCENARIOS)
    assert stage.slack.modal_of(ANNE) is None


async def test_a_step_is_added_from_the_scenario_window(stage: Stage) -> None:
    await press(stage, FIONA, scenario_ids.SCENARIO_STEP, profile="new", order=7)
    await stage.slack.submit(FIONA, stage.window(FIONA)["id"], {"offset_days": "120"})
    [row] = stage.rows("scenario")
    assert "step_1" in str(row)


async def test_a_step_is_taken_out_in_its_window(stage: Stage) -> None:
    await change(stage, mode=scenario_ids.TAKEN_OUT)
    [row] = stage.rows("scenario")
    assert "'reminder_1'" not in str(row)


async def test_a_scenario_is_tried_on_a_client_and_says_what_it_would_do(stage: Stage) -> None:
    await press(stage, FIONA, scenario_ids.TRY_SCENARIO, profile="new")
    [client] = stage.rows("client")
    window = stage.window(FIONA)["id"]
    await stage.slack.suggest(FIONA, window, ids.CLIENT, client["name"])
    await stage.slack.submit(FIONA, window, {ids.CLIENT: str(client["id"])})
    assert client["name"] in str(stage.window(FIONA)["blocks"])


def contacts(stage: Stage) -> list[str]:
    """Return whom the steps of the newest draft address."""
    shown = ScenarioService(stage.database, Clock()).show(stage.company.workspace_id, Profile.NEW)
    return [step["contact"] for step in shown["scenarios"][0]["draft"]["steps"]]


@pytest.mark.parametrize(("chosen", "kept"), [("management", "management"), ("any", "")])
async def test_the_function_of_the_contact_is_chosen(stage: Stage, chosen: str, kept: str) -> None:
    await change(stage, contact=chosen)
    assert contacts(stage)[1] == kept


async def test_a_function_that_only_a_file_knows_is_kept(stage: Stage) -> None:
    fiona, editing = stage.company.fiona, ScenarioEditing(stage.database, Clock())
    editing.change(fiona, "new", 1, 0, {"contact": "trésorerie"})
    await change(stage, offset_days="6")
    assert contacts(stage)[1] == "trésorerie"
