import pytest

from bot.rendering import ids
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, FIONA, Stage


async def test_home_is_drawn_when_opened(stage: Stage) -> None:
    await stage.slack.open_home(ANNE)

    assert "Menuiserie Roy" in str(stage.slack.home_of(ANNE))


async def test_tokens_go_when_the_app_is_taken_away(stage: Stage) -> None:
    await stage.slack.send_event({"type": "app_uninstalled"})

    assert stage.rows("installation") == []


async def test_settings_are_kept(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.SETTINGS)
    await stage.slack.submit(FIONA, window["id"], {ids.FINANCE_NAME: "La compta"})

    assert [row["finance_name"] for row in stage.rows("workspace")] == ["La compta"]


async def test_salesperson_cannot_open_settings(stage: Stage) -> None:
    await stage.slack.type_command(ANNE, CHANNEL, "/goodcop réglages")

    assert stage.slack.modal_of(ANNE) is None
    assert stage.said_to(ANNE)


@pytest.mark.parametrize("word", ["Réglages", "reglages", "settings"])
async def test_settings_open_by_any_spelling(stage: Stage, word: str) -> None:
    await stage.slack.type_command(FIONA, CHANNEL, f"/goodcop {word}")

    assert stage.window(FIONA)["callback_id"] == ids.SETTINGS_FORM


@pytest.mark.parametrize("word", ["aide", "", "aujourd’hui", "today"])
async def test_help_and_the_day_are_answered_privately(stage: Stage, word: str) -> None:
    answer = await stage.slack.type_command(ANNE, CHANNEL, f"/goodcop {word}")

    assert answer.body["response_type"] == "ephemeral"


async def test_alerts_are_turned_on_by_finance(stage: Stage) -> None:
    await stage.slack.click(FIONA, await stage.post(ids.ACTIVATE), ids.ACTIVATE)

    assert stage.rows("workspace")[0]["activated_at"] is not None
    assert stage.rows("workspace")[0]["team_id"] == CONFIG.team_id
