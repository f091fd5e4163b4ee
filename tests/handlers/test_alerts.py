from bot.rendering import ids
from tests.handlers.conftest import ANNE, FIONA, KARIM, Stage


async def test_acknowledging_moves_the_alert(stage: Stage) -> None:
    answer = await stage.slack.click(ANNE, await stage.post(ids.ACKNOWLEDGE), ids.ACKNOWLEDGE)

    assert answer.ok
    assert [row["state"] for row in stage.rows("alert")] == ["acknowledged"]


async def test_colleague_is_refused_in_words(stage: Stage) -> None:
    await stage.slack.click(KARIM, await stage.post(ids.ACKNOWLEDGE), ids.ACKNOWLEDGE)

    assert [row["state"] for row in stage.rows("alert")] == ["open"]
    assert stage.said_to(KARIM)


async def test_pause_too_long_keeps_the_window_with_its_error(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.SNOOZE)
    await stage.slack.submit(ANNE, window["id"], {ids.UNTIL: "2027-06-01", ids.REASON: "congés"})

    assert list(stage.window(ANNE)["errors"]) == [ids.UNTIL]


async def test_pause_is_kept(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.SNOOZE)
    await stage.slack.submit(ANNE, window["id"], {ids.REASON: "congés"})

    assert [row["state"] for row in stage.rows("alert")] == ["snoozed"]


async def test_not_mine_gives_the_client_to_the_person_chosen(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.NOT_MINE)
    karim = stage.company.karim.person_id
    await stage.slack.submit(ANNE, window["id"], {ids.PERSON: str(karim)})

    assert [row["owner_id"] for row in stage.rows("client")] == [karim]


async def test_file_offered_is_taken_once_and_the_second_is_told_who(stage: Stage) -> None:
    window = await stage.open(ANNE, ids.HAND_OVER)
    await stage.slack.submit(ANNE, window["id"], {ids.OPINION: "Un échéancier"})
    handover_id = stage.rows("handover")[0]["id"]
    button = await stage.post(ids.TAKE, ids.TAKE_BACK, handover_id=handover_id)
    await stage.slack.click(FIONA, button, ids.TAKE)
    await stage.slack.click(ANNE, button, ids.TAKE_BACK)

    assert [row["state"] for row in stage.rows("handover")] == ["taken"]
    assert "Fiona" in stage.said_to(ANNE)
