import re

import pytest
from sqlalchemy import text

from bot.playground.shapes import Json
from bot.rendering import ids
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, STRANGER, Stage
from tests.playground.conftest import button, client_of


async def test_busy_database_keeps_the_window_and_what_was_typed(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.PROMISE)
    with stage.database.engine.connect() as other:
        other.execute(text("UPDATE workspace SET name = 'held'"))
        await stage.slack.submit(
            ANNE, window["id"], {ids.AMOUNT: "100", ids.PROMISED_ON: "2026-12-01"}
        )

    assert len(stage.window(ANNE)["errors"]) == 1
    assert stage.rows("note") == []


async def test_unexpected_failure_is_told_with_a_reference(stage: Stage) -> None:
    answer = await stage.slack.click(ANNE, await _post_without_ids(stage), ids.ACKNOWLEDGE)

    assert answer.ok
    assert re.search(r"[0-9A-F]{6}", stage.said_to(ANNE))


async def test_stranger_is_told_that_nobody_introduced_them(stage: Stage) -> None:
    await stage.slack.type_command(STRANGER, CHANNEL, "/goodcop import")

    assert stage.said_to(STRANGER)


@pytest.mark.parametrize(("do", "form"), [("promise", "promise_form"), ("snooze", "snooze_form")])
async def test_menu_option_opens_the_window_its_button_would(
    stage: Stage, do: str, form: str
) -> None:
    carried = ids.value(do=do, client_id=stage.company.client_id, alert_id=stage.company.alert_id)
    option = {"text": {"type": "plain_text", "text": do}, "value": carried}
    menu: Json = {"type": "overflow", "action_id": ids.MORE, "options": [option]}
    ts = await _post(stage, menu)
    await stage.slack.click(ANNE, ts, ids.MORE, carried)

    assert stage.window(ANNE)["callback_id"] == form


async def _post_without_ids(stage: Stage) -> str:
    return await _post(stage, button(ids.ACKNOWLEDGE, "{}"))


async def _post(stage: Stage, element: Json) -> str:
    client = client_of(stage.slack, CONFIG.bot_token)
    blocks = [{"type": "actions", "elements": [element]}]
    answer = await client.chat_postMessage(channel=CHANNEL, text="Alerte", blocks=blocks)
    return str(answer["ts"])
