from pathlib import Path

import pytest

from bot.domain.lifecycle import Outcome
from bot.rendering import ids
from bot.services.importing.service import ImportService
from tests.follow_up_rows import Clock
from tests.handlers.conftest import ANNE, CHANNEL, CONFIG, FIONA, KARIM, Stage
from tests.import_files import ITEM_HEADER, TODAY
from tests.playground.conftest import button, client_of


async def test_home_is_drawn_when_opened(stage: Stage) -> None:
    await stage.slack.open_home(ANNE)

    assert "Menuiserie Roy" in str(stage.slack.home_of(ANNE))


async def test_home_is_drawn_again_after_a_task_is_done_there(stage: Stage) -> None:
    await a_task(stage)
    await stage.slack.open_home(FIONA)
    page = stage.slack.home_of(FIONA)
    assert page is not None
    await stage.slack.click(FIONA, page["id"], ids.TASK_DONE)

    assert ids.TASK_DONE in str(page)
    assert ids.TASK_DONE not in str(stage.slack.home_of(FIONA))


async def test_home_is_drawn_again_after_a_note_opened_there(stage: Stage) -> None:
    await stage.slack.open_home(ANNE)
    page = stage.slack.home_of(ANNE)
    assert page is not None
    await stage.slack.click(ANNE, page["id"], ids.NOTE)
    await stage.slack.click(ANNE, stage.window(ANNE)["id"], ids.OUTCOME, Outcome.PROMISES)
    answers = {ids.PROMISED_ON: "2026-11-30", ids.AMOUNT: "1 000"}
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {**answers})

    assert "Promesses" not in str(page)
    assert "Promesses" in str(stage.slack.home_of(ANNE))


async def test_home_is_left_alone_by_clicks_made_elsewhere(stage: Stage) -> None:
    await stage.slack.open_home(ANNE)
    before = stage.slack.home_of(ANNE)
    await stage.slack.click(ANNE, await stage.post(ids.ACKNOWLEDGE), ids.ACKNOWLEDGE)

    assert stage.slack.home_of(ANNE) == before


async def a_task(stage: Stage) -> None:
    """Have Anne note that the client says it paid: finance must look for the payment."""
    window = await stage.open(ANNE, ids.NOTE)
    await stage.slack.click(ANNE, window["id"], ids.OUTCOME, Outcome.SAYS_PAID)
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {})


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


async def test_turning_alerts_on_is_left_to_a_job(stage: Stage) -> None:
    await stage.slack.click(FIONA, await stage.post(ids.ACTIVATE), ids.ACTIVATE)

    assert [row["kind"] for row in stage.rows("job")] == ["activate_alerts"]
    assert "Activation en cours" in stage.said_to(FIONA)


async def test_turning_alerts_on_twice_asks_for_one_job(stage: Stage) -> None:
    button = await stage.post(ids.ACTIVATE)
    await stage.slack.click(FIONA, button, ids.ACTIVATE)
    await stage.slack.click(FIONA, button, ids.ACTIVATE)

    assert len(stage.rows("job")) == 1


async def test_salesperson_cannot_turn_alerts_on(stage: Stage) -> None:
    await stage.slack.click(ANNE, await stage.post(ids.ACTIVATE), ids.ACTIVATE)

    assert stage.rows("job") == []


async def test_old_report_does_not_undo_a_later_import(stage: Stage, tmp_path: Path) -> None:
    first = import_items(stage, tmp_path, "C1;Roy;F1;2026-09-01;2026-10-01;10,00;10,00;EUR;")
    import_items(stage, tmp_path, "C1;Roy;F2;2026-09-01;2026-10-01;20,00;20,00;EUR;")
    await press_undo(stage, first)

    assert [run["undone_at"] for run in stage.rows("import_run")] == [None, None]
    assert stage.said_to(FIONA)


async def test_last_import_is_undone_from_its_report(stage: Stage, tmp_path: Path) -> None:
    run_id = import_items(stage, tmp_path, "C1;Roy;F1;2026-09-01;2026-10-01;10,00;10,00;EUR;")
    await press_undo(stage, run_id)

    assert stage.rows("import_run")[-1]["undone_at"] is not None


def import_items(stage: Stage, folder: Path, row: str) -> int:
    """Import one open item; return the import's id."""
    path = folder / "items.csv"
    path.write_text(f"{ITEM_HEADER}\n{row}\n", encoding="utf-8")
    service = ImportService(stage.database, Clock())
    report = service.import_file(stage.company.workspace_id, path, today=TODAY, force=True)
    assert report.run_id is not None
    return report.run_id


async def press_undo(stage: Stage, run_id: int) -> None:
    """Press the undo button of an import's report."""
    carried = ids.value(run_id=run_id)
    blocks = [{"type": "actions", "elements": [button(ids.UNDO_IMPORT, carried)]}]
    client = client_of(stage.slack, CONFIG.bot_token)
    answer = await client.chat_postMessage(channel=CHANNEL, text="Import", blocks=blocks)
    await stage.slack.click(FIONA, str(answer["ts"]), ids.UNDO_IMPORT)


async def test_somebody_leaves_and_another_answers_for_their_clients(stage: Stage) -> None:
    refused = await stage.slack.type_command(KARIM, CHANNEL, "/balance roy")
    await stage.slack.open_home(ANNE)
    page = stage.slack.home_of(ANNE)
    assert page is not None
    await stage.slack.click(ANNE, page["id"], ids.ABSENCE)
    karim = str(stage.company.karim.person_id)
    typed = {ids.UNTIL: "2026-11-30", ids.STAND_IN: karim}
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {**typed})
    answered = await stage.slack.type_command(KARIM, CHANNEL, "/balance roy")

    assert "absence jusqu’au lundi" in str(stage.slack.home_of(ANNE))
    assert "480" not in str(refused.body)
    assert "480" in str(answered.body)


async def test_leaving_without_a_stand_in_keeps_the_window(stage: Stage) -> None:
    await stage.slack.open_home(ANNE)
    page = stage.slack.home_of(ANNE)
    assert page is not None
    await stage.slack.click(ANNE, page["id"], ids.ABSENCE)
    await stage.slack.submit(ANNE, stage.window(ANNE)["id"], {ids.UNTIL: "2026-11-30"})

    assert list(stage.window(ANNE)["errors"]) == [ids.STAND_IN]
